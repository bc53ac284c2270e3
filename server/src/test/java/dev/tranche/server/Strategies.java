package dev.tranche.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Strategy folders of a desk.
final class Strategies {
    private Strategies() {}

    static Map<String, byte[]> folder(String yaml) {
        return Map.of("strategy.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    static String yaml(String name) {
        return """
                strategy:
                  name: %s
                  quotes:
                    - {venue: binance, symbol: BTCUSDT}
                    - {venue: binance, symbol: ETHUSDT}
                  fair: mid
                  quoting: {model: glft, gamma: 0.1, arrival_a: 1.2, arrival_k: 0.5, horizon: 300s, size: 0.01, refresh: 50ms}
                  spread: {source: model, product: btc_spread, low_bps: 1, high_bps: 100, late: 1ms}
                  regime: {low: 0.8, medium: 1.0, high: 1.5}
                  hedge: {with: [{venue: binance, symbol: ETHUSDT}], band: 0.05, urgent: 0.15, most_share: 0.5, every: 30m}
                  limits: {quantity: 0.05, notional: 5000, position: 0.2, open: 20000, collar_bps: 200, orders_a_second: 50, delta: 1}
                breaker: {daily_loss_warning: 0.03, daily_loss_limit: 0.05}
                """.formatted(name);
    }
}
