package dev.tranche.release.experiment;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Share;
import java.util.List;
import java.util.Optional;

/// Two or more versions of a product side by side, each for its share of the units.
///
/// @param id 1..128 letters, digits, `_`, `-` and `.`
/// @param arms the first is the baseline of the comparison; their shares sum to the whole
/// @param unit the request's field that assignment hashes
/// @param bucketing fixed for the life of the experiment
/// @param metrics at least one
public record Experiment(
        String id, String product, List<Arm> arms, String unit, Bucketing bucketing, List<ArmMetric> metrics) {
    public Experiment {
        arms = List.copyOf(arms);
        metrics = List.copyOf(metrics);
        if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException("experiment id must be 1..128 letters, digits, '_', '-', '.': " + id);
        }
        if (arms.size() < 2 || arms.stream().map(Arm::version).distinct().count() != arms.size()) {
            throw new IllegalArgumentException("an experiment needs two or more different versions: " + arms);
        }
        int sum = arms.stream().mapToInt(arm -> arm.share().basisPoints()).sum();
        if (sum != Share.WHOLE_BASIS_POINTS) {
            throw new IllegalArgumentException("shares must sum to 10000 basis points: " + sum + " of " + arms);
        }
        if (metrics.isEmpty() || metrics.stream().distinct().count() != metrics.size()) {
            throw new IllegalArgumentException("an experiment compares by one or more different metrics: " + metrics);
        }
    }

    /// Why it cannot be started, one reason for each metric that cannot be had yet; empty when it can.
    public List<String> refusals() {
        return metrics.stream()
                .map(ArmMetric::refusal)
                .flatMap(Optional::stream)
                .toList();
    }

    /// The arm of this unit: always the same, and never a draw. Arms take the slots in their order, so a unit
    /// among the first arms stays where it is when a later arm grows at the cost of the last.
    public Assignment assign(String unitValue) {
        int slot = bucketing.slot(unitValue);
        int end = 0;
        for (int i = 0; i < arms.size(); i++) {
            end += arms.get(i).share().basisPoints();
            if (slot < end) {
                return new Assignment(unitValue, slot, i, arms.get(i).version());
            }
        }
        throw new IllegalStateException("shares sum to the whole, yet slot " + slot + " has no arm");
    }
}
