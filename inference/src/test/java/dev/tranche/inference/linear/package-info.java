/// Tests of the package from inside.
@NullMarked
package dev.tranche.inference.linear;

import org.jspecify.annotations.NullMarked;
