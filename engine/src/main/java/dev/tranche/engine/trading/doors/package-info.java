/// The doors of the processes of market making.
@NullMarked
package dev.tranche.engine.trading.doors;

import org.jspecify.annotations.NullMarked;
