package dev.tranche.release.rollout;

import dev.tranche.release.Metric;
import dev.tranche.release.Share;
import java.time.Duration;
import java.util.Optional;

/// A question that must be answered with pass before a stage is left. `parse` and `toString` are inverse; the
/// grammar is in `docs/reference/rollout.md`. How each is judged: [GateJudge].
public sealed interface Gate {
    /// The words after which nothing may follow, for error messages.
    String GRAMMAR = "approval | METRIC >= N | METRIC < Q [for D [over D]] | METRIC within Q of live"
            + " | METRIC no worse than live by Q | METRIC between Q and Q";

    /// Somebody other than the starter has to agree.
    record Approval() implements Gate {
        @Override
        public String toString() {
            return "approval";
        }
    }

    /// At least so many, `requests >= 500` or `outcomes >= 100 older than 30d`; never fails, it waits.
    ///
    /// @param olderThan count only decisions that are at least this old, see
    ///     [dev.tranche.release.Horizon.Matured]
    record Minimum(Metric metric, long least, Optional<Duration> olderThan) implements Gate {
        public Minimum {
            if (metric.form() != Metric.Form.COUNT) {
                throw new IllegalArgumentException("a minimum needs a count such as requests or outcomes: " + metric);
            }
            Grammar.maturity(metric, olderThan);
        }

        @Override
        public String toString() {
            return metric + " >= " + least + Words.clause("older than", olderThan);
        }
    }

    /// A level against a limit, `latency_p95 < 50ms`. With `for` it must hold for that long of measured time,
    /// read over trailing windows; without, it is judged over the whole stage.
    ///
    /// @param sustained how long it must hold
    /// @param over the trailing window; one minute when not given
    /// @param confidence of the interval by which a proportion or mean over the whole stage is judged
    record Limit(
            Metric metric,
            Relation relation,
            Quantity limit,
            Optional<Duration> sustained,
            Optional<Duration> over,
            Optional<Duration> olderThan,
            Share confidence)
            implements Gate {
        public Limit {
            limit.of(metric);
            Grammar.maturity(metric, olderThan);
            Grammar.window(sustained, over, olderThan);
        }

        /// The limit in the metric's unit.
        public double level() {
            return limit.of(metric);
        }

        @Override
        public String toString() {
            return metric + " " + relation + " " + limit + Words.clause("for", sustained) + Words.clause("over", over)
                    + Words.clause("older than", olderThan) + Words.confidence(confidence);
        }
    }

    /// Candidate and live differ by no more than a margin either way, `approval_rate within 5pp of live`.
    record Within(Metric metric, Quantity margin, Share confidence) implements Gate {
        public Within {
            Grammar.comparable(metric, margin);
        }

        @Override
        public String toString() {
            return metric + " within " + margin + " of live" + Words.confidence(confidence);
        }
    }

    /// The candidate is worse than live by less than a margin, `error_rate no worse than live by 0.5pp`.
    record NoWorse(Metric metric, Quantity margin, Share confidence) implements Gate {
        public NoWorse {
            Grammar.comparable(metric, margin);
            Grammar.directed(metric);
        }

        @Override
        public String toString() {
            return metric + " no worse than live by " + margin + Words.confidence(confidence);
        }
    }

    /// A level between two limits, `calibration_ratio between 0.8 and 1.25`.
    record Between(Metric metric, Quantity low, Quantity high, Optional<Duration> olderThan, Share confidence)
            implements Gate {
        public Between {
            if (!(low.of(metric) < high.of(metric))) {
                throw new IllegalArgumentException("the lower limit must be below the upper: " + low + " and " + high);
            }
            Grammar.maturity(metric, olderThan);
        }

        @Override
        public String toString() {
            return metric + " between " + low + " and " + high + Words.clause("older than", olderThan)
                    + Words.confidence(confidence);
        }
    }

    /// The gate written in this text.
    ///
    /// @throws IllegalArgumentException with the text and what was expected
    static Gate parse(String text) {
        Words words = new Words(text);
        if (words.skip("approval")) {
            words.end(GRAMMAR);
            return new Approval();
        }
        Metric metric = Metric.parse(words.take("a metric"));
        Gate gate = Grammar.gate(metric, words);
        words.end(GRAMMAR);
        return gate;
    }

    /// How long it must hold; zero when it is judged at once.
    default Duration holding() {
        return switch (this) {
            case Limit limit -> limit.sustained().orElse(Duration.ZERO);
            case Approval _, Minimum _, Within _, NoWorse _, Between _ -> Duration.ZERO;
        };
    }

    /// Whether it compares with the live version, which a first release has not.
    default boolean needsLive() {
        return switch (this) {
            case Within _, NoWorse _ -> true;
            case Limit limit -> Grammar.pairwise(limit.metric());
            case Approval _, Minimum _, Between _ -> false;
        };
    }
}
