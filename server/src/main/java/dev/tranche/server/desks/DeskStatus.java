package dev.tranche.server.desks;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What an engine said of its desk, once: `docs/reference/desk-status.md`. The names that decide what is
/// shown are held to their form; names that this server does not know are passed on as they came.
///
/// @param product the desk, which is the product whose status this is
/// @param engine who says it, another name at each start of an engine
/// @param seq 1, 2, 3, … of that engine
/// @param at the engine's clock
/// @param state such as `QUOTING` or `HALTED`
/// @param tree all of it
public record DeskStatus(String product, String engine, long seq, Instant at, String state, JsonNode tree) {
    /// A status of 100 strategies with two quotes each takes a third of it.
    public static final int BYTES = 512 << 10;

    /// Entries of any one list.
    static final int ENTRIES = 2_000;

    /// An engine's clock may be so far ahead of this node's.
    static final Duration AHEAD = Duration.ofSeconds(30);

    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/-]{1,128}");
    private static final Pattern STATE = Pattern.compile("[A-Z_]{1,32}");
    private static final List<String> LISTS =
            List.of("strategies", "greeks", "positions", "quotes", "venues", "notices");
    private static final List<String> TREES =
            List.of("breaker", "pnl", "orders", "hedges", "latency", "journal", "server");

    /// Reads a status.
    ///
    /// @param product the product of the door that it came to
    /// @throws IllegalArgumentException with the name, the value and what is allowed
    public static DeskStatus of(String product, JsonNode tree, Instant now) {
        String desk = text(tree, "desk", PRODUCT);
        if (!desk.equals(product)) {
            throw new IllegalArgumentException("desk must be the product of the door, " + product + ": " + desk);
        }
        JsonNode seq = tree.path("seq");
        if (!seq.isIntegralNumber() || !seq.canConvertToLong() || seq.longValue() < 1) {
            throw new IllegalArgumentException("seq must be a whole number from 1: " + shown(seq));
        }
        for (String name : LISTS) {
            list(tree, name);
        }
        for (String name : TREES) {
            if (!tree.path(name).isMissingNode() && !tree.path(name).isObject()) {
                throw new IllegalArgumentException(name + " must be an object: " + shown(tree.path(name)));
            }
        }
        if (!tree.has("strategies") || !tree.has("breaker")) {
            throw new IllegalArgumentException(
                    "a status has strategies and breaker: it has " + String.join(", ", tree.propertyNames()));
        }
        text(tree.path("breaker"), "state", STATE);
        return new DeskStatus(
                product, text(tree, "engine", WORD), seq.longValue(), at(tree, now), text(tree, "state", STATE), tree);
    }

    private static void list(JsonNode tree, String name) {
        JsonNode list = tree.path(name);
        if (list.isMissingNode()) {
            return;
        }
        if (!list.isArray() || list.size() > ENTRIES) {
            throw new IllegalArgumentException(name + " must be a list of at most " + ENTRIES + ": " + shown(list));
        }
        for (JsonNode each : list) {
            if (!each.isObject()) {
                throw new IllegalArgumentException(name + " must hold objects: " + shown(each));
            }
        }
    }

    private static Instant at(JsonNode tree, Instant now) {
        JsonNode at = tree.path("at");
        try {
            Instant time = Instant.parse(at.asString(""));
            if (!time.isAfter(now.plus(AHEAD))) {
                return time;
            }
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("at must be a time, 2026-11-20T18:00:00.250Z: " + shown(at), wrong);
        }
        throw new IllegalArgumentException(
                "at lies more than " + AHEAD.toSeconds() + " s ahead of this server's " + now + ": " + shown(at));
    }

    private static String text(JsonNode tree, String name, Pattern pattern) {
        JsonNode value = tree.path(name);
        if (!value.isString() || !pattern.matcher(value.stringValue()).matches()) {
            throw new IllegalArgumentException(name + " must be " + pattern + ": " + shown(value));
        }
        return value.stringValue();
    }

    /// The beginning of a value, for refusals.
    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
