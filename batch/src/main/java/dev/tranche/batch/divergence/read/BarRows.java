package dev.tranche.batch.divergence.read;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Bar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Rows of one symbol into bars: finds the interval from the first rows, then lets through what follows in
/// order. Holds back the first rows only. For one thread.
///
/// A bar's end is exclusive. Sources that write the last millisecond inside the bar (`…:59.999`) mean the
/// next one.
final class BarRows {
    private static final int ENOUGH_TO_TELL = 1000;
    private static final long LAST_OF_SECOND = 999;

    private final BarLayout layout;
    private final BadRows bad;
    private final Consumer<Bar> sink;
    private final List<Read> held = new ArrayList<>();
    private long interval;
    private long lastClose = Long.MIN_VALUE;
    private long first = Long.MIN_VALUE;
    private long bars;
    private long missing;
    private long gaps;

    /// One row before its start and end are both known.
    ///
    /// @param time the start, or the end where the layout knows no start
    private record Read(
            long line, long time, double open, double high, double low, double close, double volume, double takerBuy) {}

    /// @param interval when the user said it
    BarRows(BarLayout layout, OptionalLong interval, BadRows bad, Consumer<Bar> sink) {
        this.layout = layout;
        this.interval = interval.orElse(0);
        this.bad = bad;
        this.sink = sink;
    }

    void row(long line, Row row) throws BadRowException {
        long time = layout.openTime() >= 0 ? row.time(layout.openTime()) : end(row.time(layout.closeTime()));
        Read read = new Read(
                line,
                time,
                row.number(layout.open()),
                row.number(layout.high()),
                row.number(layout.low()),
                row.number(layout.close()),
                row.number(layout.volume()),
                row.numberOrMissing(layout.takerBuy()));
        if (interval == 0 && layout.openTime() >= 0 && layout.closeTime() >= 0) {
            long span = end(row.time(layout.closeTime())) - time;
            interval = span > 0 ? span : 0;
        }
        if (interval > 0) {
            flush();
            accept(read);
        } else {
            held.add(read);
            if (held.size() >= ENOUGH_TO_TELL) {
                tell();
            }
        }
    }

    /// Call when the file has ended.
    void end() {
        if (interval == 0 && !held.isEmpty()) {
            tell();
        }
        flush();
    }

    private static long end(long millis) {
        return Math.floorMod(millis, 1000L) == LAST_OF_SECOND ? millis + 1 : millis;
    }

    /// The distance that occurs most between neighbours, the shorter of equals.
    private void tell() {
        Map<Long, Integer> counts = new HashMap<>();
        for (int i = 1; i < held.size(); i++) {
            long distance = held.get(i).time() - held.get(i - 1).time();
            if (distance > 0) {
                counts.merge(distance, 1, Integer::sum);
            }
        }
        interval = counts.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey((a, b) -> Long.compare(b, a))))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> RefusedException.because(
                        "how long a bar lasts cannot be told from " + held.size() + " rows: say --interval 5m"));
    }

    private void flush() {
        if (held.isEmpty()) {
            return;
        }
        List<Read> first = List.copyOf(held);
        held.clear();
        for (Read read : first) {
            try {
                accept(read);
            } catch (BadRowException row) {
                bad.add(read.line(), row);
            }
        }
    }

    private void accept(Read read) throws BadRowException {
        long open = layout.openTime() >= 0 ? read.time() : read.time() - interval;
        long close = open + interval;
        if (lastClose != Long.MIN_VALUE && open < lastClose) {
            String when = java.time.Instant.ofEpochMilli(open).toString();
            throw BadRowException.of(close == lastClose ? "time is repeated" : "time goes back or overlaps", when);
        }
        Bar bar;
        try {
            bar = new Bar(
                    open,
                    close,
                    read.open(),
                    read.high(),
                    read.low(),
                    read.close(),
                    read.volume(),
                    read.takerBuy(),
                    Double.NaN);
        } catch (IllegalArgumentException impossible) {
            throw BadRowException.of("bar is impossible", String.valueOf(impossible.getMessage()));
        }
        if (lastClose == Long.MIN_VALUE) {
            first = open;
        } else if (open > lastClose) {
            gaps++;
            missing += Math.max(1, (open - lastClose) / interval);
        }
        lastClose = close;
        bars++;
        sink.accept(bar);
    }

    long bars() {
        return bars;
    }

    long intervalMillis() {
        return interval;
    }

    /// Holes in time.
    long gaps() {
        return gaps;
    }

    /// Bars that would have filled the holes.
    long missing() {
        return missing;
    }

    long from() {
        return first;
    }

    long to() {
        return lastClose;
    }
}
