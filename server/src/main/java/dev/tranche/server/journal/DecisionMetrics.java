package dev.tranche.server.journal;

import dev.tranche.runtime.metrics.MetricNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Counts decisions for the scrape, off the journal, so that the serving path pays nothing for it. One thread
/// feeds it.
public final class DecisionMetrics implements JournalTail.Fold {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500)
    };

    private record Key(String name, String product, String version, String one, String other) {}

    private final MeterRegistry registry;
    private final Map<Key, Counter> counters = new HashMap<>();
    private final Map<Key, Timer> timers = new HashMap<>();

    private DecisionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Metrics in a registry.
    public static DecisionMetrics in(MeterRegistry registry) {
        return new DecisionMetrics(registry);
    }

    @Override
    public void take(long position, JournalRecord journalRecord) {
        counter(MetricNames.JOURNAL_RECORDS, "", "", "", "").increment();
        switch (journalRecord) {
            case DecisionRecord decision -> decision(decision);
            case ShadowRecord shadow ->
                counter(
                                MetricNames.SHADOW_SCORES,
                                shadow.product(),
                                shadow.subject(),
                                shadow.error() == null ? "scored" : "failed",
                                "")
                        .increment();
            case OutcomeRecord outcome ->
                counter(MetricNames.OUTCOMES, outcome.product(), "", "", "").increment();
            case LayoutRecord _ -> {}
        }
    }

    private void decision(DecisionRecord decision) {
        Answer answer = decision.answer();
        String product = decision.product();
        String version = decision.model().name();
        String action =
                answer.action() == null ? "none" : answer.action().name().toLowerCase(Locale.ROOT);
        counter(MetricNames.DECISIONS, product, version, answer.source().word(), action)
                .increment();
        if (answer.cause() != Answer.Cause.NONE) {
            String cause = answer.cause().name().toLowerCase(Locale.ROOT);
            counter(MetricNames.FALLBACKS, product, version, cause, "").increment();
        }
        timers.computeIfAbsent(
                        new Key(MetricNames.DECISION_LATENCY, product, version, "", ""),
                        key -> Timer.builder(key.name())
                                .tag("product", product)
                                .tag("version", version)
                                .serviceLevelObjectives(BUCKETS)
                                .register(registry))
                .record(decision.latencyNanos(), TimeUnit.NANOSECONDS);
    }

    private Counter counter(String name, String product, String version, String one, String other) {
        return counters.computeIfAbsent(new Key(name, product, version, one, other), key -> {
            Counter.Builder builder = Counter.builder(key.name());
            tag(builder, "product", product);
            tag(builder, "version", version);
            switch (name) {
                case MetricNames.DECISIONS -> {
                    tag(builder, "source", one);
                    tag(builder, "decision", other);
                }
                case MetricNames.FALLBACKS -> tag(builder, "reason", one);
                case MetricNames.SHADOW_SCORES -> tag(builder, "result", one);
                default -> {}
            }
            return builder.register(registry);
        });
    }

    private static void tag(Counter.Builder builder, String name, String value) {
        if (!value.isEmpty()) {
            builder.tag(name, value);
        }
    }
}
