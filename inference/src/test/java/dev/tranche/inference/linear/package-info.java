/// Tests of the package of the same name.
@NullMarked
package dev.tranche.inference.linear;

import org.jspecify.annotations.NullMarked;
