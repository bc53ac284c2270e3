package dev.tranche.market.simulation;

import java.util.random.RandomGenerator;

/// How long a message is under way. What comes later never overtakes what was sent before it on the same way:
/// it waits.
public sealed interface Latency {
    /// No time at all.
    Latency NONE = new Constant(0);

    /// One message's time.
    ///
    /// @return nanoseconds, at least 0
    long draw(RandomGenerator chance);

    /// Always the same.
    ///
    /// @param nanos 0..60 s
    record Constant(long nanos) implements Latency {
        public Constant {
            within("nanos", nanos);
        }

        @Override
        public long draw(RandomGenerator chance) {
            return nanos;
        }
    }

    /// Anywhere between two bounds, each as likely.
    ///
    /// @param least 0..most
    /// @param most nanoseconds, to 60 s
    record Uniform(long least, long most) implements Latency {
        public Uniform {
            within("most", most);
            if (least < 0 || least > most) {
                throw new IllegalArgumentException("least must be within 0.." + most + " ns: " + least);
            }
        }

        @Override
        public long draw(RandomGenerator chance) {
            return chance.nextLong(least, most + 1);
        }
    }

    /// A lognormal: most are near the median, some take very long.
    ///
    /// @param median nanoseconds, 1 ns..60 s
    /// @param sigma of the logarithm, 0..3
    record LogNormal(long median, double sigma) implements Latency {
        private static final double MOST_SIGMA = 3;

        public LogNormal {
            within("median", median);
            if (median == 0 || !(sigma >= 0 && sigma <= MOST_SIGMA)) {
                throw new IllegalArgumentException(
                        "median must be above 0 and sigma within 0..3: " + median + ", " + sigma);
            }
        }

        @Override
        public long draw(RandomGenerator chance) {
            return Math.min(MOST, Math.round(median * StrictMath.exp(sigma * chance.nextGaussian())));
        }
    }

    /// Longest that a message is under way, in nanoseconds.
    long MOST = 60_000_000_000L;

    private static void within(String name, long nanos) {
        if (nanos < 0 || nanos > MOST) {
            throw new IllegalArgumentException(name + " must be within 0.." + MOST + " ns: " + nanos);
        }
    }
}
