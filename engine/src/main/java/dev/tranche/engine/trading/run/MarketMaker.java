package dev.tranche.engine.trading.run;

import dev.tranche.engine.http.Health;
import dev.tranche.engine.trading.desk.Verb;
import dev.tranche.engine.trading.doors.TradingDoors;
import dev.tranche.engine.trading.status.StatusBoard;
import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.ConfigWatch;
import dev.tranche.runtime.metrics.Metrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A process of market making, in one role or in all of them, with its doors. Thread-safe.
public final class MarketMaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MarketMaker.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TradingLaunch launch;
    private final Ticks ticks;
    private final ConfigWatch watch;
    private final Tables.Maker tables;
    private final Metrics metrics = Metrics.create();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private @Nullable DeskProcess desk;
    private @Nullable RiskMonitorProcess monitor;
    private @Nullable MarketDataProcess market;
    private @Nullable TradingDoors doors;

    private MarketMaker(TradingLaunch launch, Ticks ticks, ConfigWatch watch, Tables.Maker tables) {
        this.tables = tables;
        this.launch = launch;
        this.ticks = ticks;
        this.watch = watch;
    }

    /// Starts a process.
    ///
    /// @throws IOException when a file, folder or port cannot be used
    /// @throws IllegalArgumentException when the configuration or the journal may not be used, with the reason
    public static MarketMaker start(TradingLaunch launch, Ticks ticks) throws IOException, InterruptedException {
        return start(launch, ticks, (_, url, _, _, _) -> {
            throw new IllegalArgumentException(
                    "this process writes no tables: trading.store.url must be blank: " + url);
        });
    }

    /// As [#start(TradingLaunch, Ticks)], with tables where the configuration asks for them.
    public static MarketMaker start(TradingLaunch launch, Ticks ticks, Tables.Maker tables)
            throws IOException, InterruptedException {
        MarketMaker maker = new MarketMaker(launch, ticks, launch.open(), tables);
        try {
            maker.begin();
            return maker;
        } catch (IOException | RuntimeException | InterruptedException e) {
            maker.close();
            throw e;
        }
    }

    private boolean is(TradingLaunch.Role role) {
        return launch.roles().contains(role);
    }

    private void begin() throws IOException, InterruptedException {
        Config config = watch.current();
        String token = launch.accessToken(config);
        TradingDoors hung = TradingDoors.of(new TradingDoors.Terms(
                launch.host(config),
                launch.port(config),
                metrics,
                this::health,
                this::ready,
                launch.loopback(config),
                token));
        if (is(TradingLaunch.Role.ENGINE)) {
            engine(config, hung);
        }
        if (is(TradingLaunch.Role.RISK_MONITOR)) {
            monitor(config, hung);
        }
        if (is(TradingLaunch.Role.MARKET_DATA) && !is(TradingLaunch.Role.ENGINE)) {
            MarketDataProcess served = MarketDataProcess.start(launch, config, ticks);
            market = served;
            closing.add(served);
            served.meters(metrics);
            hung.bytes("/market", served.stream())
                    .show("/api/v1/market", served::tree)
                    .orders("/api/v1/market", (verb, body) -> {
                        if (!verb.equals("snapshot")) {
                            return new TradingDoors.Outcome(404, "unknown_verb", "market data know snapshot: " + verb);
                        }
                        served.snapshot(body.path("contract").asInt(-1));
                        return new TradingDoors.Outcome(200, "", "asked for");
                    });
        }
        closing.addFirst(hung);
        doors = hung.open();
    }

    private void engine(Config config, TradingDoors hung) throws IOException, InterruptedException {
        String name = launch.sender(ticks.now());
        DeskProcess started = DeskProcess.start(launch, config, name, ticks);
        desk = started;
        closing.addFirst(started);
        Optional<TrancheServer> above = launch.server(config);
        if (above.isPresent()) {
            closing.add(above.get());
            closing.addFirst(Above.start(above.get(), started, config.value(TradingKeys.DESK), name, ticks));
        }
        String store = config.value(TradingKeys.STORE_URL);
        if (!store.isEmpty()) {
            started.keep(tables.open(
                    started.journal(),
                    store,
                    config.value(TradingKeys.STORE_USER),
                    config.value(TradingKeys.STORE_PASSWORD),
                    launch.data(config)));
        }
        DeskMeters.in(metrics, started);
        watch.onChange(change -> configured(change, started));
        hung.show("/api/v1/desk", () -> started.board().tree()).stream(
                        "/api/v1/desk/events", "desk", () -> started.board().tree())
                .orders("/api/v1/desk", (verb, body) -> order(started, verb, body));
    }

    private void configured(ConfigWatch.Change change, DeskProcess started) {
        switch (change) {
            case ConfigWatch.Change.Rejected(var reason) -> LOG.error("config.refused", reason);
            case ConfigWatch.Change.Swapped(Config _, Config now) -> {
                try {
                    started.strategies(now);
                } catch (IOException | IllegalArgumentException e) {
                    LOG.error("config.not-in-force", e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private void monitor(Config config, TradingDoors hung) throws IOException {
        DeskProcess here = desk;
        RiskMonitorProcess.Watched watched = here == null ? RemoteDesk.of(launch, config) : new Here(here);
        RiskMonitorProcess started = RiskMonitorProcess.start(watched, watch::current, ticks);
        monitor = started;
        closing.addFirst(started);
        started.meters(metrics);
        hung.show("/api/v1/risk", started::tree);
        if (here == null) {
            started.mirror(metrics);
            hung.orders("/api/v1/risk", (verb, body) -> {
                if (!verb.equals("kill")) {
                    return new TradingDoors.Outcome(
                            404, "unknown_verb", "a risk monitor kills and nothing else: " + verb);
                }
                try {
                    String refusal = watched.kill(
                            body.path("who").asString(""), body.path("reason").asString(""));
                    return refusal.isEmpty()
                            ? new TradingDoors.Outcome(200, "", "killed")
                            : new TradingDoors.Outcome(409, "refused", refusal);
                } catch (IOException e) {
                    return new TradingDoors.Outcome(
                            502, "engine_away", "the engine cannot be asked: " + e.getMessage());
                }
            });
        }
    }

    /// The desk in this process, as a monitor sees it.
    private record Here(DeskProcess desk) implements RiskMonitorProcess.Watched {
        @Override
        public JsonNode status() {
            return JSON.valueToTree(desk.board().tree());
        }

        @Override
        public String kill(String who, String reason) throws InterruptedException {
            return desk.order(Verb.KILL, who, reason, Map.of()).orElse("no answer");
        }
    }

    private static TradingDoors.Outcome order(DeskProcess desk, String word, JsonNode body)
            throws InterruptedException {
        Verb verb;
        Map<String, Object> more = new HashMap<>();
        try {
            verb = Verb.parse(word);
            if (verb == Verb.ADOPT) {
                more.putAll(adoption(desk, body));
            }
            if (verb == Verb.RESET_PROTECTION) {
                more.put("venue", desk.protections().find(body.path("venue").asString("")));
            }
        } catch (IllegalArgumentException e) {
            return new TradingDoors.Outcome(400, "bad_value", String.valueOf(e.getMessage()));
        }
        String who = body.path("who").asString("");
        String reason = body.path("reason").asString("");
        if (who.isBlank() || reason.isBlank()) {
            return new TradingDoors.Outcome(400, "unsigned", "an order to the desk needs who and reason");
        }
        Optional<String> answer = desk.order(verb, who, reason, more);
        if (answer.isEmpty()) {
            return new TradingDoors.Outcome(504, "no_answer", "the desk did not answer within five seconds");
        }
        return answer.get().isEmpty()
                ? new TradingDoors.Outcome(
                        200, "", "done; the desk is " + desk.board().state().word())
                : new TradingDoors.Outcome(409, "refused", answer.get());
    }

    private static Map<String, Object> adoption(DeskProcess desk, JsonNode body) {
        String venue = body.path("venue").asString("");
        String symbol = body.path("symbol").asString("");
        int contract = desk.settings()
                .contracts()
                .find(venue, symbol)
                .orElseThrow(() -> new IllegalArgumentException("no such contract: " + venue + ":" + symbol));
        double price = body.path("price").asDouble(0);
        int decimals = desk.settings().contracts().get(contract).instrument().priceDecimals();
        if (!(price > 0)) {
            throw new IllegalArgumentException("price must be above 0: " + price);
        }
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("contract", contract);
        more.put("ticks", Math.round(price * Math.pow(10, decimals)));
        return more;
    }

    private Health health() {
        List<String> problems = new ArrayList<>();
        DeskProcess here = desk;
        if (here != null) {
            StatusBoard.State state = here.board().state();
            if (state.word().equals("FAILED") || state.word().equals("DETACHED")) {
                problems.add(state.word() + ": " + state.why());
            }
            problems.addAll(here.feed().problems());
            here.protections()
                    .all()
                    .forEach(name -> problems.add("the protection of " + name
                            + " was triggered: nothing is quoted there until reset-protection"));
        }
        MarketDataProcess served = market;
        if (served != null) {
            problems.addAll(served.problems());
        }
        watch.rejection().ifPresent(why -> problems.add("the configuration is refused: " + why.getMessage()));
        return new Health(problems);
    }

    private Health ready() {
        List<String> problems = new ArrayList<>(health().problems());
        DeskProcess here = desk;
        if (here != null) {
            StatusBoard.State state = here.board().state();
            if (!state.word().equals("QUOTING")) {
                problems.add(state.word() + (state.why().isEmpty() ? "" : ": " + state.why()));
            }
        }
        RiskMonitorProcess watching = monitor;
        if (watching != null) {
            problems.addAll(watching.health().problems());
        }
        return new Health(problems);
    }

    /// The port of the doors.
    public int port() {
        TradingDoors open = doors;
        if (open == null) {
            throw new IllegalStateException("the doors are not open yet");
        }
        return open.port();
    }

    /// The desk; empty in another role.
    public Optional<DeskProcess> desk() {
        return Optional.ofNullable(desk);
    }

    /// Whether everything recorded was played.
    public boolean ended() {
        return desk().map(DeskProcess::ended).orElse(false);
    }

    /// Whether it cannot do what it is there for any more.
    public boolean failed() {
        return desk().map(DeskProcess::failed).orElse(false);
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable each : closing) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.error("stop.failed part={}", each.getClass().getSimpleName(), e);
            }
        }
        watch.close();
        metrics.close();
    }

    @Override
    public String toString() {
        return "MarketMaker" + Arrays.toString(launch.roles().toArray());
    }
}
