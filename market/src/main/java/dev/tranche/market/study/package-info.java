/// Studies of a detector on bars: outcomes, placebo, calibration.
@NullMarked
package dev.tranche.market.study;

import org.jspecify.annotations.NullMarked;
