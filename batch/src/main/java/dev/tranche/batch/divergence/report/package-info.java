/// The report of a study: one page without anything from elsewhere, its plots drawn as SVG.
@NullMarked
package dev.tranche.batch.divergence.report;

import org.jspecify.annotations.NullMarked;
