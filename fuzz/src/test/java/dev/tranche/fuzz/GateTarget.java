package dev.tranche.fuzz;

import dev.tranche.release.rollout.Gate;
import dev.tranche.release.rollout.Guard;
import java.nio.charset.StandardCharsets;

/// The texts of gates and guards: what is read is written so that it is read the same again.
public final class GateTarget {
    private GateTarget() {}

    /// Called by the fuzzer with ever other bytes.
    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Gate gate = Gate.parse(text);
            same(gate, Gate.parse(gate.toString()));
        } catch (IllegalArgumentException refused) {
            guard(text);
        }
    }

    private static void guard(String text) {
        Guard guard;
        try {
            guard = Guard.parse(text);
        } catch (IllegalArgumentException refused) {
            return;
        }
        same(guard, Guard.parse(guard.toString()));
    }

    private static void same(Object read, Object again) {
        if (!read.equals(again)) {
            throw new AssertionError(read + " is read again as " + again);
        }
    }
}
