package dev.tranche.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Calibration folders as a study writes them.
final class Calibrations {
    private Calibrations() {}

    /// A folder whose acceptance is met.
    static Map<String, byte[]> good(String name, Instant made) {
        return folder(yaml(name, made));
    }

    static Map<String, byte[]> folder(String yaml) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("calibration.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        files.put("study.json", "{\"cells\": []}".getBytes(StandardCharsets.UTF_8));
        files.put("report.html", "<title>study</title>".getBytes(StandardCharsets.UTF_8));
        return files;
    }

    static String yaml(String name, Instant made) {
        return """
                calibration:
                  name: %s
                  made: %s
                  valid: 90d
                  detector: divergence-1
                  symbols: [BTCUSDT, ETHUSDT]
                  interval: 1m
                  source: FUSION
                  parameters: {swing_L: 13, z_hi: 2.0, z_mid: 0.8, min_separation: 6, cooldown: 1, warmup: 100, max_lag: 0.3}
                  contexts: []
                  horizons:
                    "10":
                    - {score_min: 35.0, score_max: 60.0, n: 400, win_rate: 0.56, win_rate_low: 0.51, win_rate_high: 0.61, expected_return: 0.0002}
                    - {score_min: 60.5, score_max: 90.0, n: 300, win_rate: 0.61, win_rate_low: 0.55, win_rate_high: 0.66, expected_return: 0.0006}
                    "20":
                    - {score_min: 35.0, score_max: 90.0, n: 700, win_rate: 0.58, win_rate_low: 0.54, win_rate_high: 0.62, expected_return: 0.0004}
                  monotonic: {"10": true, "20": true}
                  spearman: {"10": {rho: 0.11, p: 0.004, n: 700}, "20": {rho: 0.09, p: 0.02, n: 700}}
                  acceptance:
                    met: true
                    trials: 324
                    points:
                    - {name: acc@10, required: ">= 55 %%", found: "58.1 %%", met: true}
                    - {name: acc@10 p, required: "p x trials < 0.05", found: "0.0001", met: true}
                    - {name: spearman@10, required: "rho > 0, p < 0.05", found: "rho 0.110, p 0.0040", met: true}
                    - {name: acc@20, required: ">= 55 %%", found: "58.0 %%", met: true}
                    - {name: acc@20 p, required: "p x trials < 0.05", found: "0.0002", met: true}
                    - {name: spearman@20, required: "rho > 0, p < 0.05", found: "rho 0.090, p 0.0200", met: true}
                  placebo: {within: true, cells: 24, band: 0.999, seed: 1}
                  trials: 324
                  data: []
                """.formatted(name, made);
    }

    /// The same, and what the study found is what noise gives.
    static Map<String, byte[]> notMet(String name, Instant made) {
        return folder(yaml(name, made)
                .replace("met: true\n    trials", "met: false\n    trials")
                .replace("\"58.1 %\", met: true", "\"50.8 %\", met: false")
                .replace("found: \"0.0001\", met: true", "found: \"0.31 x 324 trials = 1.0000\", met: false"));
    }
}
