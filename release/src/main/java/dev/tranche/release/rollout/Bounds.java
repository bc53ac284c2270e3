package dev.tranche.release.rollout;

import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import dev.tranche.release.Share;
import dev.tranche.release.Verdict;
import dev.tranche.release.experiment.Interval;
import dev.tranche.release.experiment.MeanSequence;
import dev.tranche.release.experiment.ProportionSequence;
import dev.tranche.release.experiment.RatioSequence;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/// A stage's level against limits: by a confidence sequence where the reading allows one, so that few
/// observations wait instead of deciding by luck; by the plain value for quantiles, gauges and counts.
final class Bounds {
    /// A quantile is judged once its sample would contain a value above it with 95 % probability.
    private static final double SEEN = 0.05;

    private Bounds() {}

    static Verdict limit(Gate.Limit gate, Reading reading) {
        Metric metric = gate.metric();
        return switch (reading) {
            case Reading.Unavailable(String reason) -> Judging.broken(metric, reason);
            case Reading.State state -> Judging.unfit(metric, state);
            case Reading.Quantile quantile -> quantile(gate, quantile);
            case Reading.Gauge(double value, Instant _) -> plain(gate, value);
            case Reading.Count(long n, Instant _) -> plain(gate, (double) n);
            case Reading.Proportion _, Reading.Sample _, Reading.Calibration _ -> {
                Optional<Interval> interval = interval(reading, gate.confidence());
                yield interval.isEmpty() ? few(metric, reading) : decide(gate, interval.get(), size(reading));
            }
        };
    }

    static Verdict between(Gate.Between gate, Reading reading) {
        Metric metric = gate.metric();
        double low = gate.low().of(metric);
        double high = gate.high().of(metric);
        Interval interval;
        switch (reading) {
            case Reading.Unavailable(String reason) -> {
                return Judging.broken(metric, reason);
            }
            case Reading.State state -> {
                return Judging.unfit(metric, state);
            }
            case Reading.Quantile _, Reading.Gauge _, Reading.Count _ -> {
                if (reading.level().isEmpty()) {
                    return Judging.nothing(metric);
                }
                double level = reading.level().getAsDouble();
                interval = new Interval(level, level, level);
            }
            case Reading.Proportion _, Reading.Sample _, Reading.Calibration _ -> {
                Optional<Interval> sequence = interval(reading, gate.confidence());
                if (sequence.isEmpty()) {
                    return few(metric, reading);
                }
                interval = sequence.get();
            }
        }
        SortedMap<String, Double> numbers = Judging.numbers(
                "estimate",
                interval.estimate(),
                "lower",
                interval.lower(),
                "upper",
                interval.upper(),
                "low",
                low,
                "high",
                high,
                "n",
                size(reading));
        String text = metric + " is " + Judging.show(metric, interval);
        if (interval.lower() >= low && interval.upper() <= high) {
            return new Verdict.Pass(text, numbers);
        }
        if (interval.lower() > high || interval.upper() < low) {
            return new Verdict.Fail(text + ", outside " + gate.low() + " to " + gate.high(), numbers);
        }
        double at = interval.estimate();
        boolean nearLow = at - low < high - at;
        String more = nearLow
                ? Judging.more(size(reading), at - interval.lower(), at - low)
                : Judging.more(size(reading), interval.upper() - at, high - at);
        return new Verdict.Wait(text + ", undecided at " + gate.low() + " to " + gate.high() + more, numbers);
    }

    private static Optional<Interval> interval(Reading reading, Share confidence) {
        double alpha = Grammar.alpha(confidence);
        return switch (reading) {
            case Reading.Proportion p
            when p.of() > 0 ->
                Optional.of(ProportionSequence.of(p.hits(), p.of()).interval(alpha));
            case Reading.Sample s
            when s.n() >= MeanSequence.LEAST -> Optional.of(MeanSequence.mean(s.n(), s.mean(), s.variance(), alpha));
            case Reading.Calibration c
            when c.of() > 0 && c.expected() > 0 ->
                Optional.of(RatioSequence.of(c.observed(), c.expected()).interval(alpha));
            case Reading _ -> Optional.empty();
        };
    }

    private static long size(Reading reading) {
        return switch (reading) {
            case Reading.Proportion p -> p.of();
            case Reading.Sample s -> s.n();
            case Reading.Calibration c -> c.of();
            case Reading.Quantile q -> q.n();
            case Reading.Count c -> c.n();
            case Reading.Gauge _, Reading.State _, Reading.Unavailable _ -> 0;
        };
    }

    private static Verdict decide(Gate.Limit gate, Interval interval, long n) {
        Metric metric = gate.metric();
        boolean upper = gate.relation().upper();
        double limit = gate.level();
        double worst = upper ? interval.upper() : interval.lower();
        double best = upper ? interval.lower() : interval.upper();
        SortedMap<String, Double> numbers = Judging.numbers(
                "estimate",
                interval.estimate(),
                "lower",
                interval.lower(),
                "upper",
                interval.upper(),
                "limit",
                limit,
                "n",
                n);
        String text = metric + " is " + Judging.show(metric, interval) + " of " + n;
        if (gate.relation().holds(worst, limit)) {
            return new Verdict.Pass(text, numbers);
        }
        if (!gate.relation().holds(best, limit)) {
            return new Verdict.Fail(text + ", not " + gate.relation() + " " + gate.limit(), numbers);
        }
        double distance = upper ? limit - interval.estimate() : interval.estimate() - limit;
        return new Verdict.Wait(
                text + ", undecided at " + gate.limit()
                        + Judging.more(n, Math.abs(worst - interval.estimate()), distance),
                numbers);
    }

    private static Verdict quantile(Gate.Limit gate, Reading.Quantile reading) {
        long least = leastForQuantile(gate.metric());
        if (reading.n() < least) {
            return new Verdict.Wait(
                    String.format(Locale.ROOT, "%s: %d values, needs %d", gate.metric(), reading.n(), least),
                    Judging.numbers("n", reading.n(), "limit", least));
        }
        return plain(gate, reading.value());
    }

    private static Verdict plain(Gate.Limit gate, double value) {
        Metric metric = gate.metric();
        SortedMap<String, Double> numbers = Judging.numbers("estimate", value, "limit", gate.level());
        String text = metric + " is " + Judging.show(metric, value);
        if (gate.relation().holds(value, gate.level())) {
            return new Verdict.Pass(text, numbers);
        }
        String reason = text + ", not " + gate.relation() + " " + gate.limit();
        return metric == Metric.DATA_AGE
                ? new Verdict.Broken(reason + ": too old to judge by", numbers)
                : new Verdict.Fail(reason, numbers);
    }

    private static Verdict few(Metric metric, Reading reading) {
        return size(reading) == 0
                ? Judging.nothing(metric)
                : new Verdict.Wait(
                        metric + ": " + size(reading) + " values are too few to say",
                        Judging.numbers("n", size(reading)));
    }

    /// The least sample for a quantile: `ln 0.05 / ln q`, which is 5 for p50, 59 for p95 and 299 for p99.
    static long leastForQuantile(Metric metric) {
        return (long) Math.ceil(StrictMath.log(SEEN) / StrictMath.log(rank(metric)));
    }

    static double rank(Metric metric) {
        return switch (metric) {
            case LATENCY_P50 -> 0.50;
            case LATENCY_P95, EVENT_LATENCY_P95, PIPELINE_LATENCY_P95, DETECTION_LATENCY_P95, QUOTE_LATENCY_P95 -> 0.95;
            case LATENCY_P99 -> 0.99;
            case REQUESTS,
                    ERROR_RATE,
                    AVAILABILITY,
                    CLOSURE_ERROR,
                    FALLBACK_RATE,
                    APPROVAL_RATE,
                    SCORE_MEAN,
                    DECISION_FLIP_RATE,
                    SCORE_SHIFT,
                    OUTCOME_RATE,
                    OUTCOMES,
                    CALIBRATION_RATIO,
                    DRAWDOWN,
                    PNL,
                    MEMORY_USED,
                    HEALTH_FAILURES,
                    BREAKER,
                    DATA_AGE -> throw new IllegalArgumentException(metric + " is no quantile");
        };
    }
}
