/// Volatilities and correlations that change in time, estimated by maximum likelihood.
@NullMarked
package dev.tranche.market.volatility;

import org.jspecify.annotations.NullMarked;
