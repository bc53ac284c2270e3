package dev.tranche.market.risk;

import dev.tranche.market.statistics.Quantile;
import dev.tranche.market.statistics.Shape;
import java.util.Arrays;

/// The hybrid value at risk: the greatest of the parametric one, Cornish and Fisher's, the historical and the
/// filtered historical one, at 95 % and 99 % (seed 002, CB_VAR_METHOD). Works in arrays made beforehand. One
/// user at a time.
public final class HybridRisk {
    /// Of the filter: see [ValueAtRisk#filteredHistorical(double[], double, double)].
    public static final double DECAY = 0.94;

    private static final double USUAL = 0.95;
    private static final double RARE = 0.99;

    private final double[] sorted;
    private final double[] filtered;
    private double at95 = Double.NaN;
    private double at99 = Double.NaN;

    private HybridRisk(int most) {
        this.sorted = new double[most];
        this.filtered = new double[most];
    }

    /// @param most returns that will ever be looked at, at least [ValueAtRisk#LEAST]
    public static HybridRisk of(int most) {
        if (most < ValueAtRisk.LEAST) {
            throw new IllegalArgumentException("most must be at least " + ValueAtRisk.LEAST + ": " + most);
        }
        return new HybridRisk(most);
    }

    /// Looks at the first so many returns, the oldest first.
    ///
    /// @throws IllegalArgumentException when there are fewer than [ValueAtRisk#LEAST], or one is not finite
    public void look(double[] returns, int count) {
        ValueAtRisk.checked(returns, count, RARE);
        System.arraycopy(returns, 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        ValueAtRisk.filter(returns, count, DECAY, filtered);
        Arrays.sort(filtered, 0, count);
        Shape shape = Shape.of(returns, count);
        at95 = greatest(shape, count, USUAL);
        at99 = greatest(shape, count, RARE);
    }

    private double greatest(Shape shape, int count, double confidence) {
        double past = -Quantile.ofSorted(sorted, count, 1 - confidence);
        double now = -Quantile.ofSorted(filtered, count, 1 - confidence);
        double bent = ValueAtRisk.cornishFisher(shape, confidence);
        double plain = Math.max(ValueAtRisk.parametric(shape, confidence), Math.max(past, now));
        return Double.isNaN(bent) ? plain : Math.max(plain, bent);
    }

    /// A share of equity; NaN before the first look.
    public double at95() {
        return at95;
    }

    /// A share of equity; NaN before the first look.
    public double at99() {
        return at99;
    }
}
