/// `tranche market features` and `spread-report`: what a spread model learns from, and what it is worth.
@NullMarked
package dev.tranche.batch.market.spread;

import org.jspecify.annotations.NullMarked;
