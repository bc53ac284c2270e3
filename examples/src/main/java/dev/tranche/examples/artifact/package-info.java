/// What every trainer here writes its folders with.
@NullMarked
package dev.tranche.examples.artifact;

import org.jspecify.annotations.NullMarked;
