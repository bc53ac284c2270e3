/// `tranche bench inference`: the tree kernels beside the native libraries and other engines, in one run.
@NullMarked
package dev.tranche.bench.inference;

import org.jspecify.annotations.NullMarked;
