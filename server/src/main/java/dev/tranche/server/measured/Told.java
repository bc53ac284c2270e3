package dev.tranche.server.measured;

import dev.tranche.release.Mode;
import dev.tranche.release.VersionName;
import dev.tranche.runtime.metrics.LatencySnapshot;
import java.math.BigDecimal;
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

/// A line of the measurement `tranche_signal` (a detector tells) or `tranche_desk` (a market maker tells),
/// understood.
///
/// @param mode the engine's mode
/// @param sender who tells, another name at each of its starts
/// @param seq its number for this series, from 1
/// @param endMillis end of the interval, milliseconds since 1970
/// @param spanMillis its length, 1..60000
/// @param up whether the engine had something to work on
record Told(
        SeriesKey series,
        Mode mode,
        String sender,
        long seq,
        long endMillis,
        int spanMillis,
        boolean up,
        Counts counts,
        Levels levels) {
    private static final String SIGNAL = "tranche_signal";
    private static final String DESK = "tranche_desk";

    /// Lines that ended longer ago are refused.
    static final Duration LATE = Duration.ofHours(1);

    /// Lines that end further ahead of this node's clock are refused.
    static final Duration AHEAD = Duration.ofSeconds(30);

    private static final int LONGEST_SPAN = 60_000;
    /// An equity below 0 has fallen by more than all of it; ten times its highest is no equity any more.
    private static final double DEEPEST = 10;
    /// No desk earns or loses more dollars in a day.
    private static final double MONEY = 1e12;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");
    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final SequencedSet<String> TAGS = names("product", "version", "entity", "mode", "sender");
    private static final Pattern STATE = Pattern.compile("[A-Z]{1,32}");
    private static final SequencedSet<String> DESK_FIELDS = names(
            "seq",
            "events",
            "errors",
            "invalid",
            "span_ms",
            "up",
            "quotes",
            "fills",
            "refusals",
            "event_latency",
            "quote_latency",
            "memory_used",
            "drawdown",
            "pnl",
            "breaker");
    private static final SequencedSet<String> SIGNAL_FIELDS = names(
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
        known("tag", line.tags().keySet(), TAGS);
        known("field", line.fields().keySet(), fields(line.measurement()));
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
                levels(line));
    }

    private static SequencedSet<String> fields(String measurement) {
        return switch (measurement) {
            case SIGNAL -> SIGNAL_FIELDS;
            case DESK -> DESK_FIELDS;
            case String other ->
                throw new IllegalArgumentException("measurement must be " + SIGNAL + " or " + DESK + ": " + other);
        };
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
                count(line, "quotes"),
                count(line, "fills"),
                count(line, "refusals"),
                histogram(line, "event_latency"),
                histogram(line, "detection_latency"),
                histogram(line, "pipeline_latency"),
                histogram(line, "quote_latency"));
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

    private static Levels levels(Line line) {
        return new Levels(
                level(line, "memory_used", 0, 1),
                level(line, "drawdown", 0, DEEPEST),
                level(line, "pnl", -MONEY, MONEY),
                state(line));
    }

    private static OptionalDouble level(Line line, String field, double least, double most) {
        return switch (line.fields().get(field)) {
            case null -> OptionalDouble.empty();
            case Value.Whole(long value) when value >= least && value <= most -> OptionalDouble.of((double) value);
            case Value.Real(double value) when value >= least && value <= most -> OptionalDouble.of(value);
            case Value other ->
                throw new IllegalArgumentException(
                        field + " must be within " + plain(least) + ".." + plain(most) + ": " + other);
        };
    }

    private static String plain(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }

    private static Optional<String> state(Line line) {
        return switch (line.fields().get("breaker")) {
            case null -> Optional.empty();
            case Value.Text(String text) when STATE.matcher(text).matches() -> Optional.of(text);
            case Value other -> throw new IllegalArgumentException("breaker must be " + STATE + ": " + other);
        };
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
