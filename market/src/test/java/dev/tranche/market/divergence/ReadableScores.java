package dev.tranche.market.divergence;

import java.util.ArrayList;
import java.util.List;

/// The oracles of the z-scores: from the whole past at once, by definition.
final class ReadableScores {
    private ReadableScores() {}

    /// Median and MAD of the last values before, sorted anew.
    static double robust(List<Double> past, int window, double value, double clip) {
        List<Double> last = past.subList(Math.max(0, past.size() - window), past.size());
        double median = median(last);
        List<Double> distances = last.stream().map(x -> Math.abs(x - median)).toList();
        double scale = 1.4826 * median(distances);
        if (scale == 0) {
            double sum = distances.stream().mapToDouble(Double::doubleValue).sum();
            scale = 1.2533141373155 * (sum / last.size());
        }
        if (scale == 0) {
            return value == median ? 0 : Math.signum(value - median) * clip;
        }
        return Math.max(-clip, Math.min(clip, (value - median) / scale));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }

    /// Every score of a list: weights, mean and variance of all values before, each time anew.
    static List<Double> weighted(List<Double> values, double halfLife, int warmup, double clip) {
        double alpha = 1 - Math.pow(2, -1 / halfLife);
        List<Double> entered = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (double value : values) {
            double entering = value;
            double score = Double.NaN;
            if (entered.size() >= warmup) {
                double mean = mean(entered, alpha);
                double deviation = Math.sqrt(variance(entered, alpha, mean));
                if (deviation == 0) {
                    score = value == mean ? 0 : Math.signum(value - mean) * clip;
                } else {
                    score = Math.max(-clip, Math.min(clip, (value - mean) / deviation));
                    entering = Math.max(mean - clip * deviation, Math.min(mean + clip * deviation, value));
                }
            }
            scores.add(score);
            entered.add(entering);
        }
        return scores;
    }

    private static double mean(List<Double> values, double alpha) {
        double sum = 0;
        double[] weights = weights(values.size(), alpha);
        for (int i = 0; i < values.size(); i++) {
            sum += weights[i] * values.get(i);
        }
        return sum;
    }

    private static double variance(List<Double> values, double alpha, double mean) {
        double sum = 0;
        double[] weights = weights(values.size(), alpha);
        for (int i = 0; i < values.size(); i++) {
            sum += weights[i] * (values.get(i) - mean) * (values.get(i) - mean);
        }
        return sum;
    }

    /// The newest value has weight alpha (or 1/n while that is more), the ones before share the rest as they
    /// did.
    private static double[] weights(int n, double alpha) {
        double[] weights = new double[n];
        double rest = 1;
        for (int i = n - 1; i >= 0; i--) {
            double own = Math.max(alpha, 1.0 / (i + 1));
            weights[i] = rest * own;
            rest *= 1 - own;
        }
        return weights;
    }
}
