/// Indicators of order flow and the detector of divergences between them and the price.
@NullMarked
package dev.tranche.market.divergence;

import org.jspecify.annotations.NullMarked;
