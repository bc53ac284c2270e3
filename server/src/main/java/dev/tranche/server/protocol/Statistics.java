package dev.tranche.server.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What the doors of the protocol did for each version since this node started: the statistics extension.
/// Answers of other doors are not counted here; the metrics and windows count them all. Thread-safe.
public final class Statistics {
    /// How often something was done and how long it took together.
    ///
    /// @param count how often
    /// @param ns how long, in nanoseconds
    public record Span(long count, long ns) {
        /// Never.
        public static final Span NONE = new Span(0, 0);
    }

    /// A version's numbers.
    ///
    /// @param name the model: its product
    /// @param version exact name
    /// @param lastInference milliseconds since 1970 of the last request, 0 when there was none
    /// @param inferenceCount rows answered
    /// @param executionCount requests answered
    /// @param success requests answered, from their first byte read to their outputs
    /// @param fail requests refused or failed
    /// @param queue time that requests of many rows waited for their turn
    /// @param computeInput time to put rows together from tensors
    /// @param computeInfer time to decide
    /// @param computeOutput time to put outputs together
    public record Model(
            String name,
            String version,
            long lastInference,
            long inferenceCount,
            long executionCount,
            Span success,
            Span fail,
            Span queue,
            Span computeInput,
            Span computeInfer,
            Span computeOutput) {}

    /// How long the parts of one request took, in nanoseconds.
    record Times(long queue, long input, long infer, long output, long whole) {}

    private static final class Timer {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void add(long took) {
            count.increment();
            nanos.add(Math.max(0, took));
        }

        Span span() {
            return new Span(count.sum(), nanos.sum());
        }
    }

    private static final class Counters {
        private final AtomicLong last = new AtomicLong();
        private final LongAdder rows = new LongAdder();
        private final Timer success = new Timer();
        private final Timer fail = new Timer();
        private final Timer queue = new Timer();
        private final Timer input = new Timer();
        private final Timer infer = new Timer();
        private final Timer output = new Timer();
    }

    private record Key(String product, String version) {}

    private final Map<Key, Counters> counters = new ConcurrentHashMap<>();

    Statistics() {}

    void answered(String product, String version, int rows, Times times, long nowMillis) {
        Counters own = of(product, version);
        own.last.accumulateAndGet(nowMillis, Math::max);
        own.rows.add(rows);
        own.success.add(times.whole());
        own.queue.add(times.queue());
        own.input.add(times.input());
        own.infer.add(times.infer());
        own.output.add(times.output());
    }

    void failed(String product, String version, long took, long nowMillis) {
        Counters own = of(product, version);
        own.last.accumulateAndGet(nowMillis, Math::max);
        own.fail.add(took);
    }

    private Counters of(String product, String version) {
        return counters.computeIfAbsent(new Key(product, version), _ -> new Counters());
    }

    /// The numbers of these versions, in their order; a version that was never asked has zeros.
    List<Model> of(String product, List<String> versions) {
        List<Model> models = new ArrayList<>();
        for (String version : versions) {
            models.add(model(product, version, counters.getOrDefault(new Key(product, version), new Counters())));
        }
        return models;
    }

    private static Model model(String product, String version, Counters own) {
        Span success = own.success.span();
        return new Model(
                product,
                version,
                own.last.get(),
                own.rows.sum(),
                success.count(),
                success,
                own.fail.span(),
                own.queue.span(),
                own.input.span(),
                own.infer.span(),
                own.output.span());
    }

    /// Every version that was ever asked here, by product.
    Map<String, List<String>> asked() {
        Map<String, List<String>> asked = new TreeMap<>();
        counters.keySet().stream()
                .sorted((one, other) -> one.version().compareTo(other.version()))
                .forEach(key -> asked.computeIfAbsent(key.product(), _ -> new ArrayList<>())
                        .add(key.version()));
        return asked;
    }
}
