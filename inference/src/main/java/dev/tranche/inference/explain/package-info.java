/// Why an answer is what it is.
@NullMarked
package dev.tranche.inference.explain;

import org.jspecify.annotations.NullMarked;
