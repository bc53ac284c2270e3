/// What it costs to find divergences: an event, a stream, a grid.
@NullMarked
package dev.tranche.bench.divergence;

import org.jspecify.annotations.NullMarked;
