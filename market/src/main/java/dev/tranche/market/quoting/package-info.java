/// Quoting: which prices and quantities to offer now, and why. Pure decisions without allocation.
@NullMarked
package dev.tranche.market.quoting;

import org.jspecify.annotations.NullMarked;
