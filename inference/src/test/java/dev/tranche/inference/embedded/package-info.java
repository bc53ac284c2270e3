@NullMarked
package dev.tranche.inference.embedded;

import org.jspecify.annotations.NullMarked;
