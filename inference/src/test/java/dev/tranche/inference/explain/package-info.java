/// Tests of the package of the same name.
@NullMarked
package dev.tranche.inference.explain;

import org.jspecify.annotations.NullMarked;
