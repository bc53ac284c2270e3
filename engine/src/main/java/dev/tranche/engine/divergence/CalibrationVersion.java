package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Forecast;
import dev.tranche.engine.signal.Outlook;
import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Kind;
import dev.tranche.market.divergence.ParameterBook;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.study.Fitness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A calibration as the detector uses it: the parameters it was measured with, and what it says about a
/// score. Immutable.
///
/// @param name the version's name
/// @param digest SHA-256 of its `calibration.yaml`, 64 hex digits
/// @param book the parameters in every context
/// @param terms what it was made with; empty for none at all
/// @param source whose signals it speaks of; empty: of all
/// @param bar length of a bar it was made of; empty when it does not say
/// @param horizons what it says, by horizon
/// @param accepted whether its acceptance was met
public record CalibrationVersion(
        String name,
        String digest,
        ParameterBook book,
        Optional<Fitness.Terms> terms,
        Optional<Source> source,
        Optional<Duration> bar,
        List<Horizon> horizons,
        Accepted accepted) {
    /// The version of the detector that runs here.
    public static final String DETECTOR = "divergence-1";

    /// None: the seed's parameters and horizons, and nothing to say about what follows.
    public static final CalibrationVersion NONE = new CalibrationVersion(
            "uncalibrated",
            "0".repeat(64),
            ParameterBook.of(Parameters.SEED),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(new Horizon(10, List.of()), new Horizon(20, List.of())),
            new Accepted(false, "there is none"));

    /// What is said for one horizon.
    ///
    /// @param bars length
    /// @param ranges ascending; none when there were too few events
    public record Horizon(int bars, List<Range> ranges) {
        public Horizon {
            ranges = List.copyOf(ranges);
        }
    }

    /// Scores of one range, both ends in it.
    public record Range(double min, double max, Forecast forecast) {}

    /// Whether the acceptance of seed 003 was met, and what was found, for people.
    public record Accepted(boolean met, String found) {}

    public CalibrationVersion {
        horizons = List.copyOf(horizons);
    }

    /// Horizons in bars.
    public List<Integer> bars() {
        return horizons.stream().map(Horizon::bars).toList();
    }

    /// Whether it may be put in force for a symbol, apart from its parameters, which come with it.
    public Fitness fitness(Instant now, String symbol, Duration running) {
        if (bar.isPresent() && !bar.get().equals(running)) {
            return new Fitness.Incompatible("interval", bar.get().toString(), running.toString());
        }
        return terms.map(made -> made.at(now, DETECTOR, made.parameters(), symbol))
                .orElseGet(Fitness.Fit::new);
    }

    /// What it says about an event found with the parameters in force.
    ///
    /// @param meant what this calibration was measured with in the event's context
    Outlook outlook(Instant now, String symbol, DivergenceEvent event, Parameters inForce, Parameters meant) {
        if (terms.isEmpty()) {
            return new Outlook.Silent("no calibration is in force");
        }
        if (event.kind() == Kind.CONFLICT) {
            return new Outlook.Silent("a conflict says nothing of the direction");
        }
        if (source.isPresent() && source.get() != event.source()) {
            return new Outlook.Silent("the calibration is of " + source.get() + " alone");
        }
        Fitness.Terms made = terms.get();
        Parameters running = inForce.equals(meant) ? made.parameters() : inForce;
        return switch (made.at(now, DETECTOR, running, symbol)) {
            case Fitness.Fit _ -> said(event.score().points());
            case Fitness.Stale stale -> new Outlook.Silent(stale.toString());
            case Fitness.Early early -> new Outlook.Silent(early.toString());
            case Fitness.Incompatible other -> new Outlook.Silent(other.toString());
        };
    }

    private Outlook said(double score) {
        List<Forecast> forecasts = new ArrayList<>();
        for (Horizon horizon : horizons) {
            nearest(horizon.ranges(), score).ifPresent(range -> forecasts.add(range.forecast()));
        }
        return forecasts.isEmpty()
                ? new Outlook.Silent("the calibration had too few events at every horizon")
                : new Outlook.Calibrated(forecasts);
    }

    /// The range of a score; beyond the ends the outermost, between two the lower (isotonic regression
    /// steps up at the first score of a range).
    private static Optional<Range> nearest(List<Range> ranges, double score) {
        Optional<Range> found = ranges.stream().findFirst();
        for (Range range : ranges) {
            if (score >= range.min()) {
                found = Optional.of(range);
            }
        }
        return found;
    }
}
