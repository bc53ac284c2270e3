/// What a market maker's decisions cost: the path of a quote, greeks of a chain, the estimate of a
/// volatility.
@NullMarked
package dev.tranche.bench.market;

import org.jspecify.annotations.NullMarked;
