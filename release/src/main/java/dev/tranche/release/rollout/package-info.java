/// A rollout as a fold over events: stages, gates, guards, and the routing that follows from the state.
@NullMarked
package dev.tranche.release.rollout;

import org.jspecify.annotations.NullMarked;
