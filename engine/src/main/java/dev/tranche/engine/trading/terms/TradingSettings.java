package dev.tranche.engine.trading.terms;

import dev.tranche.engine.feed.Pace;
import dev.tranche.engine.feed.VenueSettings;
import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.engine.trading.desk.Wire;
import dev.tranche.engine.venue.Credentials;
import dev.tranche.engine.venue.MarketMakerProtection;
import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.Capital;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import dev.tranche.market.risk.BreakerLimits;
import dev.tranche.market.risk.OrderLimits;
import dev.tranche.market.risk.RiskTerms;
import dev.tranche.market.simulation.Latency;
import dev.tranche.market.simulation.QueueModel;
import dev.tranche.market.simulation.VenueTerms;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a configuration says about the desk, which is taken at a start and not while running.
///
/// @param venues in the order of [Contracts#venues]
/// @param files recorded market data of contracts by their place; empty where it comes from venues
/// @param pace how fast they are played
/// @param paper how venues on paper treat us
/// @param shadow whether versions in shadow and read-only stages run here, which live ones then do not
public record TradingSettings(
        Contracts contracts,
        DeskTerms terms,
        FeedLimits feed,
        long seed,
        List<VenueRow> venues,
        Map<Integer, Path> files,
        Pace pace,
        VenueTerms paper,
        boolean shadow) {
    private static final double BASIS_POINT = 1e-4;

    /// One venue.
    ///
    /// @param kind `paper`, `binance` or `deribit`
    /// @param market `spot`, `usdm` or `coinm`
    /// @param credentials of an account that may trade; empty on paper
    /// @param protection for market makers that the venue shall keep; Deribit alone has one
    public record VenueRow(
            String name,
            String kind,
            Wire wire,
            VenueSettings.Market market,
            String streamUrl,
            String restUrl,
            String orderUrl,
            Optional<Credentials> credentials,
            Optional<MarketMakerProtection> protection) {
        /// Whether it is on paper.
        public boolean paper() {
            return kind.equals("paper");
        }
    }

    public TradingSettings {
        venues = List.copyOf(venues);
        files = Map.copyOf(files);
    }

    /// The settings of a configuration.
    ///
    /// @param folder where relative names start
    /// @param pace what the command line says instead
    /// @throws IllegalArgumentException with what does not fit together
    public static TradingSettings of(Config config, Path folder, Optional<Pace> pace) {
        List<Config> rows = config.rows(TradingKeys.CONTRACTS);
        Contracts contracts =
                Contracts.of(rows.stream().map(TradingSettings::contract).toList());
        Map<Integer, Path> files = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String file = rows.get(i).value(TradingKeys.FILE);
            if (!file.isEmpty()) {
                files.put(i, folder.resolve(file));
            }
        }
        List<VenueRow> venues = venues(config, contracts);
        Pace played = pace.orElseGet(() -> Pace.parse(config.value(TradingKeys.PACE)));
        TradingSettings settings = new TradingSettings(
                contracts,
                desk(config),
                FeedLimits.USUAL.silence(config.value(TradingKeys.SILENCE).toMillis()),
                config.value(TradingKeys.SEED),
                venues,
                files,
                played,
                paper(config),
                config.value(TradingKeys.STAGE).equals("shadow"));
        settings.requirePaperForShadow();
        settings.requireOneTime();
        return settings;
    }

    /// Whether a configuration makes sense.
    static void check(Config config) {
        of(config, Path.of(""), Optional.empty());
        for (Config row : config.rows(TradingKeys.STRATEGIES)) {
            String folder = row.value(TradingKeys.FOLDER);
            String product = row.value(TradingKeys.PRODUCT);
            if (folder.isEmpty() == product.isEmpty()) {
                throw new IllegalArgumentException(
                        "a strategy has either a folder or a product: '" + folder + "', '" + product + "'");
            }
            if (product.isEmpty() && config.value(TradingKeys.STAGE).equals("shadow")) {
                throw new IllegalArgumentException(
                        "trading.stage shadow follows the rollouts of products: a strategy has the folder " + folder);
            }
        }
        if (config.rows(TradingKeys.STRATEGIES).size() > config.value(TradingKeys.PLACES)) {
            throw new IllegalArgumentException("there are " + config.value(TradingKeys.PLACES)
                    + " places (trading.places) for strategies: "
                    + config.rows(TradingKeys.STRATEGIES).size());
        }
    }

    /// A desk lives in one time: the present, or that of recordings.
    private void requireOneTime() {
        boolean recorded = !files.isEmpty();
        for (int i = 0; i < contracts.size(); i++) {
            VenueRow venue = venues.get(contracts.venue(i));
            if (recorded && !venue.paper()) {
                throw new IllegalArgumentException(
                        "recorded market data are for venues on paper: " + venue.name() + " is traded on");
            }
            if (recorded && !files.containsKey(i)) {
                throw new IllegalArgumentException("either all contracts have a file or none: "
                        + contracts.get(i).symbol() + " has none");
            }
        }
    }

    /// Nobody trades on a venue with a version that is not live.
    private void requirePaperForShadow() {
        for (VenueRow venue : venues) {
            if (shadow && !venue.paper()) {
                throw new IllegalArgumentException(
                        "trading.stage shadow is for venues on paper: " + venue.name() + " is of kind " + venue.kind());
            }
        }
    }

    /// Whether the market data are recorded.
    public boolean recorded() {
        return !files.isEmpty();
    }

    /// What the desk is made of.
    public Setup setup() {
        return new Setup(contracts, terms, venues.stream().map(VenueRow::wire).toList(), feed, seed);
    }

    /// Places of the venues on paper.
    public List<Integer> onPaper() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < venues.size(); i++) {
            if (venues.get(i).paper()) {
                places.add(i);
            }
        }
        return places;
    }

    private static DeskTerms desk(Config config) {
        return new DeskTerms(
                config.value(TradingKeys.DESK),
                Math.toIntExact(config.value(TradingKeys.PLACES)),
                Math.toIntExact(config.value(TradingKeys.ORDERS)),
                Math.toIntExact(config.value(TradingKeys.LEVELS)),
                Capital.parse(config.value(TradingKeys.CAPITAL)),
                limits(config),
                RiskTerms.USUAL,
                new BreakerLimits(
                        config.value(TradingKeys.LOSS_WARNING),
                        config.value(TradingKeys.LOSS_LIMIT),
                        config.value(TradingKeys.DRAWDOWN_WARNING),
                        config.value(TradingKeys.DRAWDOWN_LIMIT),
                        config.value(TradingKeys.VAR_95),
                        config.value(TradingKeys.VAR_99),
                        config.value(TradingKeys.CONCENTRATION_WARNING),
                        config.value(TradingKeys.CONCENTRATION_LIMIT),
                        config.value(TradingKeys.COOLDOWN),
                        config.value(TradingKeys.PATIENCE)),
                config.value(TradingKeys.READING),
                config.value(TradingKeys.RECONCILE),
                config.value(TradingKeys.ACKNOWLEDGE),
                1);
    }

    private static OrderLimits limits(Config config) {
        OrderLimits none = DeskTerms.UNLIMITED;
        return new OrderLimits(
                none.quantity(),
                config.value(TradingKeys.LIMIT_NOTIONAL),
                none.position(),
                config.value(TradingKeys.LIMIT_OPEN),
                config.value(TradingKeys.LIMIT_COLLAR) * BASIS_POINT,
                none.collarTicks(),
                config.value(TradingKeys.LIMIT_DELTA),
                config.value(TradingKeys.LIMIT_GAMMA),
                config.value(TradingKeys.LIMIT_VEGA),
                Math.toIntExact(config.value(TradingKeys.LIMIT_ORDERS)),
                none.executions(),
                none.executionWindow(),
                none.stale(),
                none.duplicate());
    }

    private static VenueTerms paper(Config config) {
        return VenueTerms.IDEAL
                .with(latency(config.value(TradingKeys.PAPER_ENTRY)), latency(config.value(TradingKeys.PAPER_RESPONSE)))
                .with(new QueueModel.Fifo())
                .crossing(config.value(TradingKeys.PAPER_CROSSING))
                .rate(
                        config.sets(TradingKeys.PAPER_REQUESTS)
                                ? config.value(TradingKeys.PAPER_REQUESTS)
                                : Double.POSITIVE_INFINITY,
                        100);
    }

    private static Latency latency(Duration time) {
        return new Latency.Constant(time.toNanos());
    }

    private static List<VenueRow> venues(Config config, Contracts contracts) {
        Map<String, VenueRow> named = new LinkedHashMap<>();
        for (Config row : config.rows(TradingKeys.VENUES)) {
            VenueRow venue = venue(row);
            if (named.put(venue.name(), venue) != null) {
                throw new IllegalArgumentException("a venue is named twice: " + venue.name());
            }
        }
        return contracts.venues().stream()
                .map(name -> Optional.ofNullable(named.get(name))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "trading.venues names no " + name + ", which a contract is traded on")))
                .toList();
    }

    private static VenueRow venue(Config row) {
        String kind = row.value(TradingKeys.KIND);
        String key = row.value(TradingKeys.KEY_ID);
        String secret = row.value(TradingKeys.KEY_SECRET);
        return new VenueRow(
                row.value(TradingKeys.NAME),
                kind,
                Wire.parse(kind.equals("paper") ? row.value(TradingKeys.WIRE) : kind),
                VenueSettings.Market.parse(row.value(TradingKeys.MARKET)),
                row.value(TradingKeys.STREAM_URL),
                row.value(TradingKeys.REST_URL),
                row.value(TradingKeys.ORDER_URL),
                key.isEmpty() && secret.isEmpty() ? Optional.empty() : Optional.of(Credentials.of(key, secret)),
                protection(row));
    }

    /// @throws IllegalArgumentException when it would be another protection than the row says, or none
    private static Optional<MarketMakerProtection> protection(Config row) {
        List<Key<?>> given = Stream.<Key<?>>of(
                        TradingKeys.MMP_INTERVAL,
                        TradingKeys.MMP_FROZEN,
                        TradingKeys.MMP_QUANTITY,
                        TradingKeys.MMP_DELTA,
                        TradingKeys.MMP_VEGA,
                        TradingKeys.MMP_QUOTED)
                .filter(row::sets)
                .toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String first = given.getFirst().name();
        if (!row.value(TradingKeys.KIND).equals("deribit")) {
            throw new IllegalArgumentException(first + " is for a venue of the kind deribit: "
                    + row.value(TradingKeys.NAME) + " is " + row.value(TradingKeys.KIND));
        }
        double quantity = row.value(TradingKeys.MMP_QUANTITY);
        double delta = row.value(TradingKeys.MMP_DELTA);
        double vega = row.value(TradingKeys.MMP_VEGA);
        if (quantity + delta + vega == 0) {
            throw new IllegalArgumentException(first + " protects nothing: one of mmp_quantity, mmp_delta and mmp_vega"
                    + " must be above 0 at " + row.value(TradingKeys.NAME));
        }
        return Optional.of(new MarketMakerProtection(
                seconds(row, TradingKeys.MMP_INTERVAL),
                seconds(row, TradingKeys.MMP_FROZEN),
                quantity,
                delta,
                vega,
                row.value(TradingKeys.MMP_QUOTED)));
    }

    private static int seconds(Config row, Key<Duration> key) {
        Duration value = row.value(key);
        if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new IllegalArgumentException(
                    key.name() + " must be whole seconds, which the venue counts in: " + value.toMillis() + "ms");
        }
        return Math.toIntExact(value.toSeconds());
    }

    private static Contract contract(Config row) {
        long step = row.value(TradingKeys.STEP);
        long least = row.value(TradingKeys.LEAST);
        double cap = row.value(TradingKeys.CAP);
        return new Contract(
                new Instrument(
                        row.value(TradingKeys.SYMBOL),
                        Math.toIntExact(row.value(TradingKeys.PRICE_DECIMALS)),
                        Math.toIntExact(row.value(TradingKeys.QUANTITY_DECIMALS))),
                row.value(TradingKeys.VENUE),
                terms(row),
                row.value(TradingKeys.ORDER_TICK),
                step,
                least == 0 ? step : least,
                new Fees(
                        row.value(TradingKeys.MAKER) * BASIS_POINT,
                        row.value(TradingKeys.TAKER) * BASIS_POINT,
                        cap == 0 ? Double.POSITIVE_INFINITY : cap));
    }

    private static Terms terms(Config row) {
        String symbol = row.value(TradingKeys.SYMBOL);
        String base = row.value(TradingKeys.BASE);
        if (base.isEmpty()) {
            throw new IllegalArgumentException("a contract needs its base, such as BTC: " + symbol + " has none");
        }
        boolean perpetual = row.value(TradingKeys.PERPETUAL);
        return switch (row.value(TradingKeys.TERMS)) {
            case "linear" -> new Terms.Linear(base, row.value(TradingKeys.QUOTE), perpetual);
            case "inverse" ->
                new Terms.Inverse(base, row.value(TradingKeys.QUOTE), row.value(TradingKeys.UNIT), perpetual);
            default ->
                new Terms.CoinOption(
                        base,
                        row.value(TradingKeys.UNDERLYING),
                        new InverseOption(
                                OptionType.valueOf(row.value(TradingKeys.RIGHT).toUpperCase(Locale.ROOT)),
                                row.value(TradingKeys.STRIKE),
                                expiry(row.value(TradingKeys.EXPIRY))));
        };
    }

    private static Instant expiry(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "an option's expiry is a time such as 2026-12-25T08:00:00Z: '" + text + "'", e);
        }
    }
}
