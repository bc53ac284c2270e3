/// A model inside another program: an artifact folder on disk, opened and asked in three lines.
@NullMarked
package dev.tranche.inference.embedded;

import org.jspecify.annotations.NullMarked;
