package dev.tranche.bench.inference;

import java.util.SplittableRandom;

/// Synthetic applications for credit: 20 features of the kinds such tables have (amounts, counts, ages,
/// shares, ratios, three category codes), up to 25 % of a feature missing, and whether the loan went bad.
/// Rows of a seed are always the same.
final class CreditTable {
    static final int FEATURES = 20;
    /// The last three features hold category codes: 5, 12 and 40 of them.
    static final String CATEGORICAL = "17,18,19";

    private static final int[] CODES = {5, 12, 40};
    private static final int FIRST_CODE = FEATURES - CODES.length;

    private CreditTable() {}

    /// Rows one after the other; NaN is missing.
    static float[] rows(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] rows = new float[count * FEATURES];
        for (int i = 0; i < rows.length; i++) {
            int feature = i % FEATURES;
            double value = value(feature, random);
            int twentieths = feature / 3;
            boolean missing = feature % 3 == 0 && random.nextDouble() < 0.05 * twentieths;
            rows[i] = missing ? Float.NaN : (float) value;
        }
        return rows;
    }

    private static double value(int feature, SplittableRandom random) {
        double normal = random.nextGaussian();
        if (feature >= FIRST_CODE) {
            return random.nextInt(CODES[feature - FIRST_CODE]);
        }
        return switch (feature % 5) {
            case 0 -> normal; // a ratio
            case 1 -> Math.exp(8 + normal); // an amount
            case 2 -> Math.floor(Math.exp(1 + 0.8 * normal)); // a count
            case 3 -> Math.floor(18 + 57 * random.nextDouble()); // an age
            default -> Math.round(random.nextDouble() * 10_000) / 10_000.0; // a share
        };
    }

    /// 1 for a loan that went bad, else 0.
    static float[] labels(float[] rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] labels = new float[rows.length / FEATURES];
        for (int row = 0; row < labels.length; row++) {
            double risk = -1.5;
            for (int feature = 0; feature < FEATURES; feature++) {
                double signal = signal(feature, rows[row * FEATURES + feature]);
                risk += feature % 2 == 0 ? 0.35 * signal : -0.2 * signal * Math.abs(signal);
            }
            labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-risk)) ? 1 : 0;
        }
        return labels;
    }

    private static double signal(int feature, double value) {
        if (Double.isNaN(value)) {
            return 0.4;
        }
        if (feature >= FIRST_CODE) {
            return (((int) value) * 7 % 5 - 2) * 0.4;
        }
        return switch (feature % 5) {
            case 0 -> value;
            case 1 -> Math.log(value) - 8;
            case 2 -> Math.log(value + 1) - 1;
            case 3 -> (value - 46) / 20;
            default -> 2 * value - 1;
        };
    }
}
