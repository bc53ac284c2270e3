package dev.tranche.release;

import java.time.Duration;

/// Over which time a reading is asked for.
public sealed interface Horizon {
    /// Everything since the current stage (or bake) was entered.
    record SinceStage() implements Horizon {}

    /// The last `window` before now.
    record Trailing(Duration window) implements Horizon {
        public Trailing {
            if (window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException("window must be longer than 0s: " + window);
            }
        }
    }

    /// Decisions since the rollout started that are at least `age` old now, for outcomes that need time to
    /// show (a first-payment default cannot be known before the first payment is due). Decisions too young
    /// are left out even when their outcome is already known: early outcomes are not a fair sample.
    record Matured(Duration age) implements Horizon {
        public Matured {
            if (age.isNegative() || age.isZero()) {
                throw new IllegalArgumentException("age must be longer than 0s: " + age);
            }
        }
    }
}
