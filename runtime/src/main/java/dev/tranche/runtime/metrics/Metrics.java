package dev.tranche.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

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

    /// All meters in Prometheus text format 0.0.4.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
