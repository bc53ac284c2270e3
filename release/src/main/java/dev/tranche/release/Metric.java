package dev.tranche.release;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What gates and guards can ask about. The written name is the lower-case name of the constant.
public enum Metric {
    /// Requests answered by the subject: [Reading.Count].
    REQUESTS(Form.COUNT, Unit.NUMBER, Better.HIGHER),
    /// Answers that failed (fallbacks count as failures of the model), of all: [Reading.Proportion].
    ERROR_RATE(Form.PROPORTION, Unit.FRACTION, Better.LOWER),
    /// Answers that were given within their deadline, of all: [Reading.Proportion].
    AVAILABILITY(Form.PROPORTION, Unit.FRACTION, Better.HIGHER),
    /// Answers given by fallback rules, of all: [Reading.Proportion].
    FALLBACK_RATE(Form.PROPORTION, Unit.FRACTION, Better.LOWER),
    /// Median latency: [Reading.Quantile] in milliseconds.
    LATENCY_P50(Form.QUANTILE, Unit.MILLISECONDS, Better.LOWER),
    LATENCY_P95(Form.QUANTILE, Unit.MILLISECONDS, Better.LOWER),
    LATENCY_P99(Form.QUANTILE, Unit.MILLISECONDS, Better.LOWER),
    /// From a market event's arrival to the updated indicators (seed 003): [Reading.Quantile] in
    /// milliseconds.
    EVENT_LATENCY_P95(Form.QUANTILE, Unit.MILLISECONDS, Better.LOWER),
    /// From the arrival of what completed a signal to the signal handed out (seed 003).
    PIPELINE_LATENCY_P95(Form.QUANTILE, Unit.MILLISECONDS, Better.LOWER),
    /// What the detector took for one update (seed 003).
    DETECTION_LATENCY_P95(Form.QUANTILE, Unit.MILLISECONDS, Better.LOWER),
    /// From the receipt of market data to the order handed over (seed 002): [Reading.Quantile] in
    /// milliseconds.
    QUOTE_LATENCY_P95(Form.QUANTILE, Unit.MILLISECONDS, Better.LOWER),
    /// Fall of a desk's equity from its highest, as a share of that (seed 002): [Reading.Gauge].
    DRAWDOWN(Form.GAUGE, Unit.FRACTION, Better.LOWER),
    /// What a strategy earned since its day began, in dollars, below 0 when it lost: [Reading.Gauge].
    PNL(Form.GAUGE, Unit.NUMBER, Better.HIGHER),
    /// Signals that the sum of the kinds misses or has too many, of all signals (seed 003's closure of
    /// its counters): [Reading.Proportion].
    CLOSURE_ERROR(Form.PROPORTION, Unit.FRACTION, Better.LOWER),
    /// Approvals of all decisions by the model, fallbacks left out: [Reading.Proportion].
    APPROVAL_RATE(Form.PROPORTION, Unit.FRACTION, Better.NEITHER),
    /// Mean score, fallbacks left out: [Reading.Sample].
    SCORE_MEAN(Form.MEAN, Unit.NUMBER, Better.NEITHER),
    /// Requests on which candidate and live would have decided differently, of those both decided:
    /// [Reading.Proportion].
    DECISION_FLIP_RATE(Form.PROPORTION, Unit.FRACTION, Better.LOWER),
    /// Absolute difference of the candidate's and the live score on the same request: [Reading.Sample].
    SCORE_SHIFT(Form.MEAN, Unit.NUMBER, Better.LOWER),
    /// Bad outcomes of all known outcomes: [Reading.Proportion].
    OUTCOME_RATE(Form.PROPORTION, Unit.FRACTION, Better.LOWER),
    /// Outcomes known: [Reading.Count].
    OUTCOMES(Form.COUNT, Unit.NUMBER, Better.HIGHER),
    /// Bad outcomes observed over those the scores promised: [Reading.Calibration].
    CALIBRATION_RATIO(Form.CALIBRATION, Unit.NUMBER, Better.NEITHER),
    /// Memory in use of memory allowed: [Reading.Gauge], 0 to 1.
    MEMORY_USED(Form.GAUGE, Unit.FRACTION, Better.LOWER),
    /// Health checks failed in a row: [Reading.Count].
    HEALTH_FAILURES(Form.COUNT, Unit.NUMBER, Better.LOWER),
    /// The state of the circuit breaker as last reported: [Reading.State]; `NONE` until somebody reports one.
    BREAKER(Form.STATE, Unit.NAME, Better.NEITHER),
    /// Age of the newest measurement: [Reading.Gauge] in seconds.
    DATA_AGE(Form.GAUGE, Unit.SECONDS, Better.LOWER);

    /// The kind of reading that answers it.
    public enum Form {
        COUNT,
        PROPORTION,
        MEAN,
        QUANTILE,
        GAUGE,
        CALIBRATION,
        STATE
    }

    /// The unit its readings are in.
    public enum Unit {
        NUMBER,
        FRACTION,
        MILLISECONDS,
        SECONDS,
        NAME
    }

    /// Which way is the good one.
    public enum Better {
        LOWER,
        HIGHER,
        NEITHER
    }

    private final Form form;
    private final Unit unit;
    private final Better better;

    Metric(Form form, Unit unit, Better better) {
        this.form = form;
        this.unit = unit;
        this.better = better;
    }

    public Form form() {
        return form;
    }

    public Unit unit() {
        return unit;
    }

    public Better better() {
        return better;
    }

    /// The inverse of [#toString()].
    public static Metric parse(String text) {
        for (Metric metric : values()) {
            if (metric.toString().equals(text)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("metric must be one of "
                + Arrays.stream(values()).map(Metric::toString).collect(Collectors.joining(", ")) + ": " + text);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
