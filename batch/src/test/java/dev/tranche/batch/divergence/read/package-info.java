/// Tests of the readers of market files.
@NullMarked
package dev.tranche.batch.divergence.read;

import org.jspecify.annotations.NullMarked;
