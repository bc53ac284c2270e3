package dev.tranche.server.journal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why this version answered this unit.
///
/// @param epoch number of the route change in force
/// @param slot the unit's bucketing slot of the rollout or experiment, 0..9999; -1 when nothing was drawn
/// @param role what the answering version was on the route
/// @param experiment id of the experiment whose arm was assigned, else null
/// @param arm the assigned arm, else null
public record Placement(
        long epoch,
        int slot,
        Role role,
        @Nullable String experiment,
        @Nullable String arm) {

    /// What a version is on a route at the moment it answers.
    public enum Role {
        /// The version in force.
        LIVE,
        /// The version a rollout is moving in.
        CANDIDATE,
        /// An arm of an experiment.
        ARM,
        /// Asked for by its name; kept out of gates and experiments.
        PINNED;

        /// The word in answers, for instance `candidate`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @throws IllegalArgumentException when the slot is outside -1..9999
    public Placement {
        if (slot < -1 || slot > 9999) {
            throw new IllegalArgumentException("slot must be within -1..9999: " + slot);
        }
    }
}
