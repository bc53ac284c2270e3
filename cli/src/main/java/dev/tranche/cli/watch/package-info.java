/// `tranche rollout watch`: a rollout as it happens, drawn on a terminal or told line by line in a pipe.
@NullMarked
package dev.tranche.cli.watch;

import org.jspecify.annotations.NullMarked;
