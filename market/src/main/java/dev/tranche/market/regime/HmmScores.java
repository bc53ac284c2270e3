package dev.tranche.market.regime;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/// The exact log-likelihood of a series under a hidden Markov model with its derivatives by the free numbers
/// of the model, one observation after another: the forward filter and the derivatives of the filter, carried
/// along (T. Lystig and J. Hughes, "Exact computation of the observed information matrix for hidden Markov
/// models", Journal of Computational and Graphical Statistics 11, 2002). One pass; one thread.
///
/// Arrays: `filtered[i]` is the probability of a state by what was seen, `slope[p][i]` its derivative by free
/// number `p`.
final class HmmScores {
    private final double[][] series;
    private final List<HmmPlace> places;
    private final boolean stationary;
    private final double[] start;
    private final double[][] move;
    private final double[][] means;
    private final double[][][] covariances;
    private final double[] gradient;
    private final double[][] products;
    private final double[] seen;
    private final double[][] pull;
    private final double[][][] inverses;
    private final double[] constants;

    /// @param stationary true when the start is the long-run distribution of the moves, else it stays as it
    ///     is
    HmmScores(double[][] series, GaussianHmm model, List<HmmPlace> places, boolean stationary) {
        int states = model.states();
        this.series = series;
        this.places = places;
        this.stationary = stationary;
        this.start = GaussianHmm.numbers(model.start());
        this.move = GaussianHmm.matrix(model.move());
        this.means = GaussianHmm.matrix(model.means());
        this.covariances = model.covariances().stream().map(GaussianHmm::matrix).toArray(double[][][]::new);
        this.gradient = new double[places.size()];
        this.products = new double[places.size()][places.size()];
        this.seen = new double[states];
        this.pull = new double[states][model.dimensions()];
        this.inverses = new double[states][][];
        this.constants = new double[states];
    }

    /// Moves a free number; a covariance keeps its symmetry and a row of moves its sum.
    void shift(int place, double by) {
        switch (places.get(place)) {
            case HmmPlace.Move(int from, int to, int rest) -> {
                move[from][to] += by;
                move[from][rest] -= by;
            }
            case HmmPlace.Mean(int state, int dimension) -> means[state][dimension] += by;
            case HmmPlace.Covariance covariance -> {
                for (int i = 0; i < means.length; i++) {
                    if (covariance.of(i)) {
                        covariances[i][covariance.row()][covariance.column()] += by;
                        covariances[i][covariance.column()][covariance.row()] =
                                covariances[i][covariance.row()][covariance.column()];
                    }
                }
            }
        }
    }

    /// The gradient of the last walk.
    double[] gradient() {
        return gradient;
    }

    /// The sum over observations of the outer products of their gradients, of the last walk.
    double[][] products() {
        return products;
    }

    /// The log-likelihood.
    double walk() {
        int states = start.length;
        prepare();
        double[] filtered = new double[states];
        double[][] slope = new double[places.size()][states];
        double[] before = start.clone();
        double[][] slopeBefore = new double[places.size()][states];
        if (stationary) {
            longRun(before, slopeBefore);
        }
        double[] score = new double[places.size()];
        double sum = 0;
        for (int t = 0; t < series.length; t++) {
            if (t > 0) {
                for (int j = 0; j < states; j++) {
                    before[j] = 0;
                    for (int i = 0; i < states; i++) {
                        before[j] += filtered[i] * move[i][j];
                    }
                }
                for (int p = 0; p < score.length; p++) {
                    predict(filtered, slope[p], slopeBefore[p], places.get(p));
                }
            }
            double most = look(series[t]);
            double total = 0;
            for (int i = 0; i < states; i++) {
                filtered[i] = before[i] * seen[i];
                total += filtered[i];
            }
            sum += Math.log(total) + most;
            for (int i = 0; i < states; i++) {
                filtered[i] /= total;
            }
            for (int p = 0; p < score.length; p++) {
                score[p] = update(filtered, slopeBefore[p], slope[p], places.get(p), total);
            }
            add(score);
        }
        return sum;
    }

    private void prepare() {
        java.util.Arrays.fill(gradient, 0);
        for (double[] row : products) {
            java.util.Arrays.fill(row, 0);
        }
        for (int i = 0; i < start.length; i++) {
            LUDecomposition solved = new LUDecomposition(new Array2DRowRealMatrix(covariances[i], false), 0);
            inverses[i] = solved.getSolver().getInverse().getData();
            constants[i] = -0.5 * (means[i].length * Math.log(2 * Math.PI) + Math.log(solved.getDeterminant()));
        }
    }

    /// The long-run distribution and its derivatives, `pi dP (I - P + 1 pi)^-1` (P. Schweitzer, Journal of
    /// Applied Probability 5, 1968).
    private void longRun(double[] out, double[][] slopes) {
        int states = out.length;
        System.arraycopy(Moves.longRun(move), 0, out, 0, states);
        double[][] matrix = new double[states][states];
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                matrix[i][j] = (i == j ? 1 : 0) - move[i][j] + out[j];
            }
        }
        RealMatrix fundamental = MatrixUtils.inverse(new Array2DRowRealMatrix(matrix, false));
        for (int p = 0; p < slopes.length; p++) {
            if (places.get(p) instanceof HmmPlace.Move(int from, int to, int rest)) {
                for (int j = 0; j < states; j++) {
                    slopes[p][j] = out[from] * (fundamental.getEntry(to, j) - fundamental.getEntry(rest, j));
                }
            }
        }
    }

    /// Densities of an observation in each state, divided by the largest, whose logarithm is returned.
    private double look(double[] x) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < seen.length; i++) {
            double squares = 0;
            for (int d = 0; d < x.length; d++) {
                pull[i][d] = 0;
                for (int e = 0; e < x.length; e++) {
                    pull[i][d] += inverses[i][d][e] * (x[e] - means[i][e]);
                }
                squares += pull[i][d] * (x[d] - means[i][d]);
            }
            seen[i] = constants[i] - 0.5 * squares;
            most = Math.max(most, seen[i]);
        }
        for (int i = 0; i < seen.length; i++) {
            seen[i] = Math.exp(seen[i] - most);
        }
        return most;
    }

    private void predict(double[] filtered, double[] slope, double[] out, HmmPlace place) {
        for (int j = 0; j < out.length; j++) {
            out[j] = 0;
            for (int i = 0; i < out.length; i++) {
                out[j] += slope[i] * move[i][j];
            }
        }
        if (place instanceof HmmPlace.Move(int from, int to, int rest)) {
            out[to] += filtered[from];
            out[rest] -= filtered[from];
        }
    }

    /// The derivative of the log-likelihood of an observation; `slope` becomes that of the filter after it.
    private double update(double[] filtered, double[] before, double[] slope, HmmPlace place, double total) {
        double score = 0;
        for (int i = 0; i < slope.length; i++) {
            slope[i] = before[i] * seen[i] / total + filtered[i] * density(place, i);
            score += slope[i];
        }
        for (int i = 0; i < slope.length; i++) {
            slope[i] -= filtered[i] * score;
        }
        return score;
    }

    /// The derivative of the log-density of the observation in a state.
    private double density(HmmPlace place, int state) {
        return switch (place) {
            case HmmPlace.Move _ -> 0;
            case HmmPlace.Mean(int of, int dimension) -> of == state ? pull[state][dimension] : 0;
            case HmmPlace.Covariance covariance -> {
                int row = covariance.row();
                int column = covariance.column();
                double twice = pull[state][row] * pull[state][column] - inverses[state][row][column];
                yield covariance.of(state) ? row == column ? 0.5 * twice : twice : 0;
            }
        };
    }

    private void add(double[] score) {
        for (int p = 0; p < score.length; p++) {
            gradient[p] += score[p];
            for (int q = 0; q <= p; q++) {
                products[p][q] += score[p] * score[q];
                products[q][p] = products[p][q];
            }
        }
    }
}
