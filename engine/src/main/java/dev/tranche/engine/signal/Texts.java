package dev.tranche.engine.signal;

import dev.tranche.market.divergence.Pivot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Signals and outcomes as JSON: one line, the same in the record log, on the stream and in the log for
/// people.
public final class Texts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Texts() {}

    /// A signal as JSON.
    public static String of(Signal signal) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", "signal");
        tree.put("symbol", signal.symbol());
        tree.put("source", signal.event().source().name());
        tree.put("kind", signal.event().kind().name().toLowerCase(Locale.ROOT));
        tree.put("side", signal.event().kind().side());
        tree.put("pivotTime", instant(signal.event().pivotMillis()));
        tree.put("confirmedTime", instant(signal.event().confirmedMillis()));
        tree.put("price", signal.price());
        tree.put("score", rounded(signal.event().score().points()));
        switch (signal.outlook()) {
            case Outlook.Calibrated(List<Forecast> forecasts) -> tree.put("forecasts", forecasts(forecasts));
            case Outlook.Silent(String reason) -> tree.put("not_calibrated", reason);
        }
        tree.put("version", signal.version());
        tree.put("mode", signal.mode().word());
        tree.put("execution", false);
        tree.put("parameters", signal.parameters());
        tree.put("session", signal.session().name().toLowerCase(Locale.ROOT));
        tree.put(
                "liquidity",
                signal.liquidity()
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .orElse("unknown"));
        tree.put("first", pivot(signal.event().first()));
        tree.put("second", pivot(signal.event().second()));
        tree.put("why", signal.event().why());
        return JSON.writeValueAsString(tree);
    }

    /// An outcome as JSON.
    public static String of(Outcome outcome) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", "outcome");
        tree.put("signal", outcome.signal());
        tree.put("symbol", outcome.of().symbol());
        tree.put("source", outcome.of().event().source().name());
        tree.put("horizon_bars", outcome.horizonBars());
        tree.put("closedTime", instant(outcome.closedMillis()));
        tree.put("forward_return", outcome.forwardReturn());
        tree.put("hit", outcome.hit());
        return JSON.writeValueAsString(tree);
    }

    /// Any tree as JSON.
    public static String of(Map<String, Object> tree) {
        return JSON.writeValueAsString(tree);
    }

    private static List<Map<String, Object>> forecasts(List<Forecast> forecasts) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Forecast forecast : forecasts) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("horizon_bars", forecast.horizonBars());
            tree.put("win_rate", rounded(forecast.winRate()));
            tree.put("win_rate_low", rounded(forecast.winRateLow()));
            tree.put("win_rate_high", rounded(forecast.winRateHigh()));
            tree.put("expected_return", forecast.expectedReturn());
            tree.put("n", forecast.n());
            list.add(tree);
        }
        return list;
    }

    private static Map<String, Object> pivot(Pivot pivot) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("time", instant(pivot.millis()));
        tree.put("price", pivot.price());
        if (!Double.isNaN(pivot.flow())) {
            tree.put("flow", rounded(pivot.flow()));
        }
        return tree;
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /// Four decimals: the fifth says nothing about a score or a share of a few hundred.
    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
