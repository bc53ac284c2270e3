/// Statistics that a study of signals needs: intervals, ranks, resampling, corrections for many trials.
@NullMarked
package dev.tranche.market.statistics;

import org.jspecify.annotations.NullMarked;
