/// Scorecards and logistic regressions: the sums that a credit committee can read.
@NullMarked
package dev.tranche.inference.scorecard;

import org.jspecify.annotations.NullMarked;
