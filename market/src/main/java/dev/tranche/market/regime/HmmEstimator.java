package dev.tranche.market.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Estimates a hidden Markov model by expectation and maximisation (L. Baum et al., Annals of Mathematical
/// Statistics 41, 1970). Every step gains likelihood; the best of several starts is taken. A covariance is
/// kept from collapsing onto few observations by a floor of a millionth of the variance of the whole. Pure
/// functions; chance is an argument.
public final class HmmEstimator {
    private static final double FLOOR = 1e-6;
    private static final double LEAST_WEIGHT = 1e-300;

    private final double[][] series;
    private final HmmTerms terms;
    private final double[] floor;

    /// What was found.
    ///
    /// @param model the states in the order of their risk
    /// @param logLikelihood of the series
    /// @param steps that the best start took
    /// @param settled false when it was still gaining when its steps were spent
    public record Fit(GaussianHmm model, double logLikelihood, int steps, boolean settled) {}

    private HmmEstimator(double[][] series, HmmTerms terms) {
        this.series = series;
        this.terms = terms;
        double[] mean = new double[series[0].length];
        moments(ones(series.length), mean);
        this.floor = new double[mean.length];
        for (int d = 0; d < floor.length; d++) {
            floor[d] = floor(series, d);
            if (!(floor[d] > 0)) {
                throw new IllegalArgumentException("dimension " + d + " must not be constant: " + mean[d]);
            }
        }
    }

    /// The model of a series, one observation a row.
    ///
    /// @param random where the starts are drawn from
    /// @throws IllegalArgumentException when there are fewer than ten observations a state, they differ in
    ///     their dimensions, one is not finite, or a dimension is constant
    public static Fit fit(double[][] series, HmmTerms terms, RandomGenerator random) {
        if (series.length < 10 * terms.states()) {
            throw new IllegalArgumentException(
                    "at least " + 10 * terms.states() + " observations are needed: " + series.length);
        }
        for (double[] row : series) {
            if (row.length != series[0].length || row.length == 0) {
                throw new IllegalArgumentException(
                        "every observation needs " + series[0].length + " dimensions: " + row.length);
            }
            for (double each : row) {
                if (!(Math.abs(each) < 1e100)) {
                    throw new IllegalArgumentException("an observation must be finite: " + Arrays.toString(row));
                }
            }
        }
        HmmEstimator estimator = new HmmEstimator(series, terms);
        return IntStream.range(0, terms.starts())
                .mapToObj(start -> estimator.climb(estimator.begin(start, random)))
                .max(Comparator.comparingDouble(Fit::logLikelihood))
                .orElseThrow();
    }

    /// The least variance that a state is given in a dimension.
    static double floor(double[][] series, int dimension) {
        double mean = 0;
        for (double[] row : series) {
            mean += row[dimension] / series.length;
        }
        double square = 0;
        for (double[] row : series) {
            square += (row[dimension] - mean) * (row[dimension] - mean) / series.length;
        }
        return FLOOR * square;
    }

    /// Weights of the states to begin with: the first start cuts the observations by their distance from the
    /// mean, the second by their first dimension, the others at random.
    private double[][] begin(int start, RandomGenerator random) {
        int states = terms.states();
        double[] mean = new double[floor.length];
        moments(ones(series.length), mean);
        double[] key = new double[series.length];
        for (int t = 0; t < key.length; t++) {
            for (int d = 0; d < mean.length; d++) {
                double off = series[t][d] - mean[d];
                key[t] += start == 0 ? off * off / floor[d] : start == 1 && d == 0 ? off : random.nextGaussian();
            }
        }
        double[] sorted = key.clone();
        Arrays.sort(sorted);
        double[][] weights = new double[series.length][states];
        for (int t = 0; t < key.length; t++) {
            int at = Math.min(states - 1, (int) ((long) Math.abs(rank(sorted, key[t])) * states / key.length));
            for (int i = 0; i < states; i++) {
                weights[t][i] = i == at ? 0.9 + 0.1 / states : 0.1 / states;
            }
        }
        return weights;
    }

    private static int rank(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        return at >= 0 ? at : -at - 1;
    }

    private Fit climb(double[][] weights) {
        int states = terms.states();
        double[][] stay = new double[states][states];
        for (int i = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                stay[i][j] = states == 1 ? 1 : i == j ? 0.9 : 0.1 / (states - 1);
            }
        }
        GaussianHmm model = model(even(states), stay, weights);
        double before = Double.NEGATIVE_INFINITY;
        int step = 0;
        boolean settled = false;
        while (step < terms.mostSteps() && !settled) {
            HiddenChain.Smoothed smoothed =
                    HiddenChain.smooth(model.logStart(), model.logMove(), model.densities(series));
            settled = smoothed.logLikelihood() - before < terms.tolerance();
            before = smoothed.logLikelihood();
            if (!settled) {
                Moves next = Moves.best(smoothed.moves(), smoothed.state()[0], terms.stationary());
                model = model(next.start(), next.move(), smoothed.state());
            }
            step++;
        }
        return new Fit(sorted(model), model.logLikelihood(series), step, settled);
    }

    private GaussianHmm model(double[] start, double[][] move, double[][] weights) {
        int states = terms.states();
        double[][] means = new double[states][floor.length];
        double[][][] covariances = new double[states][][];
        double[] totals = new double[states];
        for (int i = 0; i < states; i++) {
            int at = i;
            double[] weight = Arrays.stream(weights).mapToDouble(row -> row[at]).toArray();
            totals[i] = Arrays.stream(weight).sum();
            covariances[i] = moments(weight, means[i]);
        }
        if (terms.shared()) {
            double[][] shared = new double[floor.length][floor.length];
            double all = Arrays.stream(totals).sum();
            for (int i = 0; i < states; i++) {
                for (int d = 0; d < floor.length; d++) {
                    for (int e = 0; e < floor.length; e++) {
                        shared[d][e] += totals[i] / all * covariances[i][d][e];
                    }
                }
            }
            Arrays.fill(covariances, shared);
        }
        for (double[][] covariance : covariances) {
            for (int d = 0; d < floor.length; d++) {
                covariance[d][d] = Math.max(covariance[d][d], floor[d]);
            }
        }
        return new GaussianHmm(
                GaussianHmm.list(start),
                GaussianHmm.rows(move),
                GaussianHmm.rows(means),
                Arrays.stream(covariances).map(GaussianHmm::rows).toList());
    }

    /// The weighted mean, written into `mean`, and the covariance around it.
    private double[][] moments(double[] weight, double[] mean) {
        double total = Math.max(LEAST_WEIGHT, Arrays.stream(weight).sum());
        for (int t = 0; t < series.length; t++) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += weight[t] / total * series[t][d];
            }
        }
        double[][] covariance = new double[mean.length][mean.length];
        for (int t = 0; t < series.length; t++) {
            for (int d = 0; d < mean.length; d++) {
                for (int e = 0; e <= d; e++) {
                    covariance[d][e] += weight[t] / total * (series[t][d] - mean[d]) * (series[t][e] - mean[e]);
                }
            }
        }
        for (int d = 0; d < mean.length; d++) {
            for (int e = 0; e < d; e++) {
                covariance[e][d] = covariance[d][e];
            }
        }
        return covariance;
    }

    private static GaussianHmm sorted(GaussianHmm model) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, model.states()).boxed().toList());
        order.sort(Comparator.comparingDouble((Integer i) -> risk(model, i))
                .thenComparingDouble(i -> model.means().get(i).getFirst()));
        return new GaussianHmm(
                order.stream().map(model.start()::get).toList(),
                order.stream()
                        .map(i -> order.stream().map(model.move().get(i)::get).toList())
                        .toList(),
                order.stream().map(model.means()::get).toList(),
                order.stream().map(model.covariances()::get).toList());
    }

    private static double risk(GaussianHmm model, int state) {
        double sum = 0;
        for (int d = 0; d < model.dimensions(); d++) {
            sum += model.covariances().get(state).get(d).get(d);
        }
        return sum / model.dimensions();
    }

    private static double[] ones(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] even(int states) {
        double[] even = new double[states];
        Arrays.fill(even, 1.0 / states);
        return even;
    }
}
