package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Forecast;
import dev.tranche.engine.signal.Outlook;
import dev.tranche.market.divergence.ParameterBook;
import dev.tranche.market.divergence.Parameters;
import java.util.List;
import java.util.function.DoubleFunction;

/// A calibration as the detector uses it: the parameters it was measured with, and what it says about a score.
///
/// @param name the version's name
/// @param digest of its files, 64 hex digits
/// @param book the parameters in every context
/// @param horizons in bars, ascending
/// @param forecasts what is expected after a signal of a score, for the horizons that have seen such scores
public record CalibrationVersion(
        String name,
        String digest,
        ParameterBook book,
        List<Integer> horizons,
        DoubleFunction<List<Forecast>> forecasts) {
    /// None: the seed's parameters, and nothing to say about what follows.
    public static final CalibrationVersion NONE = new CalibrationVersion(
            "uncalibrated",
            "0".repeat(64),
            ParameterBook.of(Parameters.SEED),
            List.of(10, 20),
            _ -> List.of());

    public CalibrationVersion {
        horizons = List.copyOf(horizons);
    }

    /// What it says about a score.
    Outlook outlook(double score) {
        List<Forecast> found = forecasts.apply(score);
        if (name.equals(NONE.name())) {
            return new Outlook.Silent("no calibration is in force");
        }
        return found.isEmpty()
                ? new Outlook.Silent("the calibration has seen no such score: " + score)
                : new Outlook.Calibrated(found);
    }
}
