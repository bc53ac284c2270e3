/// Small files of rows and columns.
@NullMarked
package dev.tranche.batch.file;

import org.jspecify.annotations.NullMarked;
