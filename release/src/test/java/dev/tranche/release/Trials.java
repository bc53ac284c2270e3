package dev.tranche.release;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Runs a law over many seeded random inputs. A failure names its seed; `-Dtranche.seed=N` replays only that
/// one.
public final class Trials {
    private static final RandomGeneratorFactory<RandomGenerator> CHANCE = RandomGeneratorFactory.of("L64X128MixRandom");

    private Trials() {}

    public static void of(int count, Consumer<RandomGenerator> law) {
        Long only = Long.getLong("tranche.seed");
        if (only != null) {
            law.accept(CHANCE.create(only));
            return;
        }
        for (long seed = 1; seed <= count; seed++) {
            try {
                law.accept(CHANCE.create(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + " (replay with -Dtranche.seed=" + seed + "): " + e.getMessage(), e);
            }
        }
    }

    public static RandomGenerator chance(long seed) {
        return CHANCE.create(seed);
    }
}
