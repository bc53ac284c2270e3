package dev.tranche.release.rollout;

import dev.tranche.release.Metric;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number with its unit, as written in a gate or guard: `500`, `0.8`, `1%`, `5pp`, `200ms`, `30s`, `5m`. Only
/// a plain number may be below 0, `pnl > -500`.
///
/// @param amount as written
/// @param unit as written
public record Quantity(BigDecimal amount, Unit unit) {
    private static final Pattern SHAPE = Pattern.compile("(-?\\d{1,12}(?:\\.\\d{1,9})?)(%|pp|ms|s|m|h|d)?");

    /// What may follow the number; `pp` are percentage points.
    public enum Unit {
        NONE("", 1),
        PERCENT("%", 0.01),
        POINTS("pp", 0.01),
        MILLISECONDS("ms", 1),
        SECONDS("s", 1_000),
        MINUTES("m", 60_000),
        HOURS("h", 3_600_000),
        DAYS("d", 86_400_000);

        private final String text;
        private final double scale;

        Unit(String text, double scale) {
            this.text = text;
            this.scale = scale;
        }
    }

    /// The inverse of [#toString()].
    public static Quantity parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (matcher.matches()) {
            String suffix = matcher.group(2) == null ? "" : matcher.group(2);
            for (Unit unit : Unit.values()) {
                if (unit.text.equals(suffix)) {
                    return new Quantity(new BigDecimal(matcher.group(1)), unit);
                }
            }
        }
        throw new IllegalArgumentException("quantity must be written as 500, 0.8, 1%, 5pp, 200ms or 30s: " + text);
    }

    /// The value in the unit that readings of the metric use.
    ///
    /// @throws IllegalArgumentException if the written unit does not fit (`latency_p95 < 5%`)
    public double of(Metric metric) {
        double value = amount.doubleValue();
        require(value >= 0 || metric.unit() == Metric.Unit.NUMBER, metric, "0 or more");
        return switch (metric.unit()) {
            case NUMBER -> {
                require(unit == Unit.NONE, metric, "a plain number");
                yield value;
            }
            case FRACTION -> {
                require(unit == Unit.NONE || unit == Unit.PERCENT || unit == Unit.POINTS, metric, "a percentage");
                yield unit == Unit.NONE ? value : amount.movePointLeft(2).doubleValue();
            }
            case MILLISECONDS -> {
                require(unit.compareTo(Unit.MILLISECONDS) >= 0, metric, "a duration");
                yield value * unit.scale;
            }
            case SECONDS -> {
                require(unit.compareTo(Unit.MILLISECONDS) >= 0, metric, "a duration");
                yield value * unit.scale / Unit.SECONDS.scale;
            }
            case NAME ->
                throw new IllegalArgumentException(metric + " is a state, compare it as: " + metric + " = NAME");
        };
    }

    @Override
    public String toString() {
        return amount.toPlainString() + unit.text;
    }

    private void require(boolean fits, Metric metric, String wanted) {
        if (!fits) {
            throw new IllegalArgumentException(metric + " is compared with " + wanted + ": " + this);
        }
    }
}
