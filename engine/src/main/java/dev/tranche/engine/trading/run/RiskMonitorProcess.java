package dev.tranche.engine.trading.run;

import dev.tranche.engine.http.Health;
import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.metrics.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The risk monitor: looks at a desk's status each quarter of a second with limits of its own, and kills the
/// desk when one is passed. In the engine's process or in one of its own. Thread-safe.
public final class RiskMonitorProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RiskMonitorProcess.class);
    private static final long LOOK_MILLIS = 250;
    private static final String SELF = "risk-monitor";

    /// The desk that is watched.
    interface Watched {
        /// Its status.
        JsonNode status() throws IOException, InterruptedException;

        /// Kills it; why it could not be, blank when it is done.
        String kill(String who, String reason) throws IOException, InterruptedException;
    }

    private final Watched watched;
    private final Supplier<Config> config;
    private final Ticks ticks;
    private final RiskRules rules = new RiskRules();
    private final Thread thread;
    private volatile boolean closed;
    private volatile long heardNanos;
    private volatile long heardSeq = -1;
    private volatile @Nullable JsonNode status;
    private volatile String killed = "";
    private volatile String unable = "";
    private final AtomicLong kills = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    private RiskMonitorProcess(Watched watched, Supplier<Config> config, Ticks ticks) {
        this.watched = watched;
        this.config = config;
        this.ticks = ticks;
        this.heardNanos = ticks.nanos();
        this.thread = Thread.ofPlatform().daemon().name("risk-monitor").unstarted(this::run);
    }

    /// Begins to watch.
    ///
    /// @param config the limits in force, asked for at each look
    static RiskMonitorProcess start(Watched watched, Supplier<Config> config, Ticks ticks) {
        RiskMonitorProcess process = of(watched, config, ticks);
        process.thread.start();
        return process;
    }

    /// One that looks when it is told to.
    static RiskMonitorProcess of(Watched watched, Supplier<Config> config, Ticks ticks) {
        return new RiskMonitorProcess(watched, config, ticks);
    }

    private void run() {
        try {
            while (!closed) {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            LOG.debug("risk-monitor.ended", e);
        }
    }

    /// One look. By one thread at a time.
    void look() throws InterruptedException {
        try {
            JsonNode now = watched.status();
            long seq = now.path("journal").path("events").asLong(-1);
            String state = now.path("state").asString("");
            // A desk that runs counts its ticks in every state; only one whose recordings have ended, or not begun,
            // is rightly silent.
            if (seq != heardSeq || state.equals("ENDED") || (state.equals("STARTING") && seq <= 0)) {
                heardSeq = seq;
                heardNanos = ticks.nanos();
            }
            status = now;
            Optional<String> why = rules.violated(now, config.get(), ticks.nanos());
            String breaker = now.path("breaker").path("state").asString("");
            if (!breaker.equals("KILLED")) {
                killed = ""; // never was, or somebody released it
            }
            if (why.isPresent() && !breaker.equals("KILLED")) {
                String refusal = watched.kill(SELF, why.get());
                kills.addAndGet(refusal.isEmpty() ? 1 : 0);
                killed = refusal.isEmpty() ? why.get() : "";
                unable = refusal.isEmpty() ? "" : refusal + ", for: " + why.get();
                LOG.error("risk-monitor.kill reason=\"{}\" refusal=\"{}\"", why.get(), refusal);
            }
        } catch (IOException e) {
            failures.incrementAndGet();
            LOG.debug("risk-monitor.engine-away", e);
        } catch (RuntimeException e) {
            // A status that cannot be read is none; the next look may find another.
            failures.incrementAndGet();
            LOG.error("risk-monitor.look-failed", e);
        }
    }

    /// Whether the desk tells something and lives.
    Health health() {
        long still = ticks.nanos() - heardNanos;
        if (still > config.get().value(TradingKeys.WATCH_SILENCE).toNanos()) {
            return new Health(List.of("the engine has told nothing new for " + still / 1_000_000 + " ms"));
        }
        List<String> problems = new ArrayList<>();
        JsonNode now = status;
        String state = now == null ? "" : now.path("state").asString("");
        if (now != null && (state.equals("FAILED") || state.equals("DETACHED"))) {
            problems.add("the engine is " + state + ": " + now.path("why").asString(""));
        }
        if (!killed.isEmpty()) {
            problems.add("the desk was killed: " + killed);
        }
        if (!unable.isEmpty()) {
            problems.add("the desk could not be killed: " + unable);
        }
        return new Health(problems);
    }

    /// What it sees.
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("killed", killed.isEmpty() ? null : killed);
        tree.put("age_ms", (ticks.nanos() - heardNanos) / 1_000_000);
        tree.put("desk", status);
        return tree;
    }

    /// What it exports.
    void meters(Metrics metrics) {
        Gauge.builder("risk.monitor.engine.age.seconds", this, each -> (ticks.nanos() - each.heardNanos) / 1e9)
                .description("since the engine told something new")
                .register(metrics.registry());
        FunctionCounter.builder("risk.monitor.kills", this, each -> each.kills.get())
                .description("desks killed")
                .register(metrics.registry());
        FunctionCounter.builder("risk.monitor.failures", this, each -> each.failures.get())
                .description("looks at the engine that failed")
                .register(metrics.registry());
    }

    /// The watched numbers under the names that dashboards use, for a monitor in a process of its own.
    void mirror(Metrics metrics) {
        mirrored(metrics, MarketMeterNames.BREAKER, "breaker", "code");
        mirrored(metrics, MarketMeterNames.DRAWDOWN, "pnl", "drawdown");
        mirrored(metrics, MarketMeterNames.PNL_24H, "pnl", "last_24h");
    }

    private void mirrored(Metrics metrics, String name, String group, String of) {
        Gauge.builder(name, this, each -> {
                    JsonNode now = each.status;
                    return now == null ? Double.NaN : now.path(group).path(of).asDouble(Double.NaN);
                })
                .description("as the engine told it last")
                .register(metrics.registry());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
