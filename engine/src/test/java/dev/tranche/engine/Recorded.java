package dev.tranche.engine;

import dev.tranche.engine.feed.Market;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Recorded streams and configurations to run an engine on.
final class Recorded {
    static final long START = 1_767_225_600_000L;
    static final String CALIBRATION = """
            calibration:
              name: btcusdt_divergence_v1.0
              made: %s
              valid: 90d
              detector: divergence-1
              symbols: [BTCUSDT]
              interval: 100ms
              source: FUSION
              parameters: {swing_L: 3, z_hi: 1.2, z_mid: 0.4, min_separation: 2, cooldown: 0, warmup: 5, max_lag: 1, weak_threshold: 0}
              contexts: []
              horizons:
                "10":
                  - {score_min: 0, score_max: 50, n: 40, win_rate: 0.5, win_rate_low: 0.35, win_rate_high: 0.65, expected_return: -0.0001}
                  - {score_min: 50, score_max: 100, n: 60, win_rate: 0.6, win_rate_low: 0.47, win_rate_high: 0.72, expected_return: 0.0002}
                "20": []
              acceptance: {met: false, points: [{name: "acc@10", required: ">= 55 %%", found: "52 %%", met: false}]}
              placebo: {within: true}
            """;

    private Recorded() {}

    /// A random walk of so many bars of 100 ms, with one snapshot near the beginning.
    static Path stream(Path folder, String symbol, long seed, int bars) throws IOException {
        Market market = Market.of(symbol, new Random(seed), START);
        List<String> lines = new ArrayList<>();
        for (int step = 0; step < bars * 5; step++) {
            for (String message : market.next(20)) {
                lines.add(market.millis() * 1_000_000L + " " + message);
            }
            if (step == 3) {
                lines.add(market.millis() * 1_000_000L + " " + market.snapshot());
            }
        }
        Path file = folder.resolve(symbol + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /// A configuration that plays `BTCUSDT.gz` and finds much.
    static String config(String pace, String more) {
        return """
                divergence:
                  bar: 100ms
                  port: 0
                  log.segment: 64KiB
                  parameters: {swing_L: 3, z_hi: 1.2, z_mid: 0.4, min_separation: 2, cooldown: 0, warmup: 5, max_lag: 1, weak_threshold: 0}
                  streams:
                    - {symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 3, file: BTCUSDT.gz, pace: %s}
                %s""".formatted(pace, more.indent(2));
    }
}
