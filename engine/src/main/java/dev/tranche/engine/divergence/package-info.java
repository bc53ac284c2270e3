/// The running divergence detector: streams in, signals out.
@NullMarked
package dev.tranche.engine.divergence;

import org.jspecify.annotations.NullMarked;
