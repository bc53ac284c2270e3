package dev.tranche.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Reads the server's answers where their fields may be absent.
final class Answers {
    private Answers() {}

    /// The items of a list, whether it comes bare or as the one array of an object.
    static List<JsonNode> items(JsonNode answer) {
        List<JsonNode> items = new ArrayList<>();
        if (answer.isArray()) {
            answer.forEach(items::add);
        } else {
            answer.properties().stream()
                    .filter(field -> field.getValue().isArray())
                    .findFirst()
                    .ifPresent(field -> field.getValue().forEach(items::add));
        }
        return items;
    }

    /// The first of several fields that is there, as text; a list with commas; empty when none is.
    static String text(JsonNode node, String... names) {
        return first(node, names).map(Answers::plain).orElse("");
    }

    private static String plain(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Answers::plain)
                    .collect(Collectors.joining(", "));
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    /// The first of several fields that is a number; NaN when none is.
    static double number(JsonNode node, String... names) {
        return first(node, names)
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .orElse(Double.NaN);
    }

    /// A digest short enough for a table: its first twelve characters.
    static String shortened(String digest) {
        return digest.length() > 12 ? digest.substring(0, 12) : digest;
    }

    private static Optional<JsonNode> first(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
