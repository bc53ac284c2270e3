package dev.tranche.market.volatility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/// Correlations that change in time, in the two steps of Engle (2002): a volatility for each series, then the
/// correlation of their innovations. Immutable.
public final class DynamicCorrelation {
    private static final int MOST_EVALUATIONS = 5000;
    private static final double CLOSE = 1e-9;

    private final List<VolatilityFit> volatilities;
    private final double[][] innovations;
    private final CorrelationTerms terms;
    private final double[][] next;
    private final List<Double> presample;

    /// How correlations move.
    ///
    /// @param a what one time's innovations count, 0..1
    /// @param b what is left of the correlations before, 0..1; `a + b` below 1
    /// @param logLikelihood of all series together: that of each alone and what the correlations add
    /// @param added what the correlations add
    public record CorrelationTerms(double a, double b, double logLikelihood, double added) {
        public CorrelationTerms {
            if (!(a >= 0 && b >= 0 && a + b < 1)) {
                throw new IllegalArgumentException("a and b must be at least 0 with a + b below 1: " + a + ", " + b);
            }
        }
    }

    private DynamicCorrelation(
            List<VolatilityFit> volatilities,
            List<Double> presample,
            double[][] innovations,
            CorrelationTerms terms,
            double[][] next) {
        this.volatilities = volatilities;
        this.presample = presample;
        this.innovations = innovations;
        this.terms = terms;
        this.next = next;
    }

    /// The model of several series of returns of one length, one series a row.
    ///
    /// @throws IllegalArgumentException when there are fewer than two series, they differ in length, or one
    ///     cannot be estimated
    public static DynamicCorrelation fit(VolatilityForm form, double[][] returns) {
        DynamicCorrelation still = of(form, returns, 0, 0);
        CorrelationPath path = new CorrelationPath(still.innovations);
        double[] best = new SimplexOptimizer(new SimpleValueChecker(1e-12, 1e-10))
                .optimize(
                        new MaxEval(MOST_EVALUATIONS),
                        new ObjectiveFunction(odds -> path.at(a(odds), b(odds), (_, _) -> {})),
                        GoalType.MAXIMIZE,
                        new InitialGuess(new double[] {Math.log(0.03), Math.log(0.9 / 0.07)}),
                        new NelderMeadSimplex(new double[] {1, 1}))
                .getPoint();
        double a = a(best);
        double b = b(best);
        // Odds never reach nought: without dynamics worth having, the constant correlation is the answer.
        boolean moving = path.at(a, b, (_, _) -> {}) > path.at(0, 0, (_, _) -> {}) + CLOSE;
        return moving ? still.with(a, b) : still;
    }

    /// The model with given dynamics; `a = b = 0` is a constant correlation (T. Bollerslev, 1990).
    ///
    /// @throws IllegalArgumentException as [#fit], or when `a` and `b` are out of their range
    public static DynamicCorrelation of(VolatilityForm form, double[][] returns, double a, double b) {
        if (returns.length < 2) {
            throw new IllegalArgumentException("a correlation needs at least 2 series: " + returns.length);
        }
        List<VolatilityFit> volatilities = new ArrayList<>();
        List<Double> presample = new ArrayList<>();
        double[][] innovations = new double[returns[0].length][returns.length];
        for (int i = 0; i < returns.length; i++) {
            if (returns[i].length != returns[0].length) {
                throw new IllegalArgumentException(
                        "series must be equally long: " + returns[0].length + " and " + returns[i].length);
            }
            VolatilityFit fit = VolatilityEstimator.fit(form, returns[i]);
            volatilities.add(fit);
            presample.add(square(returns[i], fit.parameters().getFirst()));
            double[] z = fit.innovations(returns[i]);
            for (int t = 0; t < z.length; t++) {
                innovations[t][i] = z[t];
            }
        }
        CorrelationTerms none = new CorrelationTerms(0, 0, 0, 0);
        return new DynamicCorrelation(
                        List.copyOf(volatilities), List.copyOf(presample), innovations, none, new double[0][])
                .with(a, b);
    }

    private DynamicCorrelation with(double a, double b) {
        double[][] last = new double[volatilities.size()][];
        double added = new CorrelationPath(innovations).at(a, b, (time, correlations) -> {
            if (time == innovations.length) {
                Arrays.setAll(last, i -> correlations[i].clone());
            }
        });
        double alone =
                volatilities.stream().mapToDouble(VolatilityFit::logLikelihood).sum();
        return new DynamicCorrelation(
                volatilities, presample, innovations, new CorrelationTerms(a, b, alone + added, added), last);
    }

    private static double square(double[] returns, double mean) {
        double square = 0;
        for (double each : returns) {
            square += (each - mean) * (each - mean);
        }
        return square / returns.length;
    }

    /// The dynamics and the likelihood.
    public CorrelationTerms terms() {
        return terms;
    }

    /// The model for those who go on with it: a [LiveCovariance] of it, handed the same returns, has the same
    /// correlations at each time and the same [#nextCovariance] after the last.
    public CovarianceTerms start() {
        double[][] mean = new CorrelationPath(innovations).mean();
        return new CovarianceTerms(
                volatilities.getFirst().form(),
                volatilities.stream().map(VolatilityFit::parameters).toList(),
                presample,
                terms.a(),
                terms.b(),
                Arrays.stream(mean)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList());
    }

    /// The volatility of each series.
    public List<VolatilityFit> volatilities() {
        return volatilities;
    }

    /// The correlation of two series at each time, given what came before it.
    public double[] correlations(int one, int other) {
        double[] path = new double[innovations.length];
        new CorrelationPath(innovations).at(terms.a(), terms.b(), (time, correlations) -> {
            if (time < path.length) {
                path[time] = correlations[one][other];
            }
        });
        return path;
    }

    /// The covariance of two series at the time after the last.
    public double nextCovariance(int one, int other) {
        return next[one][other]
                * Math.sqrt(
                        volatilities.get(one).next() * volatilities.get(other).next());
    }

    private static double a(double[] odds) {
        return Math.exp(odds[0]) / (1 + Math.exp(odds[0]) + Math.exp(odds[1]));
    }

    private static double b(double[] odds) {
        return Math.exp(odds[1]) / (1 + Math.exp(odds[0]) + Math.exp(odds[1]));
    }
}
