/// Market files into bars: layouts found by their header, bad rows counted and named.
@NullMarked
package dev.tranche.batch.divergence.read;

import org.jspecify.annotations.NullMarked;
