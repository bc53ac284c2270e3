package dev.tranche.inference;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Runs a law over seeded random inputs. A failure names its seed; `-Dtranche.seed=SEED` replays that one
/// trial.
public final class Trials {
    private static final String PROPERTY = "tranche.seed";

    private Trials() {}

    /// Runs `law` for seeds 1..`count`, or for the one seed of the property.
    public static void of(int count, Consumer<RandomGenerator> law) {
        String only = System.getProperty(PROPERTY, "");
        long first = only.isEmpty() ? 1 : Long.parseLong(only);
        long last = only.isEmpty() ? count : first;
        for (long seed = first; seed <= last; seed++) {
            try {
                law.accept(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + " (replay with -D" + PROPERTY + "=" + seed + ")", failure);
            }
        }
    }
}
