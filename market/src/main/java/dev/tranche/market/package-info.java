/// Trading decisions as pure functions: time, chance and data are arguments.
@NullMarked
package dev.tranche.market;

import org.jspecify.annotations.NullMarked;
