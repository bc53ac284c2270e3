package dev.tranche.engine.trading.store;

/// The statements that fill the tables. Each may be said twice and does what it does once.
final class TradingSql {
    /// A trade; and, when it is new and of a hedge, what it did to the hedge that asked for it.
    static final String TRADE = """
            WITH new AS (
                INSERT INTO trades (trade_id, event_id, desk, run, "timestamp", venue, instrument, venue_trade_id,
                    order_id, side, quantity, price, notional, fee, fee_currency, strategy, is_hedge, is_maker, metadata)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                ON CONFLICT DO NOTHING
                RETURNING desk, run, strategy, venue, instrument, "timestamp"
            ), filled AS (
                SELECT ?::boolean AS hedge, ?::numeric AS size, ?::numeric AS value, ?::timestamptz AS at
            )
            UPDATE hedge_activity AS h
            SET executed = true,
                executed_size = h.executed_size + filled.size,
                executed_value = h.executed_value + filled.value,
                hedge_price = (h.executed_value + filled.value) / (h.executed_size + filled.size),
                execution_time_ms = COALESCE(h.execution_time_ms,
                    EXTRACT(epoch FROM filled.at - h."timestamp") * 1000)
            FROM filled, new
            WHERE filled.hedge AND h.event_id = (
                SELECT event_id FROM hedge_activity AS asked
                WHERE asked.desk = new.desk AND asked.run = new.run AND asked.strategy = new.strategy
                    AND asked.venue = new.venue AND asked.instrument = new.instrument
                    AND asked."timestamp" <= new."timestamp"
                ORDER BY asked."timestamp" DESC LIMIT 1)
            """;

    static final String CORRECTION = """
            INSERT INTO trade_corrections (event_id, trade_id, "timestamp", quantity, price, notional, fee)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    /// Makes a trade what its last correction says.
    static final String CORRECT = """
            UPDATE trades SET quantity = c.quantity, price = c.price, notional = c.notional, fee = c.fee,
                corrected_at = c."timestamp"
            FROM (SELECT * FROM trade_corrections WHERE trade_id = ? ORDER BY "timestamp" DESC LIMIT 1) AS c
            WHERE trades.trade_id = c.trade_id
            """;

    static final String SNAPSHOT = """
            INSERT INTO portfolio_snapshots (event_id, desk, run, "timestamp", total_value, capital, cash, delta, gamma,
                vega, theta, positions, greeks, pnl_24h, pnl_total, realised, unrealised, fees, funding, spread, adverse,
                inventory, hedge, drawdown, breaker_state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """;

    static final String METRIC = """
            INSERT INTO performance_metrics (event_id, desk, run, "timestamp", metric, value)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    static final String EVENT = """
            INSERT INTO risk_events (event_id, desk, run, "timestamp", event_type, severity, old_state, new_state,
                message, metrics)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING
            """;

    static final String BREAKER = """
            INSERT INTO circuit_breaker_history (event_id, desk, run, "timestamp", trigger_type, old_state, new_state,
                trigger_value, threshold, portfolio_value, reason, duration_seconds)
            SELECT v.*, EXTRACT(epoch FROM v.at - (
                SELECT max("timestamp") FROM circuit_breaker_history AS before
                WHERE before.desk = v.desk AND before.run = v.run AND before."timestamp" < v.at))
            FROM (VALUES (?, ?, ?::bigint, ?::timestamptz, ?, ?, ?, ?::double precision, ?::double precision,
                ?::double precision, ?)) AS v (event, desk, run, at, type, old, new, value, threshold, worth, reason)
            ON CONFLICT DO NOTHING
            """;

    static final String REGIME = """
            INSERT INTO regime_history (event_id, desk, run, "timestamp", strategy, instrument, old_regime, new_regime,
                probability)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    static final String HEDGE = """
            INSERT INTO hedge_activity (event_id, desk, run, "timestamp", strategy, venue, instrument, urgency,
                trigger_reason, deviation, current_delta, target_delta, hedge_size, expected_cost)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    static final String PROGRESS = """
            INSERT INTO trading_progress (desk, run, start, position, names) VALUES (?, ?, ?, ?, ?::jsonb)
            ON CONFLICT (desk, run) DO UPDATE SET position = excluded.position, names = excluded.names
            """;

    static final String RESUME =
            "SELECT position, names FROM trading_progress WHERE desk = ? AND run = ? AND start = ?";

    private TradingSql() {}
}
