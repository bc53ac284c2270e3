/// Tests of the package of the same name.
@NullMarked
package dev.tranche.inference.tree;

import org.jspecify.annotations.NullMarked;
