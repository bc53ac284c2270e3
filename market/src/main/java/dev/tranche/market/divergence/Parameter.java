package dev.tranche.market.divergence;

import java.util.Arrays;
import java.util.stream.Collectors;

/// A parameter of the detector by the name it is written with, and what it may be.
public enum Parameter {
    SWING_L("swing_L", 1, 200, true),
    Z_HI("z_hi", 0, 50, false),
    Z_MID("z_mid", 0, 50, false),
    MIN_SEPARATION("min_separation", 1, 100_000, true),
    /// In seconds.
    COOLDOWN("cooldown", 0, 86_400, false),
    WARMUP("warmup", 0, 1_000_000, true),
    MAX_LAG("max_lag", 0, 100, true),
    WEAK_THRESHOLD("weak_threshold", 0, 100, false),
    WEIGHT_FLOW("weight_flow", 0, 1, false),
    WEIGHT_PIVOTS("weight_pivots", 0, 1, false),
    WEIGHT_PRICE("weight_price", 0, 1, false),
    WEIGHT_AGREEMENT("weight_agreement", 0, 1, false);

    private final String text;
    private final double least;
    private final double most;
    private final boolean whole;

    Parameter(String text, double least, double most, boolean whole) {
        this.text = text;
        this.least = least;
        this.most = most;
        this.whole = whole;
    }

    /// The name as written in configuration, such as `swing_L`.
    public String text() {
        return text;
    }

    /// Smallest value it may have.
    public double least() {
        return least;
    }

    /// Largest value it may have.
    public double most() {
        return most;
    }

    /// Reads a name.
    ///
    /// @throws IllegalArgumentException naming all parameters when there is none of that name
    public static Parameter parse(String name) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown parameter " + name + "; known are "
                        + Arrays.stream(values()).map(Parameter::text).collect(Collectors.joining(", "))));
    }

    /// The value, when it is allowed.
    ///
    /// @throws IllegalArgumentException with the value and the range
    public double checked(double value) {
        if (!(value >= least && value <= most) || (whole && value != Math.rint(value))) {
            String range = whole ? (long) least + ".." + (long) most : least + ".." + most;
            throw new IllegalArgumentException(
                    text + " must be " + (whole ? "a whole number " : "") + "within " + range + ": " + value);
        }
        return value;
    }
}
