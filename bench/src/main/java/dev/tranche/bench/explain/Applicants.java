package dev.tranche.bench.explain;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A seeded table as credit models meet it: correlated numbers, some missing, one column of categories, and a
/// label that depends on several of them at once.
final class Applicants {
    /// Columns; the last holds category codes.
    static final int FEATURES = 20;

    private static final int CODES = 12;
    private static final double MISSING = 0.05;

    private final double[][] rows;
    private final float[] labels;

    private Applicants(double[][] rows, float[] labels) {
        this.rows = rows;
        this.labels = labels;
    }

    /// So many applicants, the same each time.
    static Applicants of(int count) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261120);
        double[][] rows = new double[count][FEATURES];
        float[] labels = new float[count];
        for (int i = 0; i < count; i++) {
            double common = random.nextGaussian();
            double badness = 0;
            for (int j = 0; j < FEATURES; j++) {
                boolean category = j == FEATURES - 1;
                double value = category ? random.nextInt(CODES) : (float) (random.nextGaussian() + common / 2);
                badness += category ? (value % 3 == 1 ? 1 : 0) : (j % 5 - 2) * value / 2;
                badness += j > 0 && !category && rows[i][j - 1] * value > 1 ? 0.7 : 0;
                rows[i][j] = random.nextDouble() < MISSING ? Double.NaN : value;
            }
            labels[i] = badness + 2 * random.nextGaussian() > 0.5 ? 1 : 0;
        }
        return new Applicants(rows, labels);
    }

    int size() {
        return rows.length;
    }

    /// A row; not to be written to.
    double[] row(int i) {
        return rows[i];
    }

    float[] labels() {
        return labels.clone();
    }

    /// The first rows, one behind the other.
    double[] flat(int count) {
        double[] flat = new double[count * FEATURES];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows[i], 0, flat, i * FEATURES, FEATURES);
        }
        return flat;
    }

    /// The first rows in float.
    float[] floats(int count) {
        float[] flat = new float[count * FEATURES];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) rows[i / FEATURES][i % FEATURES];
        }
        return flat;
    }
}
