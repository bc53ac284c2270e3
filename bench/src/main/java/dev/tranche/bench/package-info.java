/// Benchmarks that anyone can run again: each prints its environment, then whether the contenders agree, then
/// numbers.
@NullMarked
package dev.tranche.bench;

import org.jspecify.annotations.NullMarked;
