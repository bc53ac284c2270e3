/// The life of a model in memory, measured: what versions share, rows in batches, swaps under load.
@NullMarked
package dev.tranche.bench.life;

import org.jspecify.annotations.NullMarked;
