/// Prices, greeks and implied volatilities of options on futures, in the quote currency and in coin.
@NullMarked
package dev.tranche.market.pricing;

import org.jspecify.annotations.NullMarked;
