package dev.tranche.market.regime;

import java.util.Arrays;
import java.util.List;

/// A hidden Markov model whose states make normal observations. States are in the order of their risk: the
/// mean of the diagonal of the covariance rises, and with equal covariances the first mean. Immutable.
///
/// @param start probability of each state before the first observation
/// @param move probability of moving from a state (row) to another
/// @param means of each state, one number a dimension
/// @param covariances of each state
public record GaussianHmm(
        List<Double> start, List<List<Double>> move, List<List<Double>> means, List<List<List<Double>>> covariances) {
    private static final double ROUNDING = 1e-9;

    public GaussianHmm {
        start = List.copyOf(start);
        move = move.stream().map(List::copyOf).toList();
        means = means.stream().map(List::copyOf).toList();
        covariances = covariances.stream()
                .map(each -> each.stream().map(List::copyOf).toList())
                .toList();
        int states = start.size();
        if (states == 0 || move.size() != states || means.size() != states || covariances.size() != states) {
            throw new IllegalArgumentException("a model needs as many rows of each kind as states: " + states + ", "
                    + move.size() + ", " + means.size() + ", " + covariances.size());
        }
        probabilities("start", start, states);
        move.forEach(row -> probabilities("move", row, states));
        for (int i = 0; i < states; i++) {
            // Says what is wrong with a covariance.
            Normals.of(numbers(means.get(i)), matrix(covariances.get(i)));
        }
    }

    /// Number of states.
    public int states() {
        return start.size();
    }

    /// Number of dimensions of an observation.
    public int dimensions() {
        return means.getFirst().size();
    }

    /// The log-likelihood of a series, one observation a row.
    public double logLikelihood(double[][] series) {
        return HiddenChain.filter(logStart(), logMove(), densities(series), new double[series.length][]);
    }

    /// Probability of each state at each time by what was seen up to then: what a live regime may use.
    public double[][] filtered(double[][] series) {
        double[][] out = new double[series.length][];
        HiddenChain.filter(logStart(), logMove(), densities(series), out);
        return Arrays.stream(out)
                .map(row -> Arrays.stream(row).map(Math::exp).toArray())
                .toArray(double[][]::new);
    }

    /// Probability of each state at each time by the whole series: for looking back, never for acting, since
    /// it knows what came after.
    public double[][] smoothed(double[][] series) {
        return HiddenChain.smooth(logStart(), logMove(), densities(series)).state();
    }

    double[] logStart() {
        return Arrays.stream(numbers(start)).map(Math::log).toArray();
    }

    double[][] logMove() {
        return move.stream()
                .map(row -> Arrays.stream(numbers(row)).map(Math::log).toArray())
                .toArray(double[][]::new);
    }

    Normals[] normals() {
        Normals[] normals = new Normals[states()];
        for (int i = 0; i < normals.length; i++) {
            normals[i] = Normals.of(numbers(means.get(i)), matrix(covariances.get(i)));
        }
        return normals;
    }

    double[][] densities(double[][] series) {
        Normals[] normals = normals();
        double[][] seen = new double[series.length][states()];
        for (int t = 0; t < series.length; t++) {
            for (int i = 0; i < normals.length; i++) {
                seen[t][i] = normals[i].logDensity(series[t]);
            }
        }
        return seen;
    }

    private static void probabilities(String name, List<Double> row, int states) {
        double sum = 0;
        for (double each : row) {
            if (!(each >= 0 && each <= 1)) {
                throw new IllegalArgumentException(name + " must be probabilities within 0..1: " + row);
            }
            sum += each;
        }
        if (row.size() != states || Math.abs(sum - 1) > ROUNDING) {
            throw new IllegalArgumentException(name + " must be " + states + " probabilities that sum to 1: " + row);
        }
    }

    static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(each -> each).toArray();
    }

    static double[][] matrix(List<List<Double>> rows) {
        return rows.stream().map(GaussianHmm::numbers).toArray(double[][]::new);
    }

    static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    static List<List<Double>> rows(double[][] values) {
        return Arrays.stream(values).map(GaussianHmm::list).toList();
    }
}
