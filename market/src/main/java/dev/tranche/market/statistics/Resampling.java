package dev.tranche.market.statistics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A block bootstrap of a row of equal periods, told as *how often each period is drawn*. Every series on
/// the same periods is resampled by the same draws, so what moved together stays together, and a series
/// with few events costs as many steps as it has events. The draws are made anew from the seed each time:
/// nothing is stored, and threads may share one.
///
/// Stationary: D. N. Politis and J. P. Romano, JASA 89 (1994), blocks of geometric length; circular: the
/// same authors in Exploring the Limits of Bootstrap (1992), blocks of one length. In both the last period
/// is followed by the first.
public final class Resampling {
    private static final RandomGeneratorFactory<RandomGenerator> CHANCE = RandomGeneratorFactory.of("L64X128MixRandom");

    private final Blocks blocks;
    private final int periods;
    private final double block;
    private final int replicates;
    private final long seed;

    /// How long a block is.
    public enum Blocks {
        STATIONARY,
        CIRCULAR
    }

    /// Receives one replicate.
    @FunctionalInterface
    public interface Replicate {
        /// @param replicate from 0
        /// @param counts how often each period is drawn, their sum is the number of periods; overwritten by
        ///     the next
        void accept(int replicate, int[] counts);
    }

    private Resampling(Blocks blocks, int periods, double block, int replicates, long seed) {
        this.blocks = blocks;
        this.periods = periods;
        this.block = block;
        this.replicates = replicates;
        this.seed = seed;
    }

    /// @param periods at least 1
    /// @param meanBlock periods that follow each other in the mean, 1..periods
    /// @param replicates at least 1
    public static Resampling stationary(int periods, double meanBlock, int replicates, long seed) {
        checked(periods, meanBlock, replicates);
        return new Resampling(Blocks.STATIONARY, periods, meanBlock, replicates, seed);
    }

    /// @param periods at least 1
    /// @param block periods that follow each other, 1..periods
    /// @param replicates at least 1
    public static Resampling circular(int periods, int block, int replicates, long seed) {
        checked(periods, block, replicates);
        return new Resampling(Blocks.CIRCULAR, periods, block, replicates, seed);
    }

    private static void checked(int periods, double block, int replicates) {
        if (periods < 1 || replicates < 1) {
            throw new IllegalArgumentException(
                    "periods and replicates must be at least 1: " + periods + " and " + replicates);
        }
        if (!(block >= 1 && block <= periods)) {
            throw new IllegalArgumentException("a block must be within 1.." + periods + " periods: " + block);
        }
    }

    public int periods() {
        return periods;
    }

    public int replicates() {
        return replicates;
    }

    /// Periods that follow each other, in the mean.
    public double block() {
        return block;
    }

    public long seed() {
        return seed;
    }

    /// The same draws continued: more or fewer replicates from the same seed.
    public Resampling withReplicates(int other) {
        checked(periods, block, other);
        return new Resampling(blocks, periods, block, other, seed);
    }

    public void forEach(Replicate action) {
        RandomGenerator chance = CHANCE.create(seed);
        // One more than at the start of a block, one less after its end; sums over it are the counts.
        int[] steps = new int[periods + 1];
        int[] counts = new int[periods];
        for (int replicate = 0; replicate < replicates; replicate++) {
            draw(chance, steps);
            int depth = 0;
            for (int i = 0; i < periods; i++) {
                depth += steps[i];
                counts[i] = depth;
            }
            action.accept(replicate, counts);
        }
    }

    private void draw(RandomGenerator chance, int[] steps) {
        Arrays.fill(steps, 0);
        double logStay = Math.log1p(-1 / block);
        int drawn = 0;
        while (drawn < periods) {
            int start = chance.nextInt(periods);
            int length = Math.min(length(chance, logStay), periods - drawn);
            drawn += length;
            int end = start + length;
            steps[start]++;
            if (end <= periods) {
                steps[end]--;
            } else {
                steps[0]++;
                steps[end - periods]--;
            }
        }
    }

    /// Geometric from 1 with mean `block`, by inversion; or `block` itself.
    private int length(RandomGenerator chance, double logStay) {
        return switch (blocks) {
            case CIRCULAR -> (int) block;
            case STATIONARY -> {
                double length = 1 + Math.floor(Math.log1p(-chance.nextDouble()) / logStay);
                yield (int) Math.min(length, periods);
            }
        };
    }
}
