package dev.tranche.release.rollout;

import dev.tranche.release.DurationText;
import dev.tranche.release.Metric;
import dev.tranche.release.Share;
import java.time.Duration;
import java.util.Optional;

/// A condition that is watched all the time, also while paused and during the bake, and rolls back when it
/// has been bad for its duration. `parse` and `toString` are inverse; the grammar is in
/// `docs/reference/rollout.md`.
public sealed interface Guard {
    String GRAMMAR = "METRIC > Q [for D] [over D] | METRIC = NAME [for D] | METRIC worse than live by Q";

    /// A level beyond a limit: `error_rate > 1% for 10m over 1m`.
    ///
    /// @param sustained how much measured time it must be bad; zero rolls back at once
    /// @param over the trailing window of each look; one minute when not given
    record Limit(Metric metric, Relation relation, Quantity limit, Duration sustained, Optional<Duration> over)
            implements Guard {
        public Limit {
            limit.of(metric);
        }

        /// The limit in the metric's unit.
        public double level() {
            return limit.of(metric);
        }

        @Override
        public String toString() {
            return metric + " " + relation + " " + limit + held(sustained) + Words.clause("over", over);
        }
    }

    /// A reported state: `breaker = HALTED`.
    record InState(Metric metric, String state, Duration sustained) implements Guard {
        public InState {
            if (metric.form() != Metric.Form.STATE) {
                throw new IllegalArgumentException(metric + " is no state, compare it with > or <");
            }
            if (!state.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException("state must be 1..64 letters, digits, '_' or '-': " + state);
            }
        }

        @Override
        public String toString() {
            return metric + " = " + state + held(sustained);
        }
    }

    /// Worse than live by more than a margin, by a sequential test that may be looked at every second:
    /// `error_rate worse than live by 0.5pp`. It needs no duration: the test carries its own patience.
    record WorseThanLive(Metric metric, Quantity margin, Share confidence) implements Guard {
        public WorseThanLive {
            Grammar.comparable(metric, margin);
            Grammar.directed(metric);
        }

        @Override
        public Duration sustained() {
            return Duration.ZERO;
        }

        @Override
        public String toString() {
            return metric + " worse than live by " + margin + Words.confidence(confidence);
        }
    }

    Metric metric();

    Duration sustained();

    /// The guard written in this text.
    ///
    /// @throws IllegalArgumentException with the text and what was expected
    static Guard parse(String text) {
        Words words = new Words(text);
        Metric metric = Metric.parse(words.take("a metric"));
        Guard guard = Grammar.guard(metric, words);
        words.end(GRAMMAR);
        return guard;
    }

    private static String held(Duration sustained) {
        return sustained.isZero() ? "" : " for " + DurationText.print(sustained);
    }
}
