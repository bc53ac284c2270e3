/// `tranche divergence study | tune | placebo | calibrate`: what divergences were worth on recorded markets.
@NullMarked
package dev.tranche.batch.divergence;

import org.jspecify.annotations.NullMarked;
