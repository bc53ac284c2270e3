/// Tree ensembles as flat arrays, and the kernels that walk them.
@NullMarked
package dev.tranche.inference.tree;

import org.jspecify.annotations.NullMarked;
