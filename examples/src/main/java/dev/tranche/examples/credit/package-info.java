/// Trains the example credit models on the German credit data with the genuine libraries and writes them as
/// artifact folders.
@NullMarked
package dev.tranche.examples.credit;

import org.jspecify.annotations.NullMarked;
