package dev.tranche.release.rollout;

import dev.tranche.release.Metric;
import dev.tranche.release.Share;
import java.time.Duration;
import java.util.Optional;

/// What gates and guards may say about which metric; both parsers meet here.
final class Grammar {
    private Grammar() {}

    static Gate gate(Metric metric, Words words) {
        if (words.skip("within")) {
            Quantity margin = Quantity.parse(words.take("a margin such as 5pp"));
            expect(words, "of", "live");
            return new Gate.Within(metric, margin, words.confidence());
        }
        if (words.skip("no", "worse", "than", "live", "by")) {
            return new Gate.NoWorse(metric, Quantity.parse(words.take("a margin such as 0.5pp")), words.confidence());
        }
        if (words.skip("between")) {
            Quantity low = Quantity.parse(words.take("the lower limit"));
            expect(words, "and");
            Quantity high = Quantity.parse(words.take("the upper limit"));
            Optional<Duration> older = words.duration("older", "than");
            return new Gate.Between(metric, low, high, older, words.confidence());
        }
        Relation relation = Relation.parse(words.take("a relation such as <"));
        Quantity limit = Quantity.parse(words.take("a limit"));
        if (metric.form() == Metric.Form.COUNT && relation == Relation.AT_LEAST) {
            return new Gate.Minimum(metric, whole(metric, limit), words.duration("older", "than"));
        }
        Optional<Duration> over = words.duration("over");
        Optional<Duration> sustained = words.duration("for");
        if (over.isEmpty()) {
            over = words.duration("over");
        }
        Optional<Duration> older = words.duration("older", "than");
        return new Gate.Limit(metric, relation, limit, sustained, over, older, words.confidence());
    }

    static Guard guard(Metric metric, Words words) {
        if (words.skip("worse", "than", "live", "by")) {
            Quantity margin = Quantity.parse(words.take("a margin such as 0.5pp"));
            return new Guard.WorseThanLive(metric, margin, words.confidence());
        }
        if (words.skip("=")) {
            String name = words.take("the name of a state");
            return new Guard.InState(metric, name, words.duration("for").orElse(Duration.ZERO));
        }
        Relation relation = Relation.parse(words.take("a relation such as >"));
        Quantity limit = Quantity.parse(words.take("a limit"));
        Optional<Duration> over = words.duration("over");
        Optional<Duration> sustained = words.duration("for");
        if (over.isEmpty()) {
            over = words.duration("over");
        }
        return new Guard.Limit(metric, relation, limit, sustained.orElse(Duration.ZERO), over);
    }

    /// Outcomes are the only things that have to mature.
    static void maturity(Metric metric, Optional<Duration> olderThan) {
        if (olderThan.isPresent()
                && metric != Metric.OUTCOMES
                && metric != Metric.OUTCOME_RATE
                && metric != Metric.CALIBRATION_RATIO) {
            throw new IllegalArgumentException(
                    "'older than' is for outcomes, outcome_rate and calibration_ratio: " + metric);
        }
    }

    static void window(Optional<Duration> sustained, Optional<Duration> over, Optional<Duration> olderThan) {
        if (over.isPresent() && sustained.isEmpty()) {
            throw new IllegalArgumentException("'over' needs 'for'; without it the whole stage is judged");
        }
        if (olderThan.isPresent() && sustained.isPresent()) {
            throw new IllegalArgumentException("'older than' and 'for' exclude each other");
        }
    }

    static void comparable(Metric metric, Quantity margin) {
        margin.of(metric);
        if (metric.form() != Metric.Form.PROPORTION && metric.form() != Metric.Form.MEAN) {
            throw new IllegalArgumentException(
                    "only proportions and means are compared with live, give " + metric + " a limit instead");
        }
        if (pairwise(metric)) {
            throw new IllegalArgumentException(metric + " compares with live by itself, give it a limit instead");
        }
    }

    static void directed(Metric metric) {
        if (metric.better() == Metric.Better.NEITHER) {
            throw new IllegalArgumentException(metric + " has no worse side, write: " + metric + " within Q of live");
        }
    }

    /// Metrics that already are comparisons of candidate and live.
    static boolean pairwise(Metric metric) {
        return metric == Metric.DECISION_FLIP_RATE || metric == Metric.SCORE_SHIFT;
    }

    private static long whole(Metric metric, Quantity limit) {
        double value = limit.of(metric);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(metric + " is compared with a whole number: " + limit);
        }
        return (long) value;
    }

    private static void expect(Words words, String... expected) {
        if (!words.skip(expected)) {
            throw new IllegalArgumentException("expected '" + String.join(" ", expected) + "'");
        }
    }

    /// The share of false alarms a confidence leaves.
    static double alpha(Share confidence) {
        return confidence.complement().fraction();
    }
}
