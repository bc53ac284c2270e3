/// Models that are one weighted sum.
@NullMarked
package dev.tranche.inference.linear;

import org.jspecify.annotations.NullMarked;
