package dev.tranche.engine.trading.terms;

import dev.tranche.runtime.config.ConfigSchema;
import dev.tranche.runtime.config.Key;
import dev.tranche.runtime.config.Table;
import dev.tranche.runtime.log.LogSettings;
import java.time.Duration;
import java.util.List;

/// The keys of `trading.yaml`.
public final class TradingKeys {
    private static final double MOST = 1e15;

    public static final Key<String> DESK =
            Key.text("trading.desk", "market_making", "name of the desk, which is the product whose status it tells");
    public static final Key<String> CAPITAL = Key.text(
            "trading.capital",
            "100000",
            "what the day's loss, drawdown and shares are counted from at first: dollars, or amounts such as"
                    + " `5 BTC, 40 ETH` of currencies that contracts settle in");
    public static final Key<String> DATA =
            Key.text("trading.data", "trading-data", "folder of the journal, tokens and what was loaded from a server");
    public static final Key<String> HOST = Key.text("trading.host", "127.0.0.1", "address to listen on");
    public static final Key<Long> PORT = Key.whole(
            "trading.port",
            0,
            65_535,
            8080,
            "port to listen on, 0 picks a free one; a process of the role risk-monitor alone takes the next, of"
                    + " market-data alone the one after");
    public static final Key<String> ACCESS_FILE = Key.text(
            "trading.access_file",
            "",
            "file with the token that orders of people need, and beyond the loopback interface every door; without"
                    + " it one is made in the data folder");
    public static final Key<String> SERVER =
            Key.text("trading.server", "", "URL of the server whose routes are followed and that is told everything");
    public static final Key<String> TOKEN_FILE =
            Key.text("trading.token_file", "", "file with the token for that server, roles view, measure and operate");
    public static final Key<String> STAGE = Key.choice(
            "trading.stage",
            List.of("live", "shadow"),
            "live",
            "which stages of a product's rollout run here: live, or, on paper, shadow and read-only");
    public static final Key<String> PACE =
            Key.text("trading.pace", "real", "how fast recorded files are played: real, fast, or a factor such as 20x");
    public static final Key<String> IDLE = Key.choice(
            "trading.idle",
            List.of("spin", "park"),
            "park",
            "what the loop does while nothing waits: look again at once on a core of its own, or sleep");
    public static final Key<Long> RING = Key.bytes(
            "trading.ring",
            1 << 16,
            1 << 30,
            1 << 23,
            "what may wait for the loop, a power of two; market data take three quarters at most");
    public static final Key<Duration> TICK = Key.duration(
            "trading.tick", Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMillis(10), "the desk's timer");
    public static final Key<Duration> HASH = Key.duration(
            "trading.hash",
            Duration.ofMillis(10),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            "how often the hash of the desk's state is written to the journal");
    public static final Key<Duration> SILENCE = Key.duration(
            "trading.silence",
            Duration.ofMillis(10),
            Duration.ofDays(1),
            Duration.ofSeconds(10),
            "a feed that says nothing for longer is a fault");
    public static final Key<Duration> STOP = Key.duration(
            "trading.stop",
            Duration.ZERO,
            Duration.ofMinutes(10),
            Duration.ofSeconds(10),
            "how long a stop waits for the venues to confirm that every order is taken back");
    public static final Key<Duration> STALL = Key.duration(
            "trading.stall",
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            "a loop that does not go round for longer is given up: the lines to the venues are cut, and their"
                    + " cancel-on-disconnect takes every order back");
    public static final Key<Duration> PROTECTION = Key.duration(
            "trading.protection",
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ZERO,
            "how long a venue's triggered protection is left alone before it is reset and quoted again; 0: until a"
                    + " person resets it");
    public static final Key<String> DURABILITY = Key.choice(
            "trading.journal.durability",
            List.of("async", "written", "synced"),
            "written",
            "what is promised about an input before the desk acts on it");
    public static final Key<Long> SEGMENT = Key.bytes(
            "trading.journal.segment",
            LogSettings.MIN_SEGMENT,
            LogSettings.MAX_SEGMENT,
            64L << 20,
            "size of a segment file of the journal, a multiple of 4096");
    public static final Key<Long> SEED =
            Key.whole("trading.seed", 0, Long.MAX_VALUE, 1, "seed of the chance of venues on paper");
    public static final Key<Long> PLACES = Key.whole("trading.places", 1, 250, 100, "most strategies at once");
    public static final Key<Long> ORDERS =
            Key.whole("trading.orders", 64, 1 << 20, 16_384, "slots for orders, open and lately over");
    public static final Key<Long> LEVELS = Key.whole("trading.levels", 16, 1 << 16, 1024, "levels of each book a side");
    public static final Key<Duration> READING = Key.duration(
            "trading.reading",
            Duration.ofMillis(10),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            "how often the breaker looks at the risk");
    public static final Key<Duration> RECONCILE = Key.duration(
            "trading.reconcile",
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            Duration.ofMinutes(1),
            "how often a venue's truth is asked for");
    public static final Key<Duration> ACKNOWLEDGE = Key.duration(
            "trading.acknowledge",
            Duration.ofMillis(10),
            Duration.ofHours(1),
            Duration.ofSeconds(3),
            "an order not answered within this is unknown, and counts as live");

    public static final Key<Double> LOSS_WARNING = share("trading.breaker.daily_loss_warning", 0.05);
    public static final Key<Double> LOSS_LIMIT = share("trading.breaker.daily_loss_limit", 0.10);
    public static final Key<Double> DRAWDOWN_WARNING = share("trading.breaker.drawdown_warning", 0.08);
    public static final Key<Double> DRAWDOWN_LIMIT = share("trading.breaker.drawdown_limit", 0.15);
    public static final Key<Double> VAR_95 = share("trading.breaker.var_95_limit", 0.05);
    public static final Key<Double> VAR_99 = share("trading.breaker.var_99_limit", 0.10);
    public static final Key<Double> CONCENTRATION_WARNING = share("trading.breaker.concentration_warning", 0.20);
    public static final Key<Double> CONCENTRATION_LIMIT = share("trading.breaker.concentration_limit", 0.30);
    public static final Key<Duration> COOLDOWN = Key.duration(
            "trading.breaker.cooldown",
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            "time without a violation before the breaker recovers one step");
    public static final Key<Duration> PATIENCE = Key.duration(
            "trading.breaker.patience",
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ofMinutes(1),
            "how long one warning may stand before it counts like two");

    public static final Key<Double> LIMIT_NOTIONAL = limit("trading.limits.notional", "dollars of one order");
    public static final Key<Double> LIMIT_OPEN = limit("trading.limits.open", "dollars of everything open");
    public static final Key<Double> LIMIT_DELTA = limit("trading.limits.delta", "coins of one base asset");
    public static final Key<Double> LIMIT_GAMMA = limit("trading.limits.gamma", "coins a dollar of one base asset");
    public static final Key<Double> LIMIT_VEGA = limit("trading.limits.vega", "dollars a volatility point");
    public static final Key<Double> LIMIT_COLLAR = Key.number(
            "trading.limits.collar_bps", 0.01, 10_000, 5000, "farthest that a price of the desk lies from a reference");
    public static final Key<Long> LIMIT_ORDERS =
            Key.whole("trading.limits.orders_a_second", 1, 10_000, 10_000, "new orders and amendments of the desk");

    public static final Key<Duration> PAPER_ENTRY = Key.duration(
            "trading.paper.entry",
            Duration.ZERO,
            Duration.ofSeconds(60),
            Duration.ofMillis(1),
            "time from an order sent to the paper venue's having it");
    public static final Key<Duration> PAPER_RESPONSE = Key.duration(
            "trading.paper.response",
            Duration.ZERO,
            Duration.ofSeconds(60),
            Duration.ofMillis(1),
            "time from something at the paper venue to our hearing of it");
    public static final Key<Boolean> PAPER_CROSSING = Key.flag(
            "trading.paper.crossing", true, "an opposing quote through the price of our resting order fills it too");
    public static final Key<Double> PAPER_REQUESTS =
            limit("trading.paper.requests_a_second", "requests that the paper venue accepts");

    public static final Key<Duration> WATCH_SILENCE = Key.duration(
            "trading.watch.silence",
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            "the risk monitor calls an engine that tells nothing for longer down; taken while running");
    public static final Key<Double> WATCH_DRAWDOWN =
            share("trading.watch.drawdown", 0.20, "the risk monitor kills beyond this drawdown; taken while running");
    public static final Key<Double> WATCH_LOSS = share(
            "trading.watch.daily_loss", 0.15, "the risk monitor kills beyond this loss of a day; taken while running");
    public static final Key<Double> WATCH_NOTIONAL = limit(
            "trading.watch.notional",
            "dollars of one position beyond which the risk monitor kills; taken while running");
    public static final Key<Duration> WATCH_DIFFERENCE = Key.duration(
            "trading.watch.difference",
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofMinutes(2),
            "the risk monitor kills when a venue's position differs from ours for longer; taken while running");
    public static final Key<String> ENGINE =
            Key.text("trading.engine", "", "URL of the engine, for a process of the role risk-monitor alone");
    public static final Key<String> ENGINE_TOKEN =
            Key.text("trading.engine_token_file", "", "file with the token of that engine's doors");
    public static final Key<String> MARKET_DATA = Key.text(
            "trading.market_data",
            "",
            "URL of a process of the role market-data, for an engine that does not read market data itself");

    public static final Key<String> STORE_URL = Key.text(
            "trading.store.url",
            "",
            "PostgreSQL that trades, snapshots and risk events are written to, `jdbc:…`; `embedded`: one of its own"
                    + " in the data folder; without it they are not written");
    public static final Key<String> STORE_USER = Key.text("trading.store.user", "", "user at that PostgreSQL");
    public static final Key<String> STORE_PASSWORD =
            Key.secret("trading.store.password", "password at that PostgreSQL");

    public static final Key<String> NAME = Key.text("name", "", "as contracts name it, lower case");
    public static final Key<String> KIND = Key.choice(
            "kind", List.of("paper", "binance", "deribit"), "paper", "on paper, or traded on over its own protocol");
    public static final Key<String> WIRE = Key.choice(
            "wire", List.of("binance", "deribit"), "binance", "form of its market data, for a venue on paper");
    public static final Key<String> MARKET = Key.choice(
            "market", List.of("spot", "usdm", "coinm"), "usdm", "market of Binance, where it is not a file's");
    public static final Key<String> STREAM_URL = Key.text("stream_url", "", "another address of its WebSockets");
    public static final Key<String> REST_URL = Key.text("rest_url", "", "another address of its requests");
    public static final Key<String> ORDER_URL = Key.text("order_url", "", "another address of its orders");
    public static final Key<String> KEY_ID = Key.secret("key", "what the venue knows us by");
    public static final Key<String> KEY_SECRET = Key.secret("secret", "the secret of that key");
    public static final Key<Duration> MMP_INTERVAL = Key.duration(
            "mmp_interval",
            Duration.ofSeconds(1),
            Duration.ofDays(1),
            Duration.ofSeconds(5),
            "over which Deribit's protection for market makers adds up what was filled");
    public static final Key<Duration> MMP_FROZEN = Key.duration(
            "mmp_frozen",
            Duration.ZERO,
            Duration.ofDays(1),
            Duration.ZERO,
            "how long it refuses quotes then; 0: until they are asked for again");
    public static final Key<Double> MMP_QUANTITY = Key.number(
            "mmp_quantity", 0, MOST, 0, "coins filled within the interval that trigger it; 0: no such limit");
    public static final Key<Double> MMP_DELTA = Key.number("mmp_delta", 0, MOST, 0, "net delta likewise, coins");
    public static final Key<Double> MMP_VEGA = Key.number("mmp_vega", 0, MOST, 0, "net vega likewise, dollars");
    public static final Key<Double> MMP_QUOTED =
            Key.number("mmp_quoted", 0, MOST, 0, "most coins quoted a side of one instrument; 0: no such limit");
    public static final Table VENUES = Table.of(
            "trading.venues",
            "what is traded on",
            List.of(
                    NAME,
                    KIND,
                    WIRE,
                    MARKET,
                    STREAM_URL,
                    REST_URL,
                    ORDER_URL,
                    KEY_ID,
                    KEY_SECRET,
                    MMP_INTERVAL,
                    MMP_FROZEN,
                    MMP_QUANTITY,
                    MMP_DELTA,
                    MMP_VEGA,
                    MMP_QUOTED));

    public static final Key<String> VENUE = Key.text("venue", "", "name of the venue");
    public static final Key<String> SYMBOL = Key.text("symbol", "", "as the venue writes it, upper case");
    public static final Key<Long> PRICE_DECIMALS =
            Key.whole("price_decimals", 0, 10, 2, "decimals of a price on the wire");
    public static final Key<Long> QUANTITY_DECIMALS =
            Key.whole("quantity_decimals", 0, 10, 8, "decimals of a quantity on the wire");
    public static final Key<Long> ORDER_TICK = Key.whole(
            "tick", 1, 1_000_000_000, 1, "prices of orders are multiples of so many units of the last decimal");
    public static final Key<Long> STEP = Key.whole("step", 1, 1_000_000_000_000L, 1, "quantities of orders likewise");
    public static final Key<Long> LEAST =
            Key.whole("least", 0, 1_000_000_000_000L, 0, "the smallest order, a multiple of the step; 0: one step");
    public static final Key<String> TERMS = Key.choice(
            "terms",
            List.of("linear", "inverse", "option"),
            "linear",
            "settled in the quote currency; on dollars and settled in coin; an option quoted and settled in coin");
    public static final Key<String> BASE = Key.text("base", "", "what moves its value, such as BTC");
    public static final Key<String> QUOTE = Key.text("quote", "USDT", "currency of its prices");
    public static final Key<Double> UNIT = Key.number("unit", 1e-9, MOST, 1, "dollars that an inverse contract is on");
    public static final Key<Boolean> PERPETUAL = Key.flag("perpetual", true, "funding is exchanged");
    public static final Key<String> UNDERLYING =
            Key.text("underlying", "", "symbol of the contract whose price is an option's forward");
    public static final Key<String> RIGHT = Key.choice("right", List.of("call", "put"), "call", "of an option");
    public static final Key<Double> STRIKE = Key.number("strike", 0, MOST, 0, "of an option");
    public static final Key<String> EXPIRY = Key.text("expiry", "", "of an option, such as 2026-12-25T08:00:00Z");
    public static final Key<Double> MAKER =
            Key.number("maker_bps", -100, 100, 0, "fee of a maker, basis points of the notional");
    public static final Key<Double> TAKER = Key.number("taker_bps", -100, 100, 0, "fee of a taker");
    public static final Key<Double> CAP =
            Key.number("fee_cap", 0, 1, 0, "most of an option's price that is taken as a fee, a share; 0: no cap");
    public static final Key<String> FILE =
            Key.text("file", "", "recorded market data, `<receive time in ns> <message>`, gzip or not");
    public static final Table CONTRACTS = Table.of(
            "trading.contracts",
            "what is traded",
            List.of(
                    VENUE,
                    SYMBOL,
                    PRICE_DECIMALS,
                    QUANTITY_DECIMALS,
                    ORDER_TICK,
                    STEP,
                    LEAST,
                    TERMS,
                    BASE,
                    QUOTE,
                    UNIT,
                    PERPETUAL,
                    UNDERLYING,
                    RIGHT,
                    STRIKE,
                    EXPIRY,
                    MAKER,
                    TAKER,
                    CAP,
                    FILE));

    public static final Key<String> FOLDER =
            Key.text("folder", "", "folder with strategy.yaml; taken again when its file changes");
    public static final Key<String> PRODUCT = Key.text("product", "", "product whose route is followed instead");
    public static final Table STRATEGIES = Table.of(
            "trading.strategies",
            "what quotes; the place of a strategy is its row, so rows are added at the end; taken while running",
            List.of(FOLDER, PRODUCT));

    /// All of them, with the laws that hold between them.
    public static final ConfigSchema SCHEMA = ConfigSchema.of(List.of(
                    DESK,
                    CAPITAL,
                    DATA,
                    HOST,
                    PORT,
                    ACCESS_FILE,
                    SERVER,
                    TOKEN_FILE,
                    STAGE,
                    PACE,
                    IDLE,
                    RING,
                    TICK,
                    HASH,
                    SILENCE,
                    STOP,
                    STALL,
                    PROTECTION,
                    DURABILITY,
                    SEGMENT,
                    SEED,
                    PLACES,
                    ORDERS,
                    LEVELS,
                    READING,
                    RECONCILE,
                    ACKNOWLEDGE,
                    LOSS_WARNING,
                    LOSS_LIMIT,
                    DRAWDOWN_WARNING,
                    DRAWDOWN_LIMIT,
                    VAR_95,
                    VAR_99,
                    CONCENTRATION_WARNING,
                    CONCENTRATION_LIMIT,
                    COOLDOWN,
                    PATIENCE,
                    LIMIT_NOTIONAL,
                    LIMIT_OPEN,
                    LIMIT_DELTA,
                    LIMIT_GAMMA,
                    LIMIT_VEGA,
                    LIMIT_COLLAR,
                    LIMIT_ORDERS,
                    PAPER_ENTRY,
                    PAPER_RESPONSE,
                    PAPER_CROSSING,
                    PAPER_REQUESTS,
                    WATCH_SILENCE,
                    WATCH_DRAWDOWN,
                    WATCH_LOSS,
                    WATCH_NOTIONAL,
                    WATCH_DIFFERENCE,
                    ENGINE,
                    ENGINE_TOKEN,
                    MARKET_DATA,
                    STORE_URL,
                    STORE_USER,
                    STORE_PASSWORD))
            .with(VENUES)
            .with(CONTRACTS)
            .with(STRATEGIES)
            .require(TradingSettings::check);

    private TradingKeys() {}

    private static Key<Double> share(String name, double usual) {
        return share(name, usual, "limit of the breaker, a share of the equity");
    }

    private static Key<Double> share(String name, double usual, String doc) {
        return Key.number(name, 1e-6, 1, usual, doc);
    }

    private static Key<Double> limit(String name, String doc) {
        return Key.number(name, 1e-9, MOST, MOST, doc);
    }
}
