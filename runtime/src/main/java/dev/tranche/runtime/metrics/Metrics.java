package dev.tranche.runtime.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.ArrayList;
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

    /// One number of a metric that has many.
    public record Point(Map<String, String> labels, double value) {}

    /// A metric whose series come and go.
    ///
    /// @param name with dots; of a counter `_total` is added
    /// @param points asked for at each scrape
    public void series(String name, String help, boolean counter, Supplier<List<Point>> points) {
        String shown = name.replace('.', '_');
        registry.getPrometheusRegistry().register(new Collector() {
            @Override
            public MetricSnapshot collect() {
                return counter ? counters(shown, help, points.get()) : gauges(shown, help, points.get());
            }
        });
    }

    private static MetricSnapshot counters(String name, String help, List<Point> points) {
        CounterSnapshot.Builder all = CounterSnapshot.builder().name(name).help(help);
        points.forEach(point -> all.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(point))
                .value(point.value())
                .build()));
        return all.build();
    }

    private static MetricSnapshot gauges(String name, String help, List<Point> points) {
        GaugeSnapshot.Builder all = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(point -> all.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels(point))
                .value(point.value())
                .build()));
        return all.build();
    }

    private static Labels labels(Point point) {
        Labels.Builder labels = Labels.builder();
        point.labels().forEach(labels::label);
        return labels.build();
    }

    /// Upper bounds of the buckets of [#histogram], in nanoseconds: 1-2-5 from a microsecond to ten seconds.
    static final long[] BOUNDS = bounds();

    private static long[] bounds() {
        long[] bounds = new long[22];
        long decade = 1000;
        for (int i = 0; i < bounds.length; i += 3) {
            bounds[i] = decade;
            if (i + 2 < bounds.length) {
                bounds[i + 1] = 2 * decade;
                bounds[i + 2] = 5 * decade;
            }
            decade *= 10;
        }
        return bounds;
    }

    /// Durations that are counted elsewhere, as a histogram in seconds.
    ///
    /// @param name with dots; `_seconds` is added
    /// @param counts asked for at each scrape
    public void histogram(String name, String help, Supplier<LatencySnapshot> counts) {
        String shown = name.replace('.', '_') + "_seconds";
        registry.getPrometheusRegistry().register(new Collector() {
            @Override
            public MetricSnapshot collect() {
                LatencySnapshot now = counts.get();
                List<Double> upper = new ArrayList<>();
                List<Long> within = new ArrayList<>();
                long before = 0;
                for (long bound : BOUNDS) {
                    long upTo = now.count() - now.countAbove(Duration.ofNanos(bound));
                    upper.add(bound / 1e9);
                    within.add(upTo - before);
                    before = upTo;
                }
                upper.add(Double.POSITIVE_INFINITY);
                within.add(now.count() - before);
                return HistogramSnapshot.builder()
                        .name(shown)
                        .help(help)
                        .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(ClassicHistogramBuckets.of(upper, within))
                                .sum(now.sumNanos() / 1e9)
                                .build())
                        .build();
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
