/// Hedging: which position in another instrument leaves the least variance.
@NullMarked
package dev.tranche.market.hedge;

import org.jspecify.annotations.NullMarked;
