package dev.tranche.market.pricing;

import java.util.Arrays;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/// Lays a smile through quoted variances, least squares with weights.
///
/// With `m` and `sigma` fixed the form is linear in the rest: with `y = (k - m) / sigma` and `r = sqrt(y^2 +
/// 1)` it is `w = a + u (r + y) / 2 + v (r - y) / 2`, where `u = b sigma (1 + rho)` and `v = b sigma (1 -
/// rho)`. What a smile must keep becomes a box, `0 <= u, v <= 2 sigma` and `0 <= a <= max w`, in which the
/// best point is found exactly; only `m` and `sigma` are searched, by Nelder and Mead from a few places (the
/// idea of S. De Marco and C. Martini, "Quasi- explicit calibration of Gatheral's SVI model", Zeliade, 2009).
/// A density below nought, or a variance below that of an earlier expiry, is charged for at points over the
/// quotes and well beyond them; where the quotes themselves are at fault, or want an `a` below nought, all
/// five numbers are searched. Pure functions.
public final class SviFit {
    private static final int POINTS = 121;
    private static final double BEYOND = 0.5;
    private static final double CHARGE = 1;
    private static final double MARGIN = 1e-4;
    private static final double ENOUGH = 1e-3;
    private static final int MOST_ROUNDS = 20;
    private static final int MOST_ITERATIONS = 600;
    private static final int MOST_EVALUATIONS = 100_000;
    private static final double[] ROUND = {0.05, 0.25, 0.8};

    private final double[] k;
    private final double[] w;
    private final double[] weight;
    private final Earlier earlier;
    private final double most;
    private final double[] grid;

    /// The smile of the expiry before, and the log-moneyness of its outermost quotes: beyond them it is a
    /// guess, which binds nobody.
    public record Earlier(SviSmile smile, double low, double high) {}

    private SviFit(double[] k, double[] w, double[] weight, Earlier earlier) {
        this.k = k;
        this.w = w;
        this.weight = weight;
        this.earlier = earlier;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double above = 0;
        for (int i = 0; i < k.length; i++) {
            low = Math.min(low, k[i]);
            high = Math.max(high, k[i]);
            above = Math.max(above, w[i]);
        }
        this.most = above;
        this.grid = SmileChecks.grid(low - BEYOND * (high - low), high + BEYOND * (high - low), POINTS);
    }

    /// The smile of the nearest expiry.
    ///
    /// @param k log-moneyness `ln(K/F)` of at least five quotes
    /// @param w their total variances, above 0
    /// @param weight what each counts, above 0
    /// @throws IllegalArgumentException when there are fewer than five quotes, or one is out of its range
    public static SviSmile fit(double[] k, double[] w, double[] weight) {
        return fit(k, w, weight, new Earlier(new SviSmile(0, 0, 0, 0, 1), 0, 0));
    }

    /// The smile of an expiry after that of `earlier`, nowhere below it where both have quotes, if the quotes
    /// allow that.
    ///
    /// @throws IllegalArgumentException when there are fewer than five quotes, or one is out of its range
    public static SviSmile fit(double[] k, double[] w, double[] weight, Earlier earlier) {
        if (k.length < 5 || w.length != k.length || weight.length != k.length) {
            throw new IllegalArgumentException("a smile needs at least 5 quotes, each with a variance and a weight: "
                    + k.length + ", " + w.length + ", " + weight.length);
        }
        for (int i = 0; i < k.length; i++) {
            if (!(Math.abs(k[i]) < 100 && w[i] > 0 && w[i] < 1e4 && weight[i] > 0 && weight[i] < Double.MAX_VALUE)) {
                throw new IllegalArgumentException("a quote needs |k| < 100, 0 < w < 10000 and a positive weight: k "
                        + k[i] + ", w " + w[i] + ", weight " + weight[i]);
            }
        }
        // Only their ratio counts; beside small ones the equations would look singular.
        double heaviest = Arrays.stream(weight).max().orElseThrow();
        double[] shares = Arrays.stream(weight).map(each -> each / heaviest).toArray();
        return new SviFit(k.clone(), w.clone(), shares, earlier).search();
    }

    private SviSmile search() {
        int least = 0;
        for (int i = 1; i < k.length; i++) {
            least = w[i] < w[least] ? i : least;
        }
        double width = Math.max(1e-3, (grid[POINTS - 1] - grid[0]) / (1 + 2 * BEYOND));
        SviSmile best = new SviSmile(0, 0, 0, 0, 1);
        double cheapest = Double.POSITIVE_INFINITY;
        for (double start : new double[] {0, k[least]}) {
            for (double round : ROUND) {
                SviSmile found = best(descend(
                        point -> cost(best(point), CHARGE),
                        new double[] {start, Math.log(round * width)},
                        new double[] {0.2 * width, 0.5}));
                if (cost(found, CHARGE) < cheapest) {
                    cheapest = cost(found, CHARGE);
                    best = found;
                }
            }
        }
        return charge(best) == 0 && best.a() > 0 ? best : mended(best, width);
    }

    /// The best smile is at fault or wants a negative `a`: all five numbers are searched, with the charge,
    /// each time from where the last search ended, until that no longer helps.
    private SviSmile mended(SviSmile faulty, double width) {
        SviSmile best = faulty;
        double price = CHARGE;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double up = best.b() * best.sigma() * (1 + best.rho());
            double down = best.b() * best.sigma() * (1 - best.rho());
            double[] from = {best.a() + Math.sqrt(up * down), up, down, best.m(), Math.log(best.sigma())};
            double step = 0.1 * most;
            double asked = price;
            SviSmile found = whole(descend(
                    point -> cost(whole(point), asked), from, new double[] {step, step, step, 0.1 * width, 0.2}));
            boolean better = cost(found, price) < (1 - ENOUGH) * cost(best, price);
            best = cost(found, price) < cost(best, price) ? found : best;
            if (!better && charge(best) == 0) {
                break;
            }
            price = better ? price : price * 10;
        }
        return best;
    }

    private static double[] descend(MultivariateFunction function, double[] from, double[] steps) {
        return new SimplexOptimizer(new SimpleValueChecker(1e-10, 1e-18, MOST_ITERATIONS))
                .optimize(
                        new MaxEval(MOST_EVALUATIONS),
                        new ObjectiveFunction(function),
                        GoalType.MINIMIZE,
                        new InitialGuess(from),
                        new NelderMeadSimplex(steps))
                .getPoint();
    }

    /// The smile of its least variance `a + sqrt(u v)`, `u`, `v`, `m` and the logarithm of `sigma`, each
    /// moved into its range.
    private SviSmile whole(double[] point) {
        double sigma = Math.exp(Math.clamp(point[4], -9, 4));
        double u = Math.clamp(point[1], 0, 2 * sigma);
        double v = Math.clamp(point[2], 0, 2 * sigma);
        double a = Math.clamp(point[0], 0, most) - Math.sqrt(u * v);
        return smile(a, u, v, Math.clamp(point[3], -10, 10), sigma);
    }

    /// The smile that is nearest to the quotes with the `m` and the logarithm of `sigma` in `point`.
    private SviSmile best(double[] point) {
        double m = Math.clamp(point[0], -10, 10);
        double sigma = Math.exp(Math.clamp(point[1], -9, 4));
        double[] found = new BoxLeastSquares(3)
                .solve(
                        (i, row) -> {
                            double y = (k[i] - m) / sigma;
                            double r = Math.sqrt(y * y + 1);
                            row[0] = 1;
                            row[1] = 0.5 * (r + y);
                            row[2] = 0.5 * (r - y);
                        },
                        w,
                        weight,
                        new double[] {most, 2 * sigma, 2 * sigma});
        return smile(found[0], found[1], found[2], m, sigma);
    }

    private static SviSmile smile(double a, double u, double v, double m, double sigma) {
        double b = 0.5 * (u + v) / sigma;
        double rho = b == 0 ? 0 : Math.clamp((u - v) / (u + v), -1, 1);
        // Near 1 little of `v` is left in rho: without this the least variance may come out below nought.
        return new SviSmile(Math.max(a, -b * sigma * Math.sqrt(1 - rho * rho)), b, rho, m, sigma);
    }

    private double cost(SviSmile smile, double price) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < k.length; i++) {
            double error = smile.totalVariance(k[i]) - w[i];
            sum += weight[i] * error * error;
            total += weight[i] * w[i] * w[i];
        }
        return sum / total + price * charge(smile);
    }

    /// The worst arbitrage there is on the grid; 0 for none.
    private double charge(SviSmile smile) {
        double thin = 0;
        double under = 0;
        for (double at : grid) {
            thin = Math.max(thin, MARGIN - smile.density(at));
            if (at >= earlier.low && at <= earlier.high) {
                under = Math.max(under, earlier.smile.totalVariance(at) - smile.totalVariance(at));
            }
        }
        return thin + under / most;
    }
}
