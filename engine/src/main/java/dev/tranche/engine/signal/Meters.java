package dev.tranche.engine.signal;

import dev.tranche.market.divergence.Kind;
import dev.tranche.market.divergence.Source;
import dev.tranche.runtime.metrics.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// What the engine exports, under the names of [MeterNames]. Series that can be known ahead exist from
/// the start with their zeros, so that a rule over them sees a number and not nothing. Thread-safe.
public final class Meters {
    /// Why handling an event can fail.
    public enum Cause {
        /// The record log could not take a signal.
        LOG,
        /// Something that should not happen did; the log for people has it.
        FAILURE
    }

    private static final Duration[] LATENCIES = {
        Duration.ofNanos(1_000),
        Duration.ofNanos(2_500),
        Duration.ofNanos(10_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };
    private static final double[] SCORES = {10, 20, 30, 35, 40, 50, 60, 70, 80, 90, 100};
    private static final double[] GAPS = {5, 10, 15, 20, 30, 40, 60, 80, 120, 200, 400, 800};

    private static final List<Integer> SEED_HORIZONS = List.of(10, 20);

    private final Metrics metrics;
    private final MeterRegistry registry;
    private final Map<String, Mean> returns = new ConcurrentHashMap<>();

    private Meters(Metrics metrics) {
        this.metrics = metrics;
        this.registry = metrics.registry();
        for (Source source : Source.values()) {
            score(source);
            gap(source);
            for (Kind kind : Kind.values()) {
                if (kind != Kind.CONFLICT || source == Source.FUSION) {
                    events(source, kind);
                }
            }
        }
        for (Cause cause : Cause.values()) {
            error(cause);
        }
        configRefused();
        updateFailed();
        horizons(SEED_HORIZONS);
    }

    /// Meters in `metrics`.
    public static Meters in(Metrics metrics) {
        return new Meters(metrics);
    }

    private Counter events(Source source, Kind kind) {
        return Counter.builder(MeterNames.EVENTS)
                .description("signals told")
                .tags("source", source.name(), "side", kind.side(), "kind", word(kind))
                .register(registry);
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private DistributionSummary score(Source source) {
        return DistributionSummary.builder(MeterNames.SCORE)
                .description("scores of signals, 0 to 100")
                .tag("source", source.name())
                .serviceLevelObjectives(SCORES)
                .register(registry);
    }

    private DistributionSummary gap(Source source) {
        return DistributionSummary.builder(MeterNames.PAIRING_GAP)
                .description("bars between the two pivots of signals")
                .baseUnit("bars")
                .tag("source", source.name())
                .serviceLevelObjectives(GAPS)
                .register(registry);
    }

    /// A signal was told.
    public void told(Signal signal) {
        Source source = signal.event().source();
        events(source, signal.event().kind()).increment();
        score(source).record(signal.event().score().points());
        gap(source).record((double) signal.event().separation());
    }

    /// Horizons whose returns are going to be measured.
    public void horizons(List<Integer> horizons) {
        for (Source source : Source.values()) {
            horizons.forEach(horizon -> {
                mean(horizon, source);
                measured(horizon, source);
                hits(horizon, source);
            });
        }
    }

    /// A return was measured.
    public void measured(Outcome outcome) {
        Source source = outcome.of().event().source();
        mean(outcome.horizonBars(), source).add(outcome.forwardReturn());
        measured(outcome.horizonBars(), source).increment();
        if (outcome.hit()) {
            hits(outcome.horizonBars(), source).increment();
        }
    }

    private Mean mean(int horizon, Source source) {
        return returns.computeIfAbsent(horizon + " " + source, _ -> {
            Mean mean = new Mean();
            Gauge.builder(MeterNames.FORWARD_RETURN, mean, Mean::value)
                    .description("mean return after signals in their direction, before costs")
                    .tags("horizon", "" + horizon, "source", source.name())
                    .strongReference(true)
                    .register(registry);
            return mean;
        });
    }

    private Counter measured(int horizon, Source source) {
        return Counter.builder(MeterNames.FORWARD_RETURNS)
                .description("forward returns measured")
                .tags("horizon", "" + horizon, "source", source.name())
                .register(registry);
    }

    private Counter hits(int horizon, Source source) {
        return Counter.builder(MeterNames.HITS)
                .description("signals after which the price went the way they said")
                .tags("horizon", "" + horizon, "source", source.name())
                .register(registry);
    }

    private Counter error(Cause cause) {
        return Counter.builder(MeterNames.ERRORS)
                .description("events whose handling failed")
                .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    /// Handling an event failed.
    public void failed(Cause cause) {
        error(cause).increment();
    }

    private Counter configRefused() {
        return Counter.builder(MeterNames.CONFIG_LOAD_ERRORS)
                .description("configuration files that were refused")
                .register(registry);
    }

    /// A configuration file was refused.
    public void refusedConfiguration() {
        configRefused().increment();
    }

    private Counter updateFailed() {
        return Counter.builder(MeterNames.HOT_UPDATE_ERRORS)
                .description("changes while running that could not be put in force")
                .register(registry);
    }

    /// A change while running could not be put in force.
    public void failedUpdate() {
        updateFailed().increment();
    }

    /// Counts faults of one stream's feed.
    public Counter invalid(String symbol, String fault) {
        return Counter.builder(MeterNames.INVALID)
                .description("market events left out because the feed was wrong")
                .tags("symbol", symbol, "fault", fault)
                .register(registry);
    }

    /// Counts market events of one stream.
    public Counter marketEvents(String symbol) {
        return Counter.builder(MeterNames.MARKET_EVENTS)
                .description("market events taken in")
                .tag("symbol", symbol)
                .register(registry);
    }

    /// Counts lost connections of one stream.
    public Counter reconnects(String symbol) {
        return Counter.builder(MeterNames.RECONNECTS)
                .description("connections lost")
                .tag("symbol", symbol)
                .register(registry);
    }

    /// Counts everything that detectors found.
    public Counter found(String symbol) {
        return Counter.builder(MeterNames.FOUND)
                .description("events that the detector found")
                .tag("symbol", symbol)
                .register(registry);
    }

    /// A latency of one stream; `name` is one of the three of [MeterNames].
    public Timer latency(String name, String symbol) {
        return Timer.builder(name)
                .tag("symbol", symbol)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    /// A number of one stream that is asked for when it is wanted.
    public <T> void gauge(String name, String symbol, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .strongReference(true)
                .tag("symbol", symbol)
                .register(registry);
    }

    /// A number of the whole engine that is asked for when it is wanted.
    public <T> void gauge(String name, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).strongReference(true).register(registry);
    }

    /// What is in force, asked for when it is wanted: one set of labels for each symbol and version.
    public void active(Supplier<List<Map<String, String>>> labels) {
        metrics.info(MeterNames.ACTIVE_CONFIG, "the configuration in force", labels);
    }

    private static final class Mean {
        private double sum;
        private long count;

        synchronized void add(double value) {
            sum += value;
            count++;
        }

        /// NaN, which is no number to Prometheus either, as long as nothing was measured.
        synchronized double value() {
            return count == 0 ? Double.NaN : sum / count;
        }
    }
}
