package dev.tranche.market.study;

import dev.tranche.market.divergence.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// Whether a calibration may be used: what it was made with must be what runs, and it must not be too old.
/// A refusal says what differs.
public sealed interface Fitness {
    /// It may be used.
    record Fit() implements Fitness {}

    /// It was good until `made + valid`.
    record Stale(Instant made, Duration valid, Instant now) implements Fitness {
        @Override
        public String toString() {
            return "calibration made at " + made + " is valid for " + valid + ", until " + made.plus(valid)
                    + ": now is " + now;
        }
    }

    /// Its time lies ahead: a clock is wrong.
    record Early(Instant made, Instant now) implements Fitness {
        @Override
        public String toString() {
            return "calibration must be made before now, " + now + ": " + made;
        }
    }

    /// @param what differs: `detector`, the name of a parameter, or `symbol`
    /// @param calibrated the value it was made with
    /// @param running the value here
    record Incompatible(String what, String calibrated, String running) implements Fitness {
        @Override
        public String toString() {
            return "calibration was made with " + what + " " + calibrated + ": running " + running;
        }
    }

    /// What a calibration was made with.
    ///
    /// @param detector version of the detector, such as `divergence-1`
    /// @param symbols whose bars it was made of
    /// @param made when
    /// @param valid for how long, above zero
    record Terms(String detector, Parameters parameters, Set<String> symbols, Instant made, Duration valid) {
        public Terms {
            symbols = Set.copyOf(symbols);
            if (!valid.isPositive()) {
                throw new IllegalArgumentException("valid must be above zero: " + valid);
            }
        }

        /// Whether it may be used here and now.
        ///
        /// @param runningDetector version of the detector that runs
        /// @param running its parameters
        /// @param symbol that it watches
        public Fitness at(Instant now, String runningDetector, Parameters running, String symbol) {
            if (!detector.equals(runningDetector)) {
                return new Incompatible("detector", detector, runningDetector);
            }
            if (!symbols.contains(symbol)) {
                return new Incompatible(
                        "symbols", symbols.stream().sorted().toList().toString(), symbol);
            }
            for (String name : parameters.values().keySet()) {
                Double here = running.values().get(name);
                Double calibrated = parameters.values().get(name);
                if (!calibrated.equals(here)) {
                    return new Incompatible(name, calibrated.toString(), String.valueOf(here));
                }
            }
            if (now.isBefore(made)) {
                return new Early(made, now);
            }
            return now.isAfter(made.plus(valid)) ? new Stale(made, valid, now) : new Fit();
        }
    }
}
