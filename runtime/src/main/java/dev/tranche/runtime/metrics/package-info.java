/// Metric names, the registry they are exported from, and mergeable latency histograms.
@NullMarked
package dev.tranche.runtime.metrics;

import org.jspecify.annotations.NullMarked;
