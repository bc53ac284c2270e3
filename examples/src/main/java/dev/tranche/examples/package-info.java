/// Examples that compile and run in CI, with the genuine libraries as trainers.
@NullMarked
package dev.tranche.examples;

import org.jspecify.annotations.NullMarked;
