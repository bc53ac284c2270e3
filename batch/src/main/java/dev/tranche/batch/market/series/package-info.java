/// Volatilities, correlations and regimes estimated from files of prices or returns.
@NullMarked
package dev.tranche.batch.market.series;

import org.jspecify.annotations.NullMarked;
