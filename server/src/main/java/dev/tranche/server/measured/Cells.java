package dev.tranche.server.measured;

import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Counts by second for a quarter of an hour and by minute for a day. One writer.
final class Cells {
    private static final long SECONDS = 900;
    private static final long MINUTES = 24 * 60;
    /// A second counts as up when so much of it is covered.
    private static final int HALF_MILLIS = 500;

    private static final class Cell {
        private Counts counts = Counts.NONE;
        private int upMillis;
    }

    private final NavigableMap<Long, Cell> seconds = new TreeMap<>();
    private final NavigableMap<Long, Cell> minutes = new TreeMap<>();

    /// Counts a line at the second in which it ended, and as up every part of a second that it covers.
    void add(Told told) {
        long last = Math.floorDiv(told.endMillis() - 1, 1_000L);
        add(seconds, last, told.counts());
        add(minutes, last / 60, told.counts());
        long from = told.endMillis() - told.spanMillis();
        for (long second = Math.floorDiv(from, 1_000L); told.up() && second <= last; second++) {
            int covered = (int) (Math.min(told.endMillis(), (second + 1) * 1_000) - Math.max(from, second * 1_000));
            cell(seconds, second).upMillis += covered;
            cell(minutes, second / 60).upMillis += covered;
        }
        seconds.headMap(seconds.lastKey() - SECONDS).clear();
        minutes.headMap(minutes.lastKey() - MINUTES).clear();
    }

    private static void add(NavigableMap<Long, Cell> cells, long at, Counts counts) {
        Cell cell = cell(cells, at);
        cell.counts = cell.counts.plus(counts);
    }

    private static Cell cell(NavigableMap<Long, Cell> cells, long at) {
        return cells.computeIfAbsent(at, _ -> new Cell());
    }

    /// What ended within these seconds, both included; beyond a quarter of an hour by whole minutes.
    Counts counts(long from, long to) {
        Counts sum = Counts.NONE;
        boolean fine = to - from < SECONDS;
        NavigableMap<Long, Cell> within = fine
                ? seconds.subMap(from, true, Math.max(from, to), true)
                : minutes.subMap(ceil(from), true, to / 60, true);
        for (Cell cell : within.values()) {
            sum = sum.plus(cell.counts);
        }
        return sum;
    }

    /// How much of these seconds, both included, it was up; beyond a quarter of an hour by whole minutes.
    Coverage coverage(long from, long to) {
        if (to < from) {
            return Coverage.NONE;
        }
        if (to - from < SECONDS) {
            long up = seconds.subMap(from, true, to, true).values().stream()
                    .filter(cell -> cell.upMillis >= HALF_MILLIS)
                    .count();
            return new Coverage(up, to - from + 1);
        }
        long first = ceil(from);
        long last = (to + 1) / 60 - 1;
        long up = minutes.subMap(first, true, last, true).values().stream()
                .mapToLong(cell -> Math.min(60, Math.round(cell.upMillis / 1_000.0)))
                .sum();
        return new Coverage(up, (last - first + 1) * 60);
    }

    /// When the first counted second (or, further back, minute) from this second on began, in
    /// milliseconds.
    OptionalLong firstFrom(long second) {
        if (minutes.isEmpty() || minutes.lastKey() < second / 60) {
            return OptionalLong.empty();
        }
        boolean known = second >= seconds.lastKey() - SECONDS;
        Long first = known ? seconds.ceilingKey(second) : minutes.ceilingKey(ceil(second));
        return first == null ? OptionalLong.empty() : OptionalLong.of(first * (known ? 1_000 : 60_000));
    }

    private static long ceil(long second) {
        return Math.ceilDiv(second, 60L);
    }
}
