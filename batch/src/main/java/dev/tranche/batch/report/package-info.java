/// Reports as one HTML file: pages, tables, and plots that fit wide and narrow screens.
@NullMarked
package dev.tranche.batch.report;

import org.jspecify.annotations.NullMarked;
