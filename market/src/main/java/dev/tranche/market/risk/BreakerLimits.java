package dev.tranche.market.risk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// When the breaker trips and when it lets go. The names and defaults of seed 002.
///
/// @param dailyLossWarning CB_DAILY_LOSS_WARNING_PCT, a share
/// @param dailyLossLimit CB_DAILY_LOSS_LIMIT_PCT
/// @param drawdownWarning CB_DRAWDOWN_WARNING_PCT
/// @param drawdownLimit CB_MAX_DRAWDOWN_PCT
/// @param valueAtRisk95Limit CB_VAR_95_LIMIT_PCT, a warning
/// @param valueAtRisk99Limit CB_VAR_99_LIMIT_PCT, critical
/// @param concentrationWarning CB_CONCENTRATION_WARNING_PCT
/// @param concentrationLimit CB_POSITION_CONCENTRATION_LIMIT
/// @param cooldown CB_COOLDOWN_SECONDS: time without a violation before one step of recovery
/// @param patience how long one warning may stand before it counts like two
public record BreakerLimits(
        double dailyLossWarning,
        double dailyLossLimit,
        double drawdownWarning,
        double drawdownLimit,
        double valueAtRisk95Limit,
        double valueAtRisk99Limit,
        double concentrationWarning,
        double concentrationLimit,
        Duration cooldown,
        Duration patience) {
    public static final BreakerLimits SEED = new BreakerLimits(
            0.05, 0.10, 0.08, 0.15, 0.05, 0.10, 0.20, 0.30, Duration.ofSeconds(300), Duration.ofSeconds(60));

    public BreakerLimits {
        rising("dailyLoss", dailyLossWarning, dailyLossLimit);
        rising("drawdown", drawdownWarning, drawdownLimit);
        rising("valueAtRisk", valueAtRisk95Limit, valueAtRisk99Limit);
        rising("concentration", concentrationWarning, concentrationLimit);
        if (cooldown.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "cooldown and patience must be at least 0: " + cooldown + ", " + patience);
        }
    }

    /// One limit that is passed.
    ///
    /// @param metric its name
    /// @param critical false for a warning
    /// @param value as read; NaN when it could not be measured
    /// @param limit that it is at or beyond
    public record Violation(String metric, boolean critical, double value, double limit) {
        @Override
        public String toString() {
            return metric
                    + (critical ? " is critical: " : " warns: ")
                    + (Double.isNaN(value) ? "could not be measured" : value + " of " + limit);
        }
    }

    /// What a reading violates.
    public List<Violation> violations(RiskReading reading) {
        List<Violation> found = new ArrayList<>();
        add(found, "daily_loss", reading.dailyLoss(), dailyLossWarning, dailyLossLimit);
        add(found, "drawdown", reading.drawdown(), drawdownWarning, drawdownLimit);
        add(found, "var_95", reading.valueAtRisk95(), valueAtRisk95Limit, Double.POSITIVE_INFINITY);
        add(found, "var_99", reading.valueAtRisk99(), Double.POSITIVE_INFINITY, valueAtRisk99Limit);
        add(found, "concentration", reading.concentration(), concentrationWarning, concentrationLimit);
        return List.copyOf(found);
    }

    private static void add(List<Violation> found, String metric, double value, double warning, double limit) {
        if (Double.isNaN(value) || value >= limit) {
            found.add(new Violation(metric, true, value, limit));
        } else if (value >= warning) {
            found.add(new Violation(metric, false, value, warning));
        }
    }

    private static void rising(String name, double warning, double limit) {
        if (!(warning > 0 && warning <= limit && limit <= 1)) {
            throw new IllegalArgumentException(
                    name + " must have 0 < warning <= limit <= 1: " + warning + ", " + limit);
        }
    }
}
