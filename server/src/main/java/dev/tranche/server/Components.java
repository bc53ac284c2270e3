package dev.tranche.server;

import dev.tranche.release.Metric;
import dev.tranche.release.Reading;
import dev.tranche.runtime.metrics.MetricNames;
import dev.tranche.runtime.store.StoreState;
import dev.tranche.server.http.Health;
import dev.tranche.server.http.Health.Component;
import dev.tranche.server.http.Health.State;
import dev.tranche.server.journal.Shipping;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Route;
import dev.tranche.server.serving.Serving;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The components that health answers speak of, and the gauges beside them.
final class Components {
    /// Below this the disk is called short: a journal segment and some room for the database.
    private static final long DISK_SHORT_BYTES = 512L << 20;

    /// Above this share memory is called short (seed 000 §5.1: below 80 %); serving goes on.
    private static final double MEMORY_SHORT = 0.8;

    /// Above this the windows are called late.
    private static final Duration LATE = Duration.ofSeconds(5);

    private Components() {}

    static void add(Core core, Shipping shipping) {
        Health health = core.health();
        health.component("store", () -> store(core.store().state()));
        health.component("journal", () -> journal(core));
        health.component("models", () -> models(core));
        health.component("disk", () -> disk(core.settings().data()));
        health.component("memory", Components::memory);
        health.component("windows", () -> windows(core));
        core.windows().gauge(Metric.MEMORY_USED, (_, now) -> new Reading.Gauge(memoryUsed(), now));
        core.windows().gauge(Metric.HEALTH_FAILURES, (_, now) -> new Reading.Count(health.failuresInARow(), now));
        meters(core, shipping);
    }

    private static void meters(Core core, Shipping shipping) {
        MeterRegistry registry = core.metrics().registry();
        Gauge.builder(MetricNames.IN_FLIGHT, core.serving(), serving -> serving.inFlight())
                .register(registry);
        Gauge.builder(MetricNames.JOURNAL_BYTES, core.journal(), journal -> journal.diskBytes())
                .register(registry);
        Gauge.builder(MetricNames.JOURNAL_LAG, shipping, Shipping::lagBytes).register(registry);
        Gauge.builder(MetricNames.JOURNAL_FULL, core.journal(), journal -> journal.full() ? 1 : 0)
                .register(registry);
        Gauge.builder(MetricNames.DISK_FREE, core.settings().data(), Components::free)
                .register(registry);
        Gauge.builder(MetricNames.STORE_UP, core.store(), store -> store.state() instanceof StoreState.Up ? 1 : 0)
                .register(registry);
        FunctionCounter.builder(MetricNames.LATE_PREDICTIONS, core.serving(), serving -> serving.latePredictions())
                .register(registry);
        FunctionCounter.builder(MetricNames.SHADOW_DROPPED, core.serving().shadows(), shadows -> shadows.dropped())
                .register(registry);
        models(registry, core.artifacts());
        lanes(registry, core.serving());
    }

    private static void models(MeterRegistry registry, Artifacts artifacts) {
        Gauge.builder(MetricNames.MODELS, artifacts, each -> each.census().models())
                .register(registry);
        Gauge.builder(MetricNames.MODEL_USES, artifacts, each -> each.census().uses())
                .register(registry);
        FunctionCounter.builder(
                        MetricNames.MODELS_OPENED,
                        artifacts,
                        each -> each.census().opened())
                .register(registry);
        FunctionCounter.builder(
                        MetricNames.MODELS_CLOSED,
                        artifacts,
                        each -> each.census().closed())
                .register(registry);
        FunctionCounter.builder(
                        MetricNames.MODEL_LOAD_FAILURES,
                        artifacts,
                        each -> each.census().failed())
                .register(registry);
    }

    private static void lanes(MeterRegistry registry, Serving serving) {
        Gauge.builder(MetricNames.QUEUE_ROWS, serving, each -> each.pool().waiting())
                .register(registry);
        FunctionCounter.builder(MetricNames.QUEUE_REFUSED, serving, Serving::refused)
                .register(registry);
        FunctionCounter.builder(MetricNames.BATCHES, serving, Serving::calls).register(registry);
        FunctionCounter.builder(MetricNames.BATCH_ROWS, serving, Serving::calledTogether)
                .register(registry);
        FunctionCounter.builder(MetricNames.BATCH_RERUNS, serving, Serving::askedAgain)
                .register(registry);
    }

    private static Component store(StoreState state) {
        return switch (state) {
            case StoreState.Up up -> new Component(State.OK, "up since " + up.since());
            case StoreState.Starting _ -> new Component(State.DEGRADED, "starting; serving does not need it");
            case StoreState.Down down ->
                new Component(
                        State.DEGRADED, "away since " + down.since() + ": " + down.reason() + "; serving goes on");
            case StoreState.Closed _ -> new Component(State.DOWN, "closed");
        };
    }

    private static Component journal(Core core) {
        if (core.journal().refusing()) {
            return new Component(
                    State.DOWN, "the disk has no room for decisions, so what cannot be recorded is not answered");
        }
        return core.journal().full()
                ? new Component(
                        State.DEGRADED,
                        "the disk has no room for another segment; answers stop when the one at hand is full")
                : new Component(State.OK, core.journal().diskBytes() + " bytes on the disk");
    }

    private static Component models(Core core) {
        return core.routes().all().isEmpty()
                ? new Component(State.DEGRADED, "no version is live")
                : new Component(
                        State.OK,
                        core.routes().all().stream()
                                .map(Route::live)
                                .map(Object::toString)
                                .toList()
                                .toString());
    }

    private static Component disk(Path data) {
        long free = free(data);
        return free < DISK_SHORT_BYTES
                ? new Component(State.DEGRADED, free + " bytes are free, fewer than " + DISK_SHORT_BYTES)
                : new Component(State.OK, free + " bytes are free");
    }

    private static long free(Path data) {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("the disk of the data folder cannot be asked: " + data, e);
        }
    }

    private static Component memory() {
        double used = memoryUsed();
        String detail = Math.round(used * 100) + " % of the heap is in use";
        return new Component(used > MEMORY_SHORT ? State.DEGRADED : State.OK, detail);
    }

    private static double memoryUsed() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (double) runtime.maxMemory();
    }

    private static Component windows(Core core) {
        Duration lag = core.tail().lag();
        return lag.compareTo(LATE) > 0
                ? new Component(State.DEGRADED, "the windows are " + lag.toSeconds() + " s behind the journal")
                : new Component(State.OK, "current");
    }
}
