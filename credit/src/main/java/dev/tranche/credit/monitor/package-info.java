/// Statistics of scores and decisions: calibration, discrimination, stability, shift.
@NullMarked
package dev.tranche.credit.monitor;

import org.jspecify.annotations.NullMarked;
