package dev.tranche.batch.divergence.read;

import java.util.Map;
import java.util.TreeMap;

/// Counts the rows of a file that were left out, by reason, and keeps the first of each. For one thread.
final class BadRows {
    private static final int LONGEST_VALUE = 60;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, String> firsts = new TreeMap<>();

    void add(long line, BadRowException row) {
        String value = String.valueOf(row.getMessage());
        String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
        add(row.reason(), "line " + line + ": " + shown);
    }

    /// Counts a fault that someone else found.
    void add(String reason, String first) {
        counts.merge(reason, 1L, Long::sum);
        firsts.putIfAbsent(reason, first);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    Map<String, String> firsts() {
        return new TreeMap<>(firsts);
    }
}
