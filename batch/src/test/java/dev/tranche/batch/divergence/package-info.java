/// Tests of the studies of divergences.
@NullMarked
package dev.tranche.batch.divergence;

import org.jspecify.annotations.NullMarked;
