/// `tranche parity`: scores models whose answers are known and says how far off we are.
@NullMarked
package dev.tranche.batch.parity;

import org.jspecify.annotations.NullMarked;
