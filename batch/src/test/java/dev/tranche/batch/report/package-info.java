/// Tests of pages and scales.
@NullMarked
package dev.tranche.batch.report;

import org.jspecify.annotations.NullMarked;
