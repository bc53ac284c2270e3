/// Tests of the package from inside.
@NullMarked
package dev.tranche.inference.transform;

import org.jspecify.annotations.NullMarked;
