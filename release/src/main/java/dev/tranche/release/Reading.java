package dev.tranche.release;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/// What was measured, with its size, so that the judge can tell "good" from "too few to say".
/// Counts are 0 or more; numbers are finite.
public sealed interface Reading {
    /// A measurement older than this is as good as none: sources are merged every second (DESIGN §5), so half
    /// a minute of silence means that measuring stopped.
    Duration STALE = Duration.ofSeconds(30);

    /// `hits` of `of`; for an approval rate, approvals of decisions.
    record Proportion(long hits, long of, Instant asOf) implements Reading {
        public Proportion {
            if (hits < 0 || of < hits) {
                throw new IllegalArgumentException("proportion must have 0 <= hits <= of: " + hits + " of " + of);
            }
        }
    }

    /// Mean and (unbiased) variance of `n` values.
    record Sample(long n, double mean, double variance, Instant asOf) implements Reading {
        public Sample {
            if (n < 0 || !Double.isFinite(mean) || !Double.isFinite(variance) || variance < 0) {
                throw new IllegalArgumentException("sample must have n >= 0, a finite mean and variance >= 0: n " + n
                        + ", mean " + mean + ", variance " + variance);
            }
        }
    }

    /// An estimated quantile of `n` values; the value of an empty sample is ignored.
    record Quantile(double value, long n, Instant asOf) implements Reading {
        public Quantile {
            if (n < 0 || (n > 0 && !Double.isFinite(value))) {
                throw new IllegalArgumentException("quantile must be finite with n >= 0: " + value + " of " + n);
            }
        }
    }

    /// A level that stands until it changes.
    record Gauge(double value, Instant asOf) implements Reading {
        public Gauge {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("gauge must be finite: " + value);
            }
        }
    }

    /// A named state.
    record State(String name, Instant asOf) implements Reading {}

    /// A number of things.
    record Count(long n, Instant asOf) implements Reading {
        public Count {
            if (n < 0) {
                throw new IllegalArgumentException("count must be 0 or more: " + n);
            }
        }
    }

    /// Outcomes against scores: `observed` bad ones among `of` known outcomes, where the scores promised
    /// `expected` (the sum of the probabilities given to those `of`).
    record Calibration(long observed, double expected, long of, Instant asOf) implements Reading {
        public Calibration {
            if (observed < 0 || of < observed || !Double.isFinite(expected) || expected < 0) {
                throw new IllegalArgumentException("calibration must have 0 <= observed <= of and expected >= 0: "
                        + observed + ", " + of + ", " + expected);
            }
        }
    }

    /// It could not be measured, and why.
    record Unavailable(String reason) implements Reading {}

    /// The number it comes down to; empty when nothing was measured or it is not a number.
    default OptionalDouble level() {
        return switch (this) {
            case Proportion p -> p.of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) p.hits / p.of);
            case Sample s -> s.n == 0 ? OptionalDouble.empty() : OptionalDouble.of(s.mean);
            case Quantile q -> q.n == 0 ? OptionalDouble.empty() : OptionalDouble.of(q.value);
            case Gauge gauge -> OptionalDouble.of(gauge.value);
            case Count count -> OptionalDouble.of((double) count.n);
            case Calibration c -> c.expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(c.observed / c.expected);
            case State _, Unavailable _ -> OptionalDouble.empty();
        };
    }

    /// How old it is at `now`; never negative. Something unavailable has no age and counts as fresh.
    default Duration age(Instant now) {
        Instant asOf = switch (this) {
            case Proportion p -> p.asOf;
            case Sample s -> s.asOf;
            case Quantile q -> q.asOf;
            case Gauge g -> g.asOf;
            case State s -> s.asOf;
            case Count c -> c.asOf;
            case Calibration c -> c.asOf;
            case Unavailable _ -> now;
        };
        return asOf.isAfter(now) ? Duration.ZERO : Duration.between(asOf, now);
    }

    /// This reading, or [Unavailable] when it is older than [#STALE].
    default Reading fresh(Instant now) {
        Duration age = age(now);
        return age.compareTo(STALE) > 0 ? new Unavailable("last measured " + DurationText.print(age) + " ago") : this;
    }
}
