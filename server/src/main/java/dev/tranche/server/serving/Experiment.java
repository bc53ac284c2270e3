package dev.tranche.server.serving;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Share;
import java.util.List;

/// A running experiment on a route, as far as serving needs to know.
///
/// @param id id of the experiment
/// @param bucketing how units fall into slots; its salt differs from every rollout's
/// @param arms the arms in order; their shares make up the whole
public record Experiment(String id, Bucketing bucketing, List<Arm> arms) {

    /// One arm.
    ///
    /// @param name its name
    /// @param share its share of the units
    /// @param version the model that answers
    public record Arm(String name, Share share, LoadedVersion version) {}

    /// @throws IllegalArgumentException when the shares do not make up the whole
    public Experiment {
        arms = List.copyOf(arms);
        int sum = arms.stream().mapToInt(arm -> arm.share().basisPoints()).sum();
        if (sum != Bucketing.SLOTS) {
            throw new IllegalArgumentException(
                    "shares of experiment " + id + " must add up to 10000 basis points: " + sum);
        }
    }

    /// The arm of a slot.
    ///
    /// @param slot 0..9999
    Arm arm(int slot) {
        int upper = 0;
        for (Arm arm : arms) {
            upper += arm.share().basisPoints();
            if (slot < upper) {
                return arm;
            }
        }
        throw new IllegalArgumentException("slot must be within 0..9999: " + slot);
    }
}
