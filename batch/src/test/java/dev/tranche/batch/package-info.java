/// Tests of the commands on files.
@NullMarked
package dev.tranche.batch;

import org.jspecify.annotations.NullMarked;
