/// Readers: bytes to a model; nothing is evaluated here.
@NullMarked
package dev.tranche.inference.format;

import org.jspecify.annotations.NullMarked;
