package dev.tranche.market.pricing;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Where a smile, or two of them, would let somebody earn without risk. Looked for on a grid; pure functions.
public final class SmileChecks {
    /// Points looked at.
    public static final int POINTS = 401;

    private static final double ROUNDING = 1e-10;

    private SmileChecks() {}

    /// Even points from `low` to `high`, both included.
    static double[] grid(double low, double high, int points) {
        double[] grid = new double[points];
        for (int i = 0; i < points; i++) {
            grid[i] = low + (high - low) * i / (points - 1);
        }
        return grid;
    }

    /// The log-moneyness within `low..high` where a butterfly is cheapest, if it costs less than nothing
    /// there.
    public static OptionalDouble butterfly(SviSmile smile, double low, double high) {
        double worst = Double.NaN;
        double least = -ROUNDING;
        for (double k : grid(low, high, POINTS)) {
            double density = smile.density(k);
            if (density < least) {
                least = density;
                worst = k;
            }
        }
        return Double.isNaN(worst) ? OptionalDouble.empty() : OptionalDouble.of(worst);
    }

    /// The log-moneyness within `low..high` where the later smile lies furthest below the earlier one, if
    /// anywhere.
    public static OptionalDouble calendar(SviSmile earlier, SviSmile later, double low, double high) {
        double worst = Double.NaN;
        double deepest = ROUNDING;
        for (double k : grid(low, high, POINTS)) {
            double under = earlier.totalVariance(k) - later.totalVariance(k);
            if (under > deepest) {
                deepest = under;
                worst = k;
            }
        }
        return Double.isNaN(worst) ? OptionalDouble.empty() : OptionalDouble.of(worst);
    }

    /// All that is wrong with smiles in the order of their expiries, in words; empty when nothing is.
    public static List<String> faults(List<SviSmile> smiles, double low, double high) {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < smiles.size(); i++) {
            int at = i;
            butterfly(smiles.get(i), low, high)
                    .ifPresent(k -> faults.add("smile " + at + ": a butterfly costs less than nothing at k = " + k));
            if (i > 0) {
                calendar(smiles.get(i - 1), smiles.get(i), low, high)
                        .ifPresent(k ->
                                faults.add("smile " + at + ": less variance than the expiry before it at k = " + k));
            }
        }
        return faults;
    }
}
