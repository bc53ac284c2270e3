package dev.tranche.fuzz;

import dev.tranche.release.VersionKind;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.rollouts.ExperimentFile;
import dev.tranche.server.rollouts.RolloutFile;
import java.util.Optional;

/// `rollout.yaml` and `experiment.yaml`: YAML, then the grammar of gates, guards, shares and durations.
public final class PlanTarget {
    private PlanTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            RolloutFile.read(bytes, name -> name, _ -> VersionKind.MODEL);
        } catch (Refused refused) {
            experiment(bytes);
        }
    }

    private static void experiment(byte[] bytes) {
        try {
            ExperimentFile.read(bytes, name -> name, Optional.of("consumer_apply"));
        } catch (Refused refused) {
            return;
        }
    }
}
