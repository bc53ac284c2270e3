package dev.tranche.engine.trading.run;

import dev.tranche.engine.signal.Mode;
import dev.tranche.engine.trading.desk.Verb;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.loop.IdlePolicy;
import dev.tranche.engine.trading.loop.LoopClock;
import dev.tranche.engine.trading.loop.LoopCounts;
import dev.tranche.engine.trading.loop.RingInbox;
import dev.tranche.engine.trading.loop.Rings;
import dev.tranche.engine.trading.loop.Router;
import dev.tranche.engine.trading.loop.TradingLoop;
import dev.tranche.engine.trading.market.ForwardedMarket;
import dev.tranche.engine.trading.market.MarketSource;
import dev.tranche.engine.trading.status.DeskFrame;
import dev.tranche.engine.trading.status.DeskWatch;
import dev.tranche.engine.trading.status.FrameReader;
import dev.tranche.engine.trading.status.StatusBoard;
import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.engine.trading.terms.TradingSettings;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.engine.venue.Gateway;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogFullException;
import dev.tranche.runtime.log.LogSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine: a desk in its loop, its journal, its venues, its versions. Thread-safe.
///
/// A start brings the desk back from its journal, then connects: until a venue has told its truth nothing is
/// quoted there. A stop pulls every quote, waits for the venues to confirm, and says so in the journal.
public final class DeskProcess implements AutoCloseable, StatusBoard.Surroundings, RingInbox.Aside {
    private static final Logger LOG = LoggerFactory.getLogger(DeskProcess.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final long SLICE_MILLIS = 10;
    /// Who signs what the process orders of itself.
    private static final String SELF = "engine";

    /// Hears at once what the breaker did, on the loop's thread; must not wait.
    public interface BreakerHearer {
        void breaker(BreakerState after, String why, List<String> products);
    }

    private final Ticks ticks;
    private final TradingSettings settings;
    private final Config config;
    private final TradingJournal journal;
    private final Recovered recovered;
    private final Rings rings;
    private final TradingLoop loop;
    private final StatusBoard board;
    private final StrategyFeed feed;
    private final Commands commands;
    private final List<Gateway> gateways;
    private final List<MarketSource> sources = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("desk-timer").factory());
    private final FrameReader reader;
    private final Router router;
    private final String token;
    private volatile @Nullable Tables tables;
    private volatile BreakerHearer hearer = (_, _, _) -> {};
    private volatile boolean stopping;
    private final Protections protections;
    private @Nullable Watchdog watchdog;

    private DeskProcess(TradingLaunch launch, Config config, TradingJournal journal, String engine, Ticks ticks)
            throws IOException {
        this.ticks = ticks;
        this.config = config;
        this.journal = journal;
        this.settings = TradingSettings.of(config, launch.folder(), launch.pace());
        this.recovered = Recovered.from(journal, settings, launch.anew(), ticks.epochNanos());
        this.rings = Rings.of(
                Math.toIntExact(Long.highestOneBit(config.value(TradingKeys.RING))),
                settings.contracts().size(),
                ticks,
                this);
        this.gateways = gateways(ticks);
        this.router = Router.of(settings.contracts(), gateways);
        this.protections = new Protections(
                settings.contracts().venues(), gateways, rings.inbox(), config.value(TradingKeys.PROTECTION), timer);
        LoopClock clock = settings.recorded() ? LoopClock.recorded(ticks) : LoopClock.live(ticks);
        this.loop = TradingLoop.of(
                recovered.machine(),
                journal,
                rings,
                router,
                clock,
                ticks,
                new TradingLoop.Terms(
                        IdlePolicy.parse(config.value(TradingKeys.IDLE)),
                        config.value(TradingKeys.TICK),
                        config.value(TradingKeys.HASH),
                        LOOK),
                new Seen());
        this.reader = FrameReader.of(
                recovered.machine().desk(), recovered.watch(), settings.terms().strategies());
        this.board = StatusBoard.of(
                config.value(TradingKeys.DESK),
                engine,
                settings.contracts(),
                ticks.now().toString(),
                gateways,
                settings.venues().stream().map(TradingSettings.VenueRow::kind).toList(),
                this::counts,
                this);
        this.commands = new Commands(board, rings.inbox(), protections);
        Optional<TrancheServer> above = launch.server(config);
        this.feed = new StrategyFeed(
                recovered,
                journal,
                rings.inbox(),
                ticks,
                launch.folder(),
                launch.data(config).resolve("server"),
                config.value(TradingKeys.DESK),
                settings.shadow(),
                above);
        this.token = launch.engineToken(config);
    }

    /// Brings the desk back and begins.
    ///
    /// @param engine its name, another one at each start
    /// @throws IllegalArgumentException when the configuration or the journal may not be used, with the reason
    public static DeskProcess start(TradingLaunch launch, Config config, String engine, Ticks ticks)
            throws IOException, InterruptedException {
        TradingJournal journal = TradingJournal.open(
                launch.data(config).resolve("journal"),
                LogSettings.of(Durability.parse(config.value(TradingKeys.DURABILITY)))
                        .withSegmentBytes(config.value(TradingKeys.SEGMENT)));
        try {
            DeskProcess process = new DeskProcess(launch, config, journal, engine, ticks);
            process.begin();
            return process;
        } catch (IOException | RuntimeException | InterruptedException e) {
            journal.close();
            throw e;
        }
    }

    private List<Gateway> gateways(Ticks clock) {
        List<Gateway> all = new ArrayList<>(recovered.paper().gateways(this::snapshot));
        for (int venue = 0; venue < settings.venues().size(); venue++) {
            if (!settings.venues().get(venue).paper()) {
                all.add(Places.gateway(settings, venue, rings.inbox(), clock));
            }
        }
        all.sort(Comparator.comparingInt(Gateway::venue));
        return all;
    }

    private void snapshot(int contract) {
        sources.forEach(source -> source.snapshot(contract));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the beat logs what fails in it
    private void begin() throws IOException, InterruptedException {
        recovered.paper().speakTo(rings.inbox().fromLoop());
        if (recovered.inputs() > 0) {
            recovered.paper().reconnect();
        }
        recovered.outlet().lead(loop.orders());
        recovered.told().lead(loop.told());
        recovered.watch().alert(new Alerts());
        boolean ours =
                settings.recorded() && config.value(TradingKeys.MARKET_DATA).isEmpty();
        loop.start(recovered.heard(), recovered.inputs(), !ours);
        feed.rows(config.rows(TradingKeys.STRATEGIES));
        if (recovered.lastOperator().equals(SELF)) {
            order(Verb.RESUME, SELF, "started again", Map.of());
        }
        sources.addAll(sources());
        sources.forEach(MarketSource::start);
        gateways.forEach(Gateway::start);
        watchdog = Watchdog.start(loop.counts()::aliveNanos, config.value(TradingKeys.STALL), ticks, this::cut);
        timer.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    private List<MarketSource> sources() {
        MarketIn in = new MarketIn(settings, rings, recovered.market(), ticks, () -> !stopping);
        String elsewhere = config.value(TradingKeys.MARKET_DATA);
        if (!elsewhere.isEmpty()) {
            return List.of(ForwardedMarket.of(
                    URI.create(elsewhere), token, settings.contracts().size(), recovered.market(), in));
        }
        return settings.recorded()
                ? List.of(Places.recorded(settings, ticks, recovered.market(), in::message, in::over))
                : Places.live(settings, rings.inbox(), ticks);
    }

    private void beat() {
        try {
            feed.look();
        } catch (RuntimeException e) {
            LOG.error("desk.beat.failed", e);
        }
    }

    /// Each on a thread of its own: what a line says to the loop as its last word may wait for the loop for ever.
    private void cut() {
        gateways.forEach(gateway -> Thread.ofVirtual().name("cut").start(gateway::close));
    }

    /// Lives in the loop.
    private final class Seen implements TradingLoop.Witness {
        @Override
        public void before(long now) {
            recovered.paper().before(now);
        }

        @Override
        public void look(long now) {
            board.show(reader.read(now, loop.counts().inputs()));
            Tables open = tables;
            if (open != null && !loop.detached()) {
                open.look(now, recovered.machine().desk());
            }
        }

        @Override
        public void answered(Entry entry, byte[] bytes, int from, int to, String refusal) {
            switch (entry) {
                case STRATEGY, SPREAD -> {
                    if (!loop.detached() && loop.failure() == null) {
                        feed.answered(entry, bytes, from, to, refusal);
                    }
                }
                case START, MARKET, LOST, REPORT, TICK, TOOK, CONTENT, ORDER, UNSENT, TOLD, HASH, END, SNAPSHOT -> {}
                case OPERATOR -> commands.answered(bytes, from, to, refusal);
            }
        }
    }

    private final class Alerts implements DeskWatch.Alert {
        @Override
        public void bookInvalid(int contract) {
            router.snapshot(contract);
        }

        @Override
        public void breaker(long now, BreakerState before, BreakerState after, String why) {
            hearer.breaker(after, why, feed.products());
        }
    }

    /// From here on tables are kept of what the desk does.
    void keep(Tables opened) {
        tables = opened;
    }

    /// 1 while the tables take what is told, 0 while they do not, NaN without any.
    double tablesUp() {
        Tables open = tables;
        return open == null ? Double.NaN : open.up() ? 1 : 0;
    }

    /// From here on `other` hears what the breaker does.
    public void onBreaker(BreakerHearer other) {
        hearer = other;
    }

    /// Orders something of the desk and waits for its answer.
    ///
    /// @param who not blank
    /// @param reason not blank
    /// @return why it was refused, blank when it was done; empty when no answer came within five seconds
    public Optional<String> order(Verb verb, String who, String reason, Map<String, Object> more)
            throws InterruptedException {
        return commands.order(verb, who, reason, more);
    }

    /// Takes other strategies from a configuration.
    public void strategies(Config now) throws IOException, InterruptedException {
        feed.rows(now.rows(TradingKeys.STRATEGIES));
    }

    /// The status, to be shown.
    public StatusBoard board() {
        return board;
    }

    public TradingSettings settings() {
        return settings;
    }

    /// What the loop counts.
    public Optional<LoopCounts> counts() {
        return Optional.of(loop.counts());
    }

    public TradingJournal journal() {
        return journal;
    }

    /// The gateways, in the order of the venues.
    public List<Gateway> gateways() {
        return List.copyOf(gateways);
    }

    /// The versions in force and what is wrong with others.
    StrategyFeed feed() {
        return feed;
    }

    /// Messages of market data that were left out.
    public long lost() {
        return rings.inbox().lost();
    }

    /// Bytes that wait for the loop.
    public long waiting() {
        return rings.ring().waiting();
    }

    /// Whether everything recorded was heard.
    public boolean ended() {
        return loop.ended();
    }

    /// Whether it cannot do what it is there for any more.
    public boolean failed() {
        return loop.failure() != null || givenUp().isPresent();
    }

    private Optional<String> givenUp() {
        Watchdog watching = watchdog;
        return watching == null ? Optional.empty() : watching.givenUp();
    }

    /// Whether the journal cannot be written.
    public boolean detached() {
        return loop.detached();
    }

    @Override
    public Optional<StatusBoard.State> state() {
        RuntimeException failure = loop.failure();
        Optional<String> stalled = givenUp();
        if (failure != null) {
            return Optional.of(
                    new StatusBoard.State("FAILED", "the desk failed: " + failure + "; " + loop.takenBack()));
        }
        if (stalled.isPresent()) {
            return Optional.of(new StatusBoard.State("FAILED", stalled.get()));
        }
        if (loop.detached()) {
            return Optional.of(new StatusBoard.State("DETACHED", "the journal cannot be written: cancels only"));
        }
        if (stopping) {
            return Optional.of(new StatusBoard.State("STOPPING", "quotes are being pulled"));
        }
        return loop.ended()
                ? Optional.of(new StatusBoard.State("ENDED", "everything recorded was played"))
                : Optional.empty();
    }

    @Override
    public Map<String, Object> journalTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("position", journal.end());
        tree.put("bytes", journal.diskBytes());
        tree.put("full", loop.detached() || journal.nearlyFull());
        return tree;
    }

    @Override
    public Map<String, Object> server() {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (feed.epoch() >= 0 || !feed.problems().isEmpty() || !feed.reachable()) {
            tree.put("reachable", feed.reachable());
            tree.put("epoch", feed.epoch());
            tree.put("refused", feed.problems());
        }
        return tree;
    }

    @Override
    public Map<String, String> version(int place) {
        return feed.at(place)
                .map(version -> Map.of(
                        "product",
                        version.product(),
                        "digest",
                        version.digest(),
                        "mode",
                        (settings.shadow() ? Mode.SHADOW : Mode.LIVE).word()))
                .orElse(Map.of());
    }

    @Override
    public String spread(int place) {
        return feed.at(place).map(feed::model).orElse("");
    }

    @Override
    public void protection(int venue, boolean triggered) {
        protections.told(venue, triggered);
    }

    /// The protections for market makers of the venues.
    Protections protections() {
        return protections;
    }

    @Override
    public boolean triggered(int venue) {
        return protections.triggered(venue);
    }

    @Override
    public void notice(int venue, String text) {
        LOG.info("venue.notice venue={} text=\"{}\"", venue, text);
    }

    /// Pulls every quote, waits until the venues have confirmed or the patience is over, and ends.
    @Override
    public void close() {
        boolean quoting = board.frame().map(DeskFrame::allowed).orElse(true);
        stopping = true;
        sources.forEach(MarketSource::close);
        try {
            if (quoting) {
                order(Verb.CANCEL_ALL, SELF, "the process stops", Map.of());
            }
            long end = ticks.nanos() + config.value(TradingKeys.STOP).toNanos();
            while (active() > 0 && ticks.nanos() < end && !failed()) {
                TimeUnit.MILLISECONDS.sleep(SLICE_MILLIS);
            }
            LOG.info("desk.stopped orders_open={}", active());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feed.close();
        timer.shutdownNow();
        if (watchdog != null) {
            watchdog.close();
        }
        gateways.forEach(Gateway::close);
        loop.close();
        Tables open = tables;
        if (open != null) {
            open.close();
        }
        try {
            journal.append(Entry.END, ticks.epochNanos(), "{\"orders_open\":" + active() + "}");
        } catch (LogFullException e) {
            LOG.warn("journal.end-not-written", e);
        }
        journal.close();
    }

    private long active() {
        return board.frame().map(frame -> frame.orders().active()).orElse(0L);
    }
}
