/// Tests of the public doors.
@NullMarked
package dev.tranche.inference;

import org.jspecify.annotations.NullMarked;
