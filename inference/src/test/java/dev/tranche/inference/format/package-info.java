/// Tests of the package from inside.
@NullMarked
package dev.tranche.inference.format;

import org.jspecify.annotations.NullMarked;
