/// Tests of the package of the same name.
@NullMarked
package dev.tranche.inference.pmml;

import org.jspecify.annotations.NullMarked;
