package dev.tranche.engine.trading.run;

/// Every metric name of a market maker, as Micrometer writes them (dots; Prometheus shows underscores and unit
/// suffixes). The first eleven are those that seed 002's dashboards ask for.
final class MarketMeterNames {
    static final String BREAKER = "circuit.breaker.state";
    static final String REGIME = "regime.detector.current.regime";
    static final String PNL_24H = "portfolio.pnl.24h";
    static final String QUOTE_LATENCY = "quote.generation.duration";
    static final String DELTA = "portfolio.delta";
    static final String GAMMA = "portfolio.gamma";
    static final String VEGA = "portfolio.vega";
    static final String ACTIVE = "active.orders.count";
    static final String FILL_RATE = "fill.rate.5m";
    static final String HEDGES = "hedge.executions";
    static final String DRAWDOWN = "portfolio.drawdown";

    static final String THETA = "portfolio.theta";
    static final String EQUITY = "portfolio.equity";
    static final String PNL_DAY = "portfolio.pnl.day";
    static final String PNL = "portfolio.pnl";
    static final String ATTRIBUTION = "portfolio.attribution";
    static final String RISK = "portfolio.risk";
    static final String POSITION = "portfolio.position";
    static final String UP = "trading.up";
    static final String QUOTING = "trading.quoting";
    static final String EVENTS = "trading.events";
    static final String LOOP_LATENCY = "trading.loop.duration";
    static final String ORDERS = "trading.orders";
    static final String REFUSALS = "trading.refusals";
    static final String UNKNOWN = "trading.orders.unknown";
    static final String CONNECTED = "trading.venue.connected";
    static final String ARMED = "trading.venue.armed";
    static final String BOOK = "trading.book.valid";
    static final String FALLBACKS = "trading.spread.fallbacks";
    static final String LOST = "trading.market.lost";
    static final String WAITING = "trading.waiting.bytes";
    static final String JOURNAL_BYTES = "trading.journal.bytes";
    static final String JOURNAL_FULL = "trading.journal.full";
    static final String DISK_FREE = "trading.disk.free.bytes";
    static final String STORE_UP = "trading.store.up";
    static final String SERVER_AWAY = "trading.server.away";
    static final String VERSIONS_REFUSED = "trading.versions.refused";

    private MarketMeterNames() {}
}
