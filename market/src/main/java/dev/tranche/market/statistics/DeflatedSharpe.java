package dev.tranche.market.statistics;

import org.hipparchus.distribution.continuous.NormalDistribution;

/// How much of a Sharpe ratio is left when skewness, fat tails, a short record and the number of attempts
/// are paid for.
///
/// Bailey and López de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15(2), 2012, eq. 11
/// (probabilistic), and The Deflated Sharpe Ratio, Journal of Portfolio Management 40(5), 2014, eq. 1 and
/// 2. All ratios are a period, never annualised: the number of periods stands beside them.
public final class DeflatedSharpe {
    /// The constant of Euler and Mascheroni.
    private static final double EULER = 0.5772156649015329;

    private static final NormalDistribution NORMAL = new NormalDistribution();

    private DeflatedSharpe() {}

    /// The chance that the true ratio is above `benchmark`, 0..1; NaN where nothing varies.
    ///
    /// @param shape of the returns, at least 2
    public static double probabilistic(Shape shape, double benchmark) {
        if (shape.n() < 2) {
            throw new IllegalArgumentException("a Sharpe ratio must stand on at least 2 periods: " + shape.n());
        }
        double sharpe = shape.sharpe();
        double spread = 1 - shape.skewness() * sharpe + (shape.kurtosis() - 1) / 4 * sharpe * sharpe;
        double z = (sharpe - benchmark) * Math.sqrt(shape.n() - 1.0) / Math.sqrt(spread);
        return Double.isNaN(z) ? Double.NaN : NORMAL.cumulativeProbability(z);
    }

    /// The highest ratio expected among so many attempts that are all worth nothing.
    ///
    /// @param spread standard deviation of the ratios of the attempts, at least 0
    /// @param trials every combination tried, published or not; at least 1
    public static double expectedMaximum(double spread, long trials) {
        if (trials < 1) {
            throw new IllegalArgumentException("trials must be at least 1: " + trials);
        }
        if (!(spread >= 0)) {
            throw new IllegalArgumentException("the spread of the ratios must be at least 0: " + spread);
        }
        if (trials == 1) {
            return 0;
        }
        double highest = NORMAL.inverseCumulativeProbability(1 - 1.0 / trials);
        double next = NORMAL.inverseCumulativeProbability(1 - 1.0 / (trials * Math.E));
        return spread * ((1 - EULER) * highest + EULER * next);
    }

    /// The chance that the true ratio is above what luck explains.
    public static double deflated(Shape shape, double spread, long trials) {
        return probabilistic(shape, expectedMaximum(spread, trials));
    }
}
