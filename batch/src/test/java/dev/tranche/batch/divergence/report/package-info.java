/// Tests of the report and its plots.
@NullMarked
package dev.tranche.batch.divergence.report;

import org.jspecify.annotations.NullMarked;
