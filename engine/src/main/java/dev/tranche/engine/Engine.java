package dev.tranche.engine;

import dev.tranche.engine.divergence.Assignment;
import dev.tranche.engine.divergence.CalibrationVersion;
import dev.tranche.engine.divergence.EngineKeys;
import dev.tranche.engine.divergence.EngineSettings;
import dev.tranche.engine.divergence.Plan;
import dev.tranche.engine.divergence.StatusText;
import dev.tranche.engine.divergence.StreamStatus;
import dev.tranche.engine.divergence.StreamWorker;
import dev.tranche.engine.divergence.Tuning;
import dev.tranche.engine.feed.Recording;
import dev.tranche.engine.feed.Source;
import dev.tranche.engine.feed.Venue;
import dev.tranche.engine.http.EngineDoors;
import dev.tranche.engine.http.Health;
import dev.tranche.engine.signal.MeterNames;
import dev.tranche.engine.signal.Meters;
import dev.tranche.engine.signal.Mode;
import dev.tranche.engine.signal.SignalLog;
import dev.tranche.engine.signal.Texts;
import dev.tranche.engine.signal.Told;
import dev.tranche.engine.upstream.Measurements;
import dev.tranche.engine.upstream.RouteFollower;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.market.study.Fitness;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.ConfigWatch;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogFullException;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.metrics.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running divergence detector: streams, the record log, the doors, and the server above it where there
/// is one. Thread-safe.
///
/// What may change while it runs (parameters, versions, modes) is one immutable `Plan` that is swapped
/// whole. A plan that would not hold together is not put in force: the one before stays.
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Launch launch;
    private final Ticks ticks;
    private final ConfigWatch watch;
    private final Metrics metrics = Metrics.create();
    private final Meters meters = Meters.in(metrics);
    private final SignalLog log;
    private final EngineSettings settings;
    private volatile Plan plan;
    private final List<StreamWorker> workers = new ArrayList<>();
    private final Housekeeping housekeeping;
    private @Nullable TrancheServer server;
    private @Nullable RouteFollower follower;
    private @Nullable Measurements measurements;
    private @Nullable EngineDoors doors;

    private Engine(Launch launch, Ticks ticks, ConfigWatch watch, EngineSettings settings, SignalLog log) {
        this.launch = launch;
        this.ticks = ticks;
        this.watch = watch;
        this.settings = settings;
        this.log = log;
        this.plan = new Plan(Tuning.of(watch.current()), Map.of(), List.of());
        this.housekeeping = Housekeeping.of(log);
    }

    /// Starts an engine.
    ///
    /// @throws IOException when a file or folder cannot be used
    /// @throws IllegalArgumentException when the configuration or the calibration may not be used, with
    ///     the reason
    public static Engine start(Launch launch, Ticks ticks) throws IOException, InterruptedException {
        ConfigWatch watch = launch.open();
        @Nullable SignalLog log = null;
        @Nullable Engine engine = null;
        try {
            Config config = watch.current();
            EngineSettings settings = EngineSettings.of(config, launch.folder(), launch.pace());
            log = SignalLog.open(
                    launch.data(config).resolve("signals"),
                    LogSettings.of(Durability.parse(config.value(EngineKeys.DURABILITY)))
                            .withSegmentBytes(config.value(EngineKeys.SEGMENT)),
                    Math.toIntExact(config.value(EngineKeys.KEPT)),
                    config.value(EngineKeys.MAX_BYTES),
                    launch.lines(),
                    ticks);
            engine = new Engine(launch, ticks, watch, settings, log);
            engine.begin(config);
            return engine;
        } catch (IOException | RuntimeException | InterruptedException e) {
            if (engine != null) {
                engine.close();
            } else {
                watch.close();
                if (log != null) {
                    log.close();
                }
            }
            throw e;
        }
    }

    private void begin(Config config) throws IOException, InterruptedException {
        watch.rejection().ifPresent(_ -> meters.refusedConfiguration());
        watch.onChange(this::configured);
        meters.active(this::active);
        meters.gauge(MeterNames.DISK_FREE, this, Engine::freeBytes);
        meters.gauge(MeterNames.SERVER_AWAY, this, Engine::away);
        meters.gauge(MeterNames.LISTENERS, log, SignalLog::listeners);
        Optional<TrancheServer> above = launch.server(config);
        if (above.isPresent()) {
            follow(above.get(), config);
        } else {
            Assignment alone = new Assignment(launch.calibration(config), Mode.READ_ONLY);
            settings.streams()
                    .forEach(stream -> requireFit(alone, stream.instrument().symbol()));
            change(standing -> new Plan(standing.tuning(), Map.of(), List.of(alone)));
        }
        StreamWorker.Shared shared = new StreamWorker.Shared(ticks, log, meters, () -> plan);
        for (EngineSettings.StreamSettings stream : settings.streams()) {
            workers.add(StreamWorker.of(settings, stream.instrument(), source(stream.origin()), shared));
        }
        doors = EngineDoors.open(
                launch.host().orElseGet(() -> config.value(EngineKeys.HOST)),
                launch.port().orElseGet(() -> Math.toIntExact(config.value(EngineKeys.PORT))),
                new EngineDoors.Shown(log, metrics, this::status, this::health, launch.accessToken(config)));
        notice("started", Map.of("configuration", watch.current().digest()));
        workers.forEach(StreamWorker::start);
    }

    private void follow(TrancheServer above, Config config) throws IOException, InterruptedException {
        server = above;
        List<String> symbols = settings.streams().stream()
                .map(stream -> stream.instrument().symbol())
                .toList();
        String product = config.value(EngineKeys.PRODUCT);
        RouteFollower.Terms terms = new RouteFollower.Terms(
                product, symbols, settings.bar(), launch.data(config).resolve("server"), Duration.ofSeconds(5));
        RouteFollower route = RouteFollower.start(above, terms, ticks, this::routed, meters::failedUpdate);
        follower = route;
        measurements = Measurements.start(above, product, launch.sender(ticks.now()), ticks, this::streams);
        housekeeping.keepConfiguration(above, product, launch);
    }

    private void requireFit(Assignment assignment, String symbol) {
        Fitness fitness = assignment.version().fitness(ticks.now(), symbol, settings.bar());
        if (!(fitness instanceof Fitness.Fit)) {
            throw new IllegalArgumentException(
                    assignment.version().name() + " may not be used for " + symbol + ": " + fitness);
        }
    }

    private Source source(EngineSettings.Origin origin) {
        return switch (origin) {
            case EngineSettings.Origin.Recorded recorded ->
                Recording.of(recorded.file(), recorded.form(), recorded.pace(), ticks);
            case EngineSettings.Origin.Live live -> Venue.of(live.venue(), ticks, RandomGenerator.getDefault());
        };
    }

    private void configured(ConfigWatch.Change change) {
        switch (change) {
            case ConfigWatch.Change.Rejected _ -> meters.refusedConfiguration();
            case ConfigWatch.Change.Swapped(Config before, Config now) -> {
                Restart.keys(before, now).forEach(key -> LOG.warn("config.needs-restart key={}", key));
                try {
                    Tuning tuning = Tuning.of(now);
                    change(standing -> standing.with(tuning));
                    notice("configuration", Map.of("configuration", now.digest()));
                    housekeeping.configurationChanged();
                } catch (IllegalArgumentException e) {
                    meters.failedUpdate();
                    LOG.error("config.not-in-force reason=\"{}\"", e.getMessage(), e);
                }
            }
        }
    }

    private void routed(RouteFollower.Followed followed) {
        try {
            change(standing -> new Plan(standing.tuning(), followed.named(), followed.others()));
            notice("route", Map.of("epoch", "" + followed.epoch(), "versions", words(followed.named())));
        } catch (IllegalArgumentException e) {
            meters.failedUpdate();
            LOG.error("route.not-in-force epoch={} reason=\"{}\"", followed.epoch(), e.getMessage(), e);
        }
    }

    private synchronized void change(UnaryOperator<Plan> change) {
        plan = checked(change.apply(plan));
    }

    /// The plan, when every version of it can be tuned so.
    private static Plan checked(Plan wanted) {
        wanted.named()
                .values()
                .forEach(all ->
                        all.forEach(each -> wanted.tuning().over(each.version().book())));
        wanted.others().forEach(each -> wanted.tuning().over(each.version().book()));
        return wanted;
    }

    private static String words(Map<String, List<Assignment>> named) {
        StringBuilder words = new StringBuilder();
        named.forEach((symbol, all) -> all.forEach(each -> words.append(words.isEmpty() ? "" : ", ")
                .append(symbol)
                .append(' ')
                .append(each.version().name())
                .append(' ')
                .append(each.mode().word())));
        return words.toString();
    }

    private void notice(String about, Map<String, String> said) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", "notice");
        tree.put("about", about);
        tree.put("at", ticks.now().toString());
        tree.putAll(said);
        try {
            log.tell(Told.Type.NOTICE, Texts.of(tree));
        } catch (LogFullException e) {
            meters.failed(Meters.Cause.LOG);
            LOG.error("notice.not-recorded about={}", about, e);
        }
    }

    private List<Map<String, String>> active() {
        List<Map<String, String>> sets = new ArrayList<>();
        for (StreamStatus stream : streams()) {
            stream.tracks().forEach(track -> {
                Map<String, String> labels = new LinkedHashMap<>();
                labels.put("symbol", stream.symbol());
                labels.put("version", track.version());
                labels.put("mode", track.mode().word());
                labels.put("parameters", track.parameters());
                labels.put("config", plan.tuning().config().substring(0, 12));
                sets.add(labels);
            });
        }
        return sets;
    }

    private double away() {
        RouteFollower route = follower;
        return route != null && !route.reachable() ? 1 : 0;
    }

    private double freeBytes() {
        try {
            return log.freeBytes();
        } catch (IOException e) {
            LOG.debug("disk.unreadable", e);
            return Double.NaN;
        }
    }

    /// How the streams do.
    public List<StreamStatus> streams() {
        return workers.stream().map(StreamWorker::status).toList();
    }

    private Map<String, Object> status() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", ticks.now().toString());
        tree.put("detector", CalibrationVersion.DETECTOR);
        tree.put("execution", false);
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("digest", watch.current().digest());
        configuration.put("in_force", plan.tuning().config());
        watch.rejection().ifPresent(why -> configuration.put("refused", why.problems()));
        configuration.put("age_ms", watch.sinceCompared().toMillis());
        tree.put("configuration", configuration);
        RouteFollower route = follower;
        Measurements told = measurements;
        if (route != null && told != null) {
            Map<String, Object> above = new LinkedHashMap<>();
            above.put("reachable", route.reachable());
            above.put("route", route.state());
            above.put("epoch", route.followed().epoch());
            above.put("refused", route.followed().refused());
            above.put("measurements", told.state());
            tree.put("server", above);
        }
        tree.put("streams", streams().stream().map(StatusText::of).toList());
        tree.put("signals", Map.of("told", log.told(), "listeners", log.listeners(), "log_bytes", log.diskBytes()));
        return tree;
    }

    private Health health() {
        List<String> problems = new ArrayList<>();
        for (StreamStatus stream : streams()) {
            switch (stream.condition()) {
                case UP, ENDED -> {}
                case WAITING, SILENT, BOOK_INVALID, FAILED ->
                    problems.add(stream.symbol() + " is " + stream.condition().name() + ": " + stream.state());
            }
            if (stream.tracks().isEmpty()) {
                problems.add("no version is at work on " + stream.symbol());
            }
            stream.tracks().stream()
                    .filter(track -> !track.counts().closed())
                    .forEach(track -> problems.add(
                            "not everything found was told: " + track.version() + " on " + stream.symbol()));
        }
        if (log.full()) {
            problems.add("the disk of the record log is full");
        }
        RouteFollower route = follower;
        if (route != null) {
            problems.addAll(route.followed().refused());
        }
        return new Health(problems);
    }

    /// The port of the doors.
    public int port() {
        EngineDoors open = doors;
        if (open == null) {
            throw new IllegalStateException("the doors are not open yet");
        }
        return open.port();
    }

    /// Whether every stream has ended.
    public boolean ended() {
        return workers.stream().allMatch(StreamWorker::ended);
    }

    /// Whether some stream ended that should not have.
    public boolean failed() {
        return streams().stream().anyMatch(stream -> stream.condition() == StreamStatus.Condition.FAILED);
    }

    @Override
    public void close() throws IOException {
        for (StreamWorker worker : workers) {
            worker.close();
        }
        housekeeping.close();
        if (measurements != null) {
            measurements.close();
        }
        if (follower != null) {
            follower.close();
        }
        if (server != null) {
            server.close();
        }
        if (doors != null) {
            doors.close();
        }
        watch.close();
        log.close();
        metrics.close();
    }
}
