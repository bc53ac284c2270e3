package dev.tranche.engine.signal;

import java.util.List;

/// What a calibration has to say about a signal.
public sealed interface Outlook {
    /// It says something for at least one horizon.
    record Calibrated(List<Forecast> forecasts) implements Outlook {
        public Calibrated {
            forecasts = List.copyOf(forecasts);
        }
    }

    /// It has nothing to say, and why: other parameters than it was measured with, a score nobody saw, a
    /// conflict.
    record Silent(String reason) implements Outlook {}
}
