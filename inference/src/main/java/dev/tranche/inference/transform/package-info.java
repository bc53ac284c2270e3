/// The preprocessing that travels with the model: a declared list of operations, compiled to a flat program.
@NullMarked
package dev.tranche.inference.transform;

import org.jspecify.annotations.NullMarked;
