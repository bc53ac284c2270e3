/// Coverage-guided fuzzing: a target for every reader, and the test that runs them.
@NullMarked
package dev.tranche.fuzz;

import org.jspecify.annotations.NullMarked;
