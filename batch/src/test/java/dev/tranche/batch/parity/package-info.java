/// Tests of `tranche parity`.
@NullMarked
package dev.tranche.batch.parity;

import org.jspecify.annotations.NullMarked;
