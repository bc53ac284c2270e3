-- The tables of seed 002 for one or more desks. Times are UTC moments; amounts in dollars unless said otherwise.
-- `run` is the moment in which a desk began anew, in epoch nanoseconds: its account starts from nothing then.
-- `event_id` is the record of the journal that a row was read from, so that none is written twice.

CREATE TABLE trades (
    trade_id       text PRIMARY KEY,
    event_id       text NOT NULL UNIQUE,
    desk           text NOT NULL,
    run            bigint NOT NULL,
    "timestamp"    timestamptz NOT NULL,
    venue          text NOT NULL,
    instrument     text NOT NULL,
    venue_trade_id bigint NOT NULL,
    order_id       bigint NOT NULL,
    side           text NOT NULL CHECK (side IN ('buy', 'sell')),
    quantity       numeric NOT NULL CHECK (quantity >= 0),
    price          numeric NOT NULL CHECK (price > 0),
    notional       numeric NOT NULL,
    fee            numeric NOT NULL,
    fee_currency   text NOT NULL,
    strategy       text NOT NULL,
    is_hedge       boolean NOT NULL,
    is_maker       boolean NOT NULL,
    corrected_at   timestamptz,
    metadata       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX trades_time ON trades (desk, "timestamp");
CREATE INDEX trades_venue_trade ON trades (venue, instrument, venue_trade_id);
COMMENT ON COLUMN trades.notional IS 'price times quantity in the quote currency; of an inverse contract its dollars';
COMMENT ON COLUMN trades.quantity IS '0 when the venue took the trade back';

-- A venue may correct a trade, even before it is known here.
CREATE TABLE trade_corrections (
    event_id    text PRIMARY KEY,
    trade_id    text NOT NULL,
    "timestamp" timestamptz NOT NULL,
    quantity    numeric NOT NULL,
    price       numeric NOT NULL,
    notional    numeric NOT NULL,
    fee         numeric NOT NULL
);
CREATE INDEX trade_corrections_trade ON trade_corrections (trade_id, "timestamp");

CREATE TABLE portfolio_snapshots (
    event_id      text PRIMARY KEY,
    desk          text NOT NULL,
    run           bigint NOT NULL,
    "timestamp"   timestamptz NOT NULL,
    total_value   double precision,
    capital       double precision NOT NULL,
    cash          double precision,
    delta         double precision,
    gamma         double precision,
    vega          double precision,
    theta         double precision,
    positions     jsonb NOT NULL,
    greeks        jsonb NOT NULL,
    pnl_24h       double precision,
    pnl_total     double precision,
    realised      double precision,
    unrealised    double precision,
    fees          double precision,
    funding       double precision,
    spread        double precision,
    adverse       double precision,
    inventory     double precision,
    hedge         double precision,
    drawdown      double precision,
    breaker_state text NOT NULL
);
CREATE INDEX portfolio_snapshots_time ON portfolio_snapshots (desk, run, "timestamp");
COMMENT ON COLUMN portfolio_snapshots.total_value IS 'equity: capital and profit; null while a price is not known';
COMMENT ON COLUMN portfolio_snapshots.cash IS 'capital and what trades, fees and funding moved, marks left out';
COMMENT ON COLUMN portfolio_snapshots.theta IS 'null: the desk does not measure it';

CREATE TABLE risk_events (
    event_id        text PRIMARY KEY,
    desk            text NOT NULL,
    run             bigint NOT NULL,
    "timestamp"     timestamptz NOT NULL,
    event_type      text NOT NULL,
    severity        text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
    old_state       text,
    new_state       text,
    message         text NOT NULL,
    metrics         jsonb NOT NULL DEFAULT '{}',
    acknowledged    boolean NOT NULL DEFAULT false,
    acknowledged_by text,
    acknowledged_at timestamptz
);
CREATE INDEX risk_events_time ON risk_events (desk, "timestamp");

CREATE TABLE circuit_breaker_history (
    event_id         text PRIMARY KEY,
    desk             text NOT NULL,
    run              bigint NOT NULL,
    "timestamp"      timestamptz NOT NULL,
    trigger_type     text NOT NULL,
    old_state        text NOT NULL,
    new_state        text NOT NULL,
    trigger_value    double precision,
    threshold        double precision,
    portfolio_value  double precision,
    duration_seconds double precision,
    reason           text NOT NULL
);
CREATE INDEX circuit_breaker_history_time ON circuit_breaker_history (desk, run, "timestamp");
COMMENT ON COLUMN circuit_breaker_history.duration_seconds IS 'how long the old state had lasted; null for the first';

CREATE TABLE regime_history (
    event_id    text PRIMARY KEY,
    desk        text NOT NULL,
    run         bigint NOT NULL,
    "timestamp" timestamptz NOT NULL,
    strategy    text NOT NULL,
    instrument  text NOT NULL,
    old_regime  text NOT NULL,
    new_regime  text NOT NULL,
    probability double precision
);
CREATE INDEX regime_history_time ON regime_history (desk, "timestamp");

CREATE TABLE hedge_activity (
    event_id          text PRIMARY KEY,
    desk              text NOT NULL,
    run               bigint NOT NULL,
    "timestamp"       timestamptz NOT NULL,
    strategy          text NOT NULL,
    venue             text NOT NULL,
    instrument        text NOT NULL,
    urgency           text NOT NULL,
    trigger_reason    text NOT NULL,
    deviation         double precision NOT NULL,
    current_delta     double precision,
    target_delta      double precision,
    hedge_size        double precision NOT NULL,
    expected_cost     double precision,
    executed          boolean NOT NULL DEFAULT false,
    executed_size     numeric NOT NULL DEFAULT 0,
    executed_value    numeric NOT NULL DEFAULT 0,
    hedge_price       numeric,
    execution_time_ms double precision
);
CREATE INDEX hedge_activity_time ON hedge_activity (desk, run, strategy, instrument, "timestamp");
COMMENT ON COLUMN hedge_activity.current_delta IS 'coins of the base, as of the snapshot before; null without one';

CREATE TABLE performance_metrics (
    event_id    text NOT NULL,
    desk        text NOT NULL,
    run         bigint NOT NULL,
    "timestamp" timestamptz NOT NULL,
    metric      text NOT NULL,
    value       double precision,
    PRIMARY KEY (event_id, metric)
);
CREATE INDEX performance_metrics_time ON performance_metrics (desk, metric, "timestamp");

-- How far the journal of a desk was read, and what has to be known to read on.
CREATE TABLE trading_progress (
    desk     text NOT NULL,
    run      bigint NOT NULL,
    start    bigint NOT NULL,
    position bigint NOT NULL,
    names    jsonb NOT NULL,
    PRIMARY KEY (desk, run)
);

-- What each day (UTC) made, as the difference of the profit that the last snapshots of it and of the day before
-- show: marked to market, fees and funding in it, capital paid in or out not. A run begins with no profit.
CREATE VIEW daily_pnl AS
WITH closing AS (
    SELECT DISTINCT ON (desk, run, ("timestamp" AT TIME ZONE 'UTC')::date)
           desk, run, ("timestamp" AT TIME ZONE 'UTC')::date AS day,
           total_value, capital, pnl_total, realised, fees, funding
    FROM portfolio_snapshots
    WHERE total_value IS NOT NULL
    ORDER BY desk, run, ("timestamp" AT TIME ZONE 'UTC')::date, "timestamp" DESC, event_id DESC
), change AS (
    SELECT desk, run, day, total_value AS closing_value, capital,
           pnl_total - COALESCE(LAG(pnl_total) OVER each, 0) AS pnl,
           realised - COALESCE(LAG(realised) OVER each, 0) AS realised,
           fees - COALESCE(LAG(fees) OVER each, 0) AS fees,
           funding - COALESCE(LAG(funding) OVER each, 0) AS funding
    FROM closing
    WINDOW each AS (PARTITION BY desk, run ORDER BY day)
), trading AS (
    SELECT desk, run, ("timestamp" AT TIME ZONE 'UTC')::date AS day, count(*) AS trades
    FROM trades
    WHERE quantity > 0
    GROUP BY 1, 2, 3
)
SELECT change.day, change.desk,
       sum(change.pnl) AS pnl,
       sum(change.realised) AS realised,
       sum(change.fees) AS fees,
       sum(change.funding) AS funding,
       (array_agg(change.closing_value ORDER BY change.run DESC))[1] AS closing_value,
       COALESCE(sum(trading.trades), 0)::bigint AS trades
FROM change
LEFT JOIN trading ON trading.desk = change.desk AND trading.run = change.run AND trading.day = change.day
GROUP BY change.day, change.desk;

-- Each day of each desk: what happened to its risk. A plain view: nothing has to refresh it.
CREATE VIEW risk_summary AS
WITH days AS (
    SELECT desk, ("timestamp" AT TIME ZONE 'UTC')::date AS day FROM portfolio_snapshots
    UNION
    SELECT desk, ("timestamp" AT TIME ZONE 'UTC')::date FROM risk_events
), seen AS (
    SELECT desk, ("timestamp" AT TIME ZONE 'UTC')::date AS day,
           max(drawdown) AS worst_drawdown, min(total_value) AS lowest_value
    FROM portfolio_snapshots GROUP BY 1, 2
), events AS (
    SELECT desk, ("timestamp" AT TIME ZONE 'UTC')::date AS day,
           count(*) FILTER (WHERE severity = 'critical') AS critical,
           count(*) FILTER (WHERE severity = 'warning') AS warnings,
           count(*) FILTER (WHERE NOT acknowledged AND severity <> 'info') AS open
    FROM risk_events GROUP BY 1, 2
), trips AS (
    SELECT desk, ("timestamp" AT TIME ZONE 'UTC')::date AS day,
           count(*) FILTER (WHERE new_state IN ('RESTRICTED', 'HALTED', 'KILLED')) AS trips
    FROM circuit_breaker_history GROUP BY 1, 2
)
SELECT days.day, days.desk, seen.worst_drawdown, seen.lowest_value,
       COALESCE(events.critical, 0) AS critical, COALESCE(events.warnings, 0) AS warnings,
       COALESCE(events.open, 0) AS unacknowledged, COALESCE(trips.trips, 0) AS breaker_trips
FROM days
LEFT JOIN seen USING (desk, day)
LEFT JOIN events USING (desk, day)
LEFT JOIN trips USING (desk, day);
