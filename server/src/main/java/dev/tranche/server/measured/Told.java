package dev.tranche.server.measured;

import dev.tranche.release.Mode;
import dev.tranche.release.VersionName;
import dev.tranche.runtime.metrics.LatencySnapshot;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A line of the measurement `tranche_signal`, understood.
///
/// @param mode the engine's mode
/// @param sender who tells, another name at each of its starts
/// @param seq its number for this series, from 1
/// @param endMillis end of the interval, milliseconds since 1970
/// @param spanMillis its length, 1..60000
/// @param up whether the engine had something to work on
/// @param memoryUsed memory in use of memory allowed, 0..1
record Told(
        SeriesKey series,
        Mode mode,
        String sender,
        long seq,
        long endMillis,
        int spanMillis,
        boolean up,
        Counts counts,
        OptionalDouble memoryUsed) {
    static final String MEASUREMENT = "tranche_signal";

    /// Lines that ended longer ago are refused.
    static final Duration LATE = Duration.ofHours(1);

    /// Lines that end further ahead of this node's clock are refused.
    static final Duration AHEAD = Duration.ofSeconds(30);

    private static final int LONGEST_SPAN = 60_000;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");
    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final SequencedSet<String> TAGS = names("product", "version", "entity", "mode", "sender");
    private static final SequencedSet<String> FIELDS = names(
            "seq",
            "events",
            "errors",
            "invalid",
            "span_ms",
            "up",
            "closed_all",
            "closed_bull",
            "closed_bear",
            "closed_conflict",
            "event_latency",
            "detection_latency",
            "pipeline_latency",
            "memory_used");

    /// Reads a line.
    ///
    /// @param arrivedMillis when it came; stands in for a timestamp that it does not have
    /// @throws IllegalArgumentException with the name, the value and what is allowed
    static Told of(Line line, Precision precision, long arrivedMillis) {
        if (!line.measurement().equals(MEASUREMENT)) {
            throw new IllegalArgumentException("measurement must be " + MEASUREMENT + ": " + line.measurement());
        }
        known("tag", line.tags().keySet(), TAGS);
        known("field", line.fields().keySet(), FIELDS);
        VersionName version = VersionName.parse(tag(line, "version", "[A-Za-z0-9_.-]{1,128}"));
        SeriesKey series =
                new SeriesKey(tag(line, "product", PRODUCT.pattern()), version.toString(), tag(line, "entity"));
        if (!version.exact() || !version.product().equals(series.product())) {
            throw new IllegalArgumentException(
                    "version must be an exact version of the product " + series.product() + ": " + version);
        }
        long end =
                line.timestamp().isPresent() ? precision.millis(line.timestamp().getAsLong()) : arrivedMillis;
        if (end < arrivedMillis - LATE.toMillis() || end > arrivedMillis + AHEAD.toMillis()) {
            throw new IllegalArgumentException("the interval must have ended within the last hour, and at most "
                    + AHEAD.toSeconds() + " s ahead: it ended " + (arrivedMillis - end) + " ms ago in the unit "
                    + precision);
        }
        return new Told(
                series,
                Mode.parse(tag(line, "mode")),
                tag(line, "sender"),
                number(line, "seq", 1, Long.MAX_VALUE, Optional.empty()),
                end,
                (int) number(line, "span_ms", 1, LONGEST_SPAN, Optional.of(1_000L)),
                flag(line, "up"),
                counts(line),
                memory(line));
    }

    private static Counts counts(Line line) {
        long events = number(line, "events", 0, Integer.MAX_VALUE, Optional.empty());
        return new Counts(
                events,
                number(line, "errors", 0, events, Optional.of(0L)),
                count(line, "invalid"),
                count(line, "closed_all"),
                count(line, "closed_bull"),
                count(line, "closed_bear"),
                count(line, "closed_conflict"),
                histogram(line, "event_latency"),
                histogram(line, "detection_latency"),
                histogram(line, "pipeline_latency"));
    }

    private static long count(Line line, String field) {
        return number(line, field, 0, Integer.MAX_VALUE, Optional.of(0L));
    }

    private static long number(Line line, String field, long least, long most, Optional<Long> otherwise) {
        return switch (line.fields().get(field)) {
            case null ->
                otherwise.orElseThrow(() -> new IllegalArgumentException("the field " + field + " is missing"));
            case Value.Whole(long value) when value >= least && value <= most -> value;
            case Value.Whole(long value) ->
                throw new IllegalArgumentException(field + " must be within " + least + ".." + most + ": " + value);
            case Value other -> throw kind(field, "a whole number", other);
        };
    }

    private static boolean flag(Line line, String field) {
        return switch (line.fields().get(field)) {
            case null -> true;
            case Value.Flag(boolean value) -> value;
            case Value other -> throw kind(field, "a boolean", other);
        };
    }

    private static String histogram(Line line, String field) {
        return switch (line.fields().get(field)) {
            case null -> "";
            case Value.Text(String text) -> LatencySnapshot.parse(text).text();
            case Value other -> throw kind(field, "a histogram", other);
        };
    }

    private static OptionalDouble memory(Line line) {
        double share = switch (line.fields().get("memory_used")) {
            case null -> -1;
            case Value.Whole(long value) when value == 0 || value == 1 -> (double) value;
            case Value.Real(double value) when value >= 0 && value <= 1 -> value;
            case Value other -> throw new IllegalArgumentException("memory_used must be within 0..1: " + other);
        };
        return share < 0 ? OptionalDouble.empty() : OptionalDouble.of(share);
    }

    private static String tag(Line line, String name) {
        return tag(line, name, WORD.pattern());
    }

    private static String tag(Line line, String name, String pattern) {
        String value = line.tags().get(name);
        if (value == null || !value.matches(pattern)) {
            throw new IllegalArgumentException(
                    "the tag " + name + " must be " + pattern + ": " + (value == null ? "missing" : value));
        }
        return value;
    }

    private static IllegalArgumentException kind(String field, String wanted, Value found) {
        return new IllegalArgumentException(field + " must be " + wanted + ": " + found.kind());
    }

    private static void known(String what, Set<String> found, SequencedSet<String> known) {
        Set<String> unknown = new TreeSet<>(found);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "no such " + what + ": " + String.join(", ", unknown) + "; known are " + String.join(", ", known));
        }
    }

    private static SequencedSet<String> names(String... names) {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(List.of(names)));
    }
}
