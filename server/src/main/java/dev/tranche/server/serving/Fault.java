package dev.tranche.server.serving;

import java.util.random.RandomGenerator;

/// Slowness and errors injected into a version on purpose; exists only in a server started with
/// `--test-faults`.
///
/// @param delayMillis added to each answer, 0..60000
/// @param errorShare share of answers that fail, 0..1
/// @param remaining how many answers are still affected; -1 = until taken back
public record Fault(int delayMillis, double errorShare, long remaining) {
    /// No fault.
    public static final Fault NONE = new Fault(0, 0, 0);

    /// @throws IllegalArgumentException when a value is outside its range
    public Fault {
        if (delayMillis < 0 || delayMillis > 60_000) {
            throw new IllegalArgumentException("delay_ms must be within 0..60000: " + delayMillis);
        }
        if (!(errorShare >= 0 && errorShare <= 1)) {
            throw new IllegalArgumentException("error_share must be within 0..1: " + errorShare);
        }
        if (remaining < -1) {
            throw new IllegalArgumentException("remaining must be -1 (until taken back) or more: " + remaining);
        }
    }

    boolean active() {
        return remaining != 0 && (delayMillis > 0 || errorShare > 0);
    }

    boolean fails(RandomGenerator chance) {
        return errorShare > 0 && chance.nextDouble() < errorShare;
    }

    Fault afterOne() {
        return remaining > 0 ? new Fault(delayMillis, errorShare, remaining - 1) : this;
    }
}
