/// Market commands on files: prices, volatilities, regimes.
@NullMarked
package dev.tranche.batch.market;

import org.jspecify.annotations.NullMarked;
