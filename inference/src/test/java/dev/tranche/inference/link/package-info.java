/// Tests of the package of the same name.
@NullMarked
package dev.tranche.inference.link;

import org.jspecify.annotations.NullMarked;
