package dev.tranche.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The process's registry and its text form for Prometheus. Thread-safe.
public final class Metrics implements AutoCloseable {
    /// Content type of `scrape()`.
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private Metrics() {}

    /// An empty registry.
    public static Metrics create() {
        return new Metrics();
    }

    /// Where meters are registered.
    public MeterRegistry registry() {
        return registry;
    }

    /// A metric whose value is its labels, as `version="v1"`: Prometheus shows it with the value 1.
    ///
    /// @param name with dots; must end in `.info`
    /// @param labels asked for at each scrape: one set of labels for each series
    public void info(String name, String help, Supplier<List<Map<String, String>>> labels) {
        if (!name.endsWith(".info")) {
            throw new IllegalArgumentException("the name of such a metric ends in .info: " + name);
        }
        String base = name.substring(0, name.length() - ".info".length()).replace('.', '_');
        registry.getPrometheusRegistry().register(new Collector() {
            @Override
            public MetricSnapshot collect() {
                InfoSnapshot.Builder all = InfoSnapshot.builder().name(base).help(help);
                for (Map<String, String> set : labels.get()) {
                    Labels.Builder one = Labels.builder();
                    set.forEach(one::label);
                    all.dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                            .labels(one.build())
                            .build());
                }
                return all.build();
            }
        });
    }

    /// All meters in Prometheus text format 0.0.4.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
