/// A model as a pure function: read a file, compile it, answer, explain.
@NullMarked
package dev.tranche.inference;

import org.jspecify.annotations.NullMarked;
