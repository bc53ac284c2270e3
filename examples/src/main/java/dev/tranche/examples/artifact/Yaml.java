package dev.tranche.examples.artifact;

import dev.tranche.inference.format.Json;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a value as YAML that a person likes to read: objects in blocks down to a depth, one line each below
/// it; lists of objects one line an item; texts in double quotes.
public final class Yaml {

    private Yaml() {}

    /// @param depth how many levels of objects are written as blocks, at least 1
    public static String of(Json.Struct value, int depth) {
        StringBuilder text = new StringBuilder();
        block(value, depth, "", text);
        return text.toString();
    }

    private static void block(Json.Struct value, int depth, String indent, StringBuilder text) {
        for (Map.Entry<String, Json> member : value.members().entrySet()) {
            text.append(indent).append(key(member.getKey())).append(':');
            if (member.getValue() instanceof Json.Struct struct && depth > 1) {
                text.append('\n');
                block(struct, depth - 1, indent + "  ", text);
            } else if (member.getValue() instanceof Json.Items(var items)
                    && items.stream().allMatch(Json.Struct.class::isInstance)) {
                text.append('\n');
                for (Json item : items) {
                    text.append(indent).append("  - ").append(flow(item)).append('\n');
                }
            } else {
                text.append(' ').append(flow(member.getValue())).append('\n');
            }
        }
    }

    private static String flow(Json value) {
        return switch (value) {
            case Json.Struct struct ->
                struct.members().entrySet().stream()
                        .map(member -> key(member.getKey()) + ": " + flow(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Json.Items items ->
                items.values().stream().map(Yaml::flow).collect(Collectors.joining(", ", "[", "]"));
            case Json.Text _, Json.Num _, Json.Flag _, Json.Null _ -> value.canonical();
        };
    }

    private static String key(String key) {
        return key.matches("[A-Za-z_][A-Za-z0-9_]*") ? key : Json.of(key).canonical();
    }
}
