package dev.tranche.market.feed;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Counts faults by kind, and passes each on. One writer.
public final class FaultCounts implements FaultSink {
    private static final Fault[] KINDS = Fault.values();

    private final Map<Fault, long[]> counts = new EnumMap<>(Fault.class);
    private final FaultSink next;

    private FaultCounts(FaultSink next) {
        this.next = next;
        for (Fault kind : KINDS) {
            counts.put(kind, new long[1]);
        }
    }

    /// @param next hears each fault after it is counted
    public static FaultCounts before(FaultSink next) {
        return new FaultCounts(next);
    }

    /// Counts only.
    public static FaultCounts alone() {
        return new FaultCounts((fault, eventMillis, receivedNanos, found, expected) -> {});
    }

    @Override
    public void fault(Fault fault, long eventMillis, long receivedNanos, long found, long expected) {
        cell(fault)[0]++;
        next.fault(fault, eventMillis, receivedNanos, found, expected);
    }

    public long of(Fault fault) {
        return cell(fault)[0];
    }

    public long total() {
        long total = 0;
        for (Fault kind : KINDS) {
            total += of(kind);
        }
        return total;
    }

    /// Kinds that were seen, in the order of [Fault].
    public Map<Fault, Long> seen() {
        Map<Fault, Long> seen = new EnumMap<>(Fault.class);
        for (Fault kind : KINDS) {
            if (of(kind) > 0) {
                seen.put(kind, of(kind));
            }
        }
        return seen;
    }

    private long[] cell(Fault fault) {
        return Objects.requireNonNull(counts.get(fault));
    }
}
