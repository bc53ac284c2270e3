/// Lending decisions: score, band, reasons, policy, calibration.
@NullMarked
package dev.tranche.credit;

import org.jspecify.annotations.NullMarked;
