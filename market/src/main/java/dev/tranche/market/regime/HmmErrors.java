package dev.tranche.market.regime;

import java.util.ArrayList;
import java.util.List;

/// How sure an estimated hidden Markov model is.
public sealed interface HmmErrors {
    /// Moves expected over the whole series below which their probability counts as nought.
    double FEWEST_MOVES = 0.01;

    /// Log-likelihood that a step of Newton's may still promise: the estimates are then within a seventh of
    /// their errors of the maximum.
    double MOST_TO_GAIN = 0.01;

    /// Standard errors of three kinds.
    ///
    /// @param hessian from the observed information: right when the observations are what the model says
    /// @param outerProduct from the outer products of the gradients of the observations; all NaN when that
    ///     matrix has no inverse
    /// @param robust from both (H. White, Econometrica 50, 1982), right for other distributions too
    /// @param held what has no error, in words, and why; the errors of the rest are those with it known
    record Found(Kind hessian, Kind outerProduct, Kind robust, List<String> held) implements HmmErrors {}

    /// None, and why.
    record Refused(String reason) implements HmmErrors {}

    /// Standard errors in the shape of the model; NaN where there is none.
    ///
    /// @param move of the probability of each move, by from and to
    /// @param means of each state
    /// @param covariances of each state, the same numbers in each when they share one
    record Kind(List<List<Double>> move, List<List<Double>> means, List<List<List<Double>>> covariances) {}

    /// The errors of an estimate by the series it was made from.
    ///
    /// The observed information is minus the second derivatives of the exact log-likelihood in the natural
    /// numbers (probabilities, means, covariances): central differences of the exact gradient with a step of
    /// 6e-6 (the cube root of a rounding) of the smaller of the probabilities traded, or of the deviations of
    /// the state. Of each row of moves the likeliest is one less the others, and its error follows from
    /// theirs. The start is held where it is estimated freely, since one series says next to nothing of it.
    /// A move expected fewer than [#FEWEST_MOVES] times lies at its bound and is held there. Refused when there
    /// are fewer observations than free numbers (the outer products have no inverse then, and the robust kind
    /// would be too small without showing it), a
    /// variance lies at the estimator's floor, the information is not positive definite, or the search ended
    /// with more than [#MOST_TO_GAIN] still to be gained. Errors speak of the maximum that was found, not of
    /// others.
    ///
    /// @param series what the model was estimated from, one observation a row
    /// @param terms of the estimate
    static HmmErrors of(GaussianHmm model, double[][] series, HmmTerms terms) {
        for (int d = 0; d < model.dimensions(); d++) {
            double floor = HmmEstimator.floor(series, d) * (1 + 1e-9);
            for (int i = 0; i < model.states(); i++) {
                if (model.covariances().get(i).get(d).get(d) <= floor) {
                    return new Refused(
                            "the variance of dimension " + d + " in state " + i + " lies at its floor " + floor);
                }
            }
        }
        double[] visits = new double[model.states()];
        for (double[] row : model.smoothed(series)) {
            for (int i = 0; i < visits.length; i++) {
                visits[i] += row[i];
            }
        }
        List<String> words = new ArrayList<>();
        boolean[][] held = new boolean[visits.length][visits.length];
        for (int i = 0; i < visits.length; i++) {
            for (int j = 0; j < visits.length; j++) {
                held[i][j] = model.move().get(i).get(j) * visits[i] < FEWEST_MOVES;
                if (held[i][j]) {
                    words.add("move " + i + " to " + j + " lies at its bound 0");
                }
            }
        }
        List<HmmPlace> places = HmmPlace.of(model, terms.shared(), held);
        if (series.length < places.size()) {
            return new Refused(
                    "so few observations say nothing of so many numbers: " + series.length + " of " + places.size());
        }
        return new HmmInformation(model, series, terms, places).errors(words);
    }
}
