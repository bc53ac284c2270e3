/// A model inside the caller's own JVM beside the same model behind HTTP.
@NullMarked
package dev.tranche.examples.edge;

import org.jspecify.annotations.NullMarked;
