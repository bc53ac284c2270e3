/// Files in, files out, on one machine.
@NullMarked
package dev.tranche.batch;

import org.jspecify.annotations.NullMarked;
