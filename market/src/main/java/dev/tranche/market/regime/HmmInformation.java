package dev.tranche.market.regime;

import dev.tranche.market.statistics.PositiveDefinite;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/// The information of a series about the free numbers of a model. One thread.
final class HmmInformation {
    private static final double DIFFERENCE = Math.cbrt(Math.ulp(1.0));

    private final GaussianHmm model;
    private final List<HmmPlace> places;
    private final HmmScores scores;

    HmmInformation(GaussianHmm model, double[][] series, HmmTerms terms, List<HmmPlace> places) {
        this.model = model;
        this.places = places;
        this.scores = new HmmScores(series, model, places, terms.stationary());
    }

    HmmErrors errors(List<String> held) {
        scores.walk();
        double[] gradient = scores.gradient().clone();
        RealMatrix products = new Array2DRowRealMatrix(scores.products());
        Optional<RealMatrix> found = PositiveDefinite.inverse(information());
        if (found.isEmpty()) {
            return new HmmErrors.Refused("the observed information is not positive definite");
        }
        RealMatrix hessian = found.get();
        double left = 0.5
                * new Array2DRowRealMatrix(gradient)
                        .transpose()
                        .multiply(hessian)
                        .operate(gradient)[0];
        if (left > HmmErrors.MOST_TO_GAIN) {
            return new HmmErrors.Refused("the search ended before the maximum: about " + (float) left
                    + " of log-likelihood are still to be gained");
        }
        return new HmmErrors.Found(
                kind(hessian),
                kind(PositiveDefinite.inverse(products).orElseGet(() -> unknown(places.size()))),
                kind(hessian.multiply(products).multiply(hessian)),
                List.copyOf(held));
    }

    private RealMatrix information() {
        double[][] information = new double[places.size()][places.size()];
        for (int p = 0; p < places.size(); p++) {
            double step = DIFFERENCE * places.get(p).scale(model);
            scores.shift(p, step);
            scores.walk();
            double[] above = scores.gradient().clone();
            scores.shift(p, -2 * step);
            scores.walk();
            for (int q = 0; q < places.size(); q++) {
                information[p][q] = (scores.gradient()[q] - above[q]) / (2 * step);
            }
            scores.shift(p, step);
        }
        return new Array2DRowRealMatrix(information, false);
    }

    private HmmErrors.Kind kind(RealMatrix covariance) {
        int states = model.states();
        int dimensions = model.dimensions();
        double[][] move = new double[states][states];
        double[][] means = new double[states][dimensions];
        double[][][] covariances = new double[states][dimensions][dimensions];
        for (int i = 0; i < states; i++) {
            Arrays.fill(move[i], Double.NaN);
            double rest = rest(covariance, i);
            move[i][HmmPlace.rest(model, i)] = rest > 0 ? Math.sqrt(rest) : Double.NaN;
        }
        for (int p = 0; p < places.size(); p++) {
            double error = Math.sqrt(covariance.getEntry(p, p));
            switch (places.get(p)) {
                case HmmPlace.Move(int from, int to, int _) -> move[from][to] = error;
                case HmmPlace.Mean(int state, int dimension) -> means[state][dimension] = error;
                case HmmPlace.Covariance(int state, boolean all, int row, int column) -> {
                    for (int i = state; i < (all ? states : state + 1); i++) {
                        covariances[i][row][column] = error;
                        covariances[i][column][row] = error;
                    }
                }
            }
        }
        return new HmmErrors.Kind(
                GaussianHmm.rows(move),
                GaussianHmm.rows(means),
                Arrays.stream(covariances).map(GaussianHmm::rows).toList());
    }

    /// The variance of the likeliest move from a state: that of the sum of the others.
    private double rest(RealMatrix covariance, int from) {
        double sum = 0;
        for (int p = 0; p < places.size(); p++) {
            for (int q = 0; q < places.size(); q++) {
                if (leaves(p, from) && leaves(q, from)) {
                    sum += covariance.getEntry(p, q);
                }
            }
        }
        return sum;
    }

    private boolean leaves(int place, int from) {
        return places.get(place) instanceof HmmPlace.Move move && move.from() == from;
    }

    private static RealMatrix unknown(int size) {
        double[][] unknown = new double[size][size];
        for (double[] row : unknown) {
            Arrays.fill(row, Double.NaN);
        }
        return new Array2DRowRealMatrix(unknown, false);
    }
}
