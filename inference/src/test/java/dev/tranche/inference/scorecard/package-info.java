/// Tests of the package from inside.
@NullMarked
package dev.tranche.inference.scorecard;

import org.jspecify.annotations.NullMarked;
