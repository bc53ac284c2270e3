package dev.tranche.market.desk;

import java.util.Arrays;

/// The smile of one expiry, laid quickly and without allocating through the quotes of a moment: Gatheral's form
/// `w = a + u (r + y) / 2 + v (r - y) / 2` with `y = k / sigma`, `r = sqrt(y^2 + 1)`, its turn at the forward
/// (`m = 0`), and the roundness `sigma` that fits best of a few. With both given it is linear in `a`, `u`, `v`,
/// each at least 0 (see [dev.tranche.market.pricing.SviFit], which searches `m` and `sigma` too and checks for
/// arbitrage: milliseconds, for a chain at rest). One writer.
final class SmileFit {
    /// Fewest quotes of a smile.
    static final int LEAST = 5;

    private static final double[] ROUND = {0.02, 0.05, 0.1, 0.2, 0.4};
    private static final int UNKNOWNS = 3;

    private final double[] k;
    private final double[] w;
    private final double[] weight;
    private int count;
    private double a = Double.NaN;
    private double up;
    private double down;
    private double sigma = 1;
    private double low;
    private double high;

    private final double[][] square = new double[UNKNOWNS][UNKNOWNS + 1];
    private final double[] moments = new double[UNKNOWNS * UNKNOWNS + UNKNOWNS + 1];
    private final double[] found = new double[UNKNOWNS];
    private final boolean[] nought = new boolean[UNKNOWNS];

    /// @param most quotes
    SmileFit(int most) {
        k = new double[most];
        w = new double[most];
        weight = new double[most];
    }

    void begin() {
        count = 0;
    }

    /// A quote: log-moneyness, total variance, what it counts.
    void quote(double logMoneyness, double totalVariance, double counts) {
        if (totalVariance > 0 && counts > 0 && counts < Double.POSITIVE_INFINITY) {
            k[count] = logMoneyness;
            w[count] = totalVariance;
            weight[count] = counts;
            count++;
        }
    }

    /// Lays the smile; with too few quotes it stays as it was.
    ///
    /// @return whether there is one
    boolean end() {
        if (count >= LEAST) {
            double least = Double.POSITIVE_INFINITY;
            double chosen = sigma;
            for (double round : ROUND) {
                double cost = solve(round);
                if (cost < least) {
                    least = cost;
                    chosen = round;
                }
            }
            solve(chosen);
            sigma = chosen;
            a = found[0];
            up = found[1];
            down = found[2];
            low = Double.POSITIVE_INFINITY;
            high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < count; i++) {
                low = Math.min(low, k[i]);
                high = Math.max(high, k[i]);
            }
        }
        return known();
    }

    boolean known() {
        return !Double.isNaN(a);
    }

    /// Quotes of the last fit.
    int count() {
        return count;
    }

    /// Whether a log-moneyness lies within the quotes, or not far beyond them.
    boolean covers(double logMoneyness) {
        double beyond = 0.25 * (high - low);
        return logMoneyness >= low - beyond && logMoneyness <= high + beyond;
    }

    /// Total variance; NaN before the first smile.
    double totalVariance(double logMoneyness) {
        double y = logMoneyness / sigma;
        double r = Math.sqrt(y * y + 1);
        return a + 0.5 * (up * (r + y) + down * (r - y));
    }

    /// Weighted least squares with all three at least 0: what comes out below is set to 0, and the rest solved
    /// again.
    private double solve(double round) {
        gather(round);
        Arrays.fill(nought, false);
        for (int pass = 0; pass < UNKNOWNS; pass++) {
            eliminate();
            boolean sound = true;
            for (int i = 0; i < UNKNOWNS; i++) {
                if (found[i] < 0) {
                    nought[i] = true;
                    found[i] = 0;
                    sound = false;
                }
            }
            if (sound) {
                break;
            }
        }
        double cost = moments[UNKNOWNS * UNKNOWNS + UNKNOWNS];
        for (int i = 0; i < UNKNOWNS; i++) {
            cost -= 2 * found[i] * moments[UNKNOWNS * UNKNOWNS + i];
            for (int j = 0; j < UNKNOWNS; j++) {
                cost += found[i] * found[j] * moments[UNKNOWNS * i + j];
            }
        }
        return cost;
    }

    private void gather(double round) {
        Arrays.fill(moments, 0);
        for (int n = 0; n < count; n++) {
            double y = k[n] / round;
            double r = Math.sqrt(y * y + 1);
            double second = 0.5 * (r + y);
            double third = 0.5 * (r - y);
            double c = weight[n];
            moments[0] += c;
            moments[1] += c * second;
            moments[2] += c * third;
            moments[4] += c * second * second;
            moments[5] += c * second * third;
            moments[8] += c * third * third;
            moments[9] += c * w[n];
            moments[10] += c * second * w[n];
            moments[11] += c * third * w[n];
            moments[12] += c * w[n] * w[n];
        }
        moments[3] = moments[1];
        moments[6] = moments[2];
        moments[7] = moments[5];
    }

    /// Gauss and Jordan over those that are not nought; one that is not determined is nought.
    private void eliminate() {
        for (int i = 0; i < UNKNOWNS; i++) {
            for (int j = 0; j < UNKNOWNS; j++) {
                boolean out = nought[i] || nought[j];
                square[i][j] = out ? (i == j ? 1 : 0) : moments[UNKNOWNS * i + j];
            }
            square[i][UNKNOWNS] = nought[i] ? 0 : moments[UNKNOWNS * UNKNOWNS + i];
        }
        for (int i = 0; i < UNKNOWNS; i++) {
            double head = square[i][i];
            if (!(Math.abs(head) > 1e-12 * Math.abs(moments[0]))) {
                Arrays.fill(square[i], 0);
                square[i][i] = 1;
                head = 1;
            }
            for (int j = i; j <= UNKNOWNS; j++) {
                square[i][j] /= head;
            }
            for (int n = 0; n < UNKNOWNS; n++) {
                double factor = square[n][i];
                if (n != i && factor != 0) {
                    for (int j = i; j <= UNKNOWNS; j++) {
                        square[n][j] -= factor * square[i][j];
                    }
                }
            }
        }
        for (int i = 0; i < UNKNOWNS; i++) {
            found[i] = square[i][UNKNOWNS];
        }
    }

    void digest(Digest into) {
        into.add(a).add(up).add(down).add(sigma).add(low).add(high).add((long) count);
    }
}
