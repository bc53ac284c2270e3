package dev.tranche.market.divergence;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the detector goes by. Bars are the bars it is fed with.
///
/// @param swingL half-width of a pivot in bars, 1..200: a low is a pivot when none of so many bars on
///     either side is lower, so it is known so many bars later
/// @param zHi a part of the score is full from here on, in standard deviations; above zMid, at most 50
/// @param zMid least standardised net flow that diverges, at least 0
/// @param minSeparation least number of bars between the pivots of a pair, 1..100000. Pivots of one kind
///     are never nearer than swingL + 1 bars, so a value up to that does nothing
/// @param cooldownMillis a source stays silent for so long after it spoke, 0..86400000
/// @param warmup bars after a start or a reset whose pivots do not count, 0..1000000
/// @param maxLag most bars between a pivot of the price and the line's beside it, 0..swingL / 2
/// @param weakThreshold events that score less are not told, 0..100
public record Parameters(
        int swingL,
        double zHi,
        double zMid,
        int minSeparation,
        long cooldownMillis,
        int warmup,
        int maxLag,
        double weakThreshold,
        Weights weights) {
    /// The values the seed's code starts from; its lag of 0.3 s is two bars here.
    public static final Parameters SEED = new Parameters(12, 1.5, .7, 6, 1000, 100, 2, 35, Weights.SEED);

    private static final double MILLIS = 1000;

    public Parameters {
        Parameter.SWING_L.checked(swingL);
        Parameter.Z_HI.checked(zHi);
        Parameter.Z_MID.checked(zMid);
        Parameter.MIN_SEPARATION.checked(minSeparation);
        Parameter.COOLDOWN.checked(cooldownMillis / MILLIS);
        Parameter.WARMUP.checked(warmup);
        Parameter.MAX_LAG.checked(maxLag);
        Parameter.WEAK_THRESHOLD.checked(weakThreshold);
        if (!(zMid < zHi)) {
            throw new IllegalArgumentException("z_mid must be below z_hi " + zHi + ": " + zMid);
        }
        if (maxLag > swingL / 2) {
            throw new IllegalArgumentException(
                    "max_lag must be within 0.." + swingL / 2 + ", half of swing_L " + swingL + ": " + maxLag);
        }
    }

    /// These parameters with some of them replaced.
    ///
    /// @param changes by the names of [Parameter#text]; cooldown in seconds
    /// @throws IllegalArgumentException for an unknown name or a value out of its range
    public Parameters with(Map<String, ? extends Number> changes) {
        Map<String, Double> all = values();
        changes.forEach((name, value) -> {
            Parameter parameter = Parameter.parse(name);
            all.put(parameter.text(), parameter.checked(value.doubleValue()));
        });
        return of(all);
    }

    /// All parameters by name, in the order of [Parameter]; the inverse of [#of].
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Parameter parameter : Parameter.values()) {
            values.put(parameter.text(), value(parameter));
        }
        return values;
    }

    /// One parameter by name; cooldown in seconds.
    public double value(Parameter parameter) {
        return switch (parameter) {
            case SWING_L -> swingL;
            case Z_HI -> zHi;
            case Z_MID -> zMid;
            case MIN_SEPARATION -> minSeparation;
            case COOLDOWN -> cooldownMillis / MILLIS;
            case WARMUP -> warmup;
            case MAX_LAG -> maxLag;
            case WEAK_THRESHOLD -> weakThreshold;
            case WEIGHT_FLOW -> weights.flow();
            case WEIGHT_PIVOTS -> weights.pivots();
            case WEIGHT_PRICE -> weights.price();
            case WEIGHT_AGREEMENT -> weights.agreement();
        };
    }

    private static Parameters of(Map<String, Double> values) {
        return new Parameters(
                (int) at(values, Parameter.SWING_L),
                at(values, Parameter.Z_HI),
                at(values, Parameter.Z_MID),
                (int) at(values, Parameter.MIN_SEPARATION),
                Math.round(at(values, Parameter.COOLDOWN) * MILLIS),
                (int) at(values, Parameter.WARMUP),
                (int) at(values, Parameter.MAX_LAG),
                at(values, Parameter.WEAK_THRESHOLD),
                new Weights(
                        at(values, Parameter.WEIGHT_FLOW),
                        at(values, Parameter.WEIGHT_PIVOTS),
                        at(values, Parameter.WEIGHT_PRICE),
                        at(values, Parameter.WEIGHT_AGREEMENT)));
    }

    private static double at(Map<String, Double> values, Parameter parameter) {
        return values.getOrDefault(parameter.text(), Double.NaN);
    }
}
