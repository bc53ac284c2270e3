/// `tranche bench explain`: contributions beside those of the genuine libraries.
@NullMarked
package dev.tranche.bench.explain;

import org.jspecify.annotations.NullMarked;
