/// The desk as the loop drives it: how its inputs are read, how its versions are found, what it told.
@NullMarked
package dev.tranche.engine.trading.desk;

import org.jspecify.annotations.NullMarked;
