package dev.tranche.fuzz;

import dev.tranche.credit.Policy;
import dev.tranche.credit.PolicyException;

/// `policy.yaml` as the registry keeps it.
public final class PolicyTarget {
    private PolicyTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            Policy.read(bytes);
        } catch (PolicyException refused) {
            return;
        }
    }
}
