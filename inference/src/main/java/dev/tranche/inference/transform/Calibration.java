package dev.tranche.inference.transform;

import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// What turns a model's margin into an honest number. Each form says what it takes and gives; all use
/// [StrictMath], so the result has the same bits on every machine.
public sealed interface Calibration {
    /// The calibrated number for a margin; NaN stays NaN.
    double apply(double margin);

    /// Log-odds in, probability out, corrected for a training sample richer in the positive class than the
    /// world: `sigmoid(margin - shift)`.
    ///
    /// @param shift the difference of the prior log-odds, training less world
    record PriorShift(double shift) implements Calibration {
        @Override
        public double apply(double margin) {
            return sigmoid(margin - shift);
        }
    }

    /// Any margin in, probability out: `sigmoid(a · margin + b)` (Platt 1999, with a positive where more is
    /// more likely).
    record Platt(double a, double b) implements Calibration {
        @Override
        public double apply(double margin) {
            return sigmoid(a * margin + b);
        }
    }

    /// Any margin in, probability out, through fitted points joined by straight lines and level beyond the
    /// ends.
    record Isotonic(List<Double> x, List<Double> y) implements Calibration {
        /// Copies the lists.
        public Isotonic {
            x = List.copyOf(x);
            y = List.copyOf(y);
        }

        @Override
        public double apply(double margin) {
            int last = x.size() - 1;
            if (Double.isNaN(margin)) {
                return Double.NaN;
            }
            if (margin <= x.getFirst()) {
                return y.getFirst();
            }
            if (margin >= x.get(last)) {
                return y.get(last);
            }
            int found = Collections.binarySearch(x, margin);
            int high = found >= 0 ? found : -found - 1;
            double slope = (y.get(high) - y.get(high - 1)) / (x.get(high) - x.get(high - 1));
            return slope * (margin - x.get(high - 1)) + y.get(high - 1);
        }
    }

    /// Log-odds of bad in, points out.
    record Pdo(PointsScale scale) implements Calibration {
        @Override
        public double apply(double margin) {
            return scale.points(margin);
        }
    }

    /// The forms by their word in the files.
    Map<String, java.util.function.Function<JsonKeys, Calibration>> FORMS = Map.of(
            "prior_shift",
            Calibration::priorShift,
            "platt",
            keys -> new Platt(keys.number("a"), keys.number("b")),
            "isotonic",
            Calibration::isotonic,
            "pdo",
            keys -> new Pdo(PointsScale.read(keys)));

    /// Reads the form named by `op` and its keys.
    static Calibration read(JsonKeys keys) {
        String op = keys.text("op");
        java.util.function.Function<JsonKeys, Calibration> form = FORMS.get(op);
        if (form == null) {
            throw keys.wrong("op", "must be prior_shift, platt, isotonic or pdo: " + op);
        }
        return form.apply(keys);
    }

    private static Calibration priorShift(JsonKeys keys) {
        if (keys.has("positive_weight")) {
            double weight = keys.number("positive_weight");
            if (!(weight > 0)) {
                throw keys.wrong("positive_weight", "must be positive: " + weight);
            }
            return new PriorShift(StrictMath.log(weight));
        }
        double trained = rate(keys, "trained_rate");
        double target = rate(keys, "target_rate");
        return new PriorShift(logit(trained) - logit(target));
    }

    private static double rate(JsonKeys keys, String key) {
        double rate = keys.number(key);
        if (!(rate > 0 && rate < 1)) {
            throw keys.wrong(key, "must be within 0..1, both excluded: " + rate);
        }
        return rate;
    }

    private static Calibration isotonic(JsonKeys keys) {
        double[] x = keys.numbers("x");
        double[] y = keys.numbers("y");
        if (x.length == 0 || x.length != y.length) {
            throw keys.wrong("x", "and y must be equally long and not empty: " + x.length + ", " + y.length);
        }
        for (int i = 1; i < x.length; i++) {
            if (!(x[i - 1] < x[i]) || !(y[i - 1] <= y[i])) {
                throw JsonException.of(keys.where() + ": x must increase and y must not fall, at place " + i);
            }
        }
        return new Isotonic(
                java.util.Arrays.stream(x).boxed().toList(),
                java.util.Arrays.stream(y).boxed().toList());
    }

    /// `1 / (1 + e^-x)`.
    static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /// `ln(p / (1 - p))`.
    static double logit(double p) {
        return StrictMath.log(p / (1 - p));
    }
}
