package dev.tranche.cli.command;

import dev.tranche.cli.Session;
import dev.tranche.cli.screen.Table;
import dev.tranche.cli.screen.Text;
import dev.tranche.cli.screen.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// A JSON object for a reader: plain fields first, then each nested part under its name, lists of objects as
/// tables.
final class Sheet {
    private final Session session;

    private Sheet(Session session) {
        this.session = session;
    }

    static void print(Session session, JsonNode node) {
        new Sheet(session).object(node, "");
    }

    private void object(JsonNode node, String indent) {
        int longest = node.properties().stream()
                .filter(field -> isPlain(field.getValue()))
                .mapToInt(field -> Text.width(field.getKey()))
                .max()
                .orElse(0);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (isPlain(field.getValue())) {
                plain(field, longest, indent);
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            if (!isPlain(value)) {
                session.say(indent + session.ink().bold(field.getKey()));
                if (value.isObject()) {
                    object(value, indent + "  ");
                } else {
                    table(value, indent + "  ");
                }
            }
        }
    }

    private void plain(Map.Entry<String, JsonNode> field, int longest, String indent) {
        String label = indent + session.ink().dim(Text.padded(field.getKey(), longest)) + "  ";
        int room = Math.max(20, room() - Text.width(label));
        List<String> lines = Text.wrapped(value(field.getKey(), field.getValue()), room);
        for (int i = 0; i < lines.size(); i++) {
            session.say((i == 0 ? label : " ".repeat(Text.width(label))) + lines.get(i));
        }
    }

    private void table(JsonNode rows, String indent) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> row.properties().stream()
                .filter(field -> isPlain(field.getValue()))
                .forEach(field -> columns.add(field.getKey())));
        Table table = Table.of(columns.toArray(String[]::new));
        for (JsonNode row : rows) {
            table.row(columns.stream().map(name -> value(name, row.path(name))).toArray(String[]::new));
        }
        table.lines(session.ink(), Math.max(20, room() - indent.length())).forEach(line -> session.say(indent + line));
    }

    private String value(String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "-";
        }
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(value("", part)));
            return parts.isEmpty() ? "-" : String.join(", ", parts);
        }
        if (name.equals("verdict")) {
            return Verdict.of(value.asString()).symbol(session.ink()) + " " + value.asString();
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(field -> field.getKey() + "=" + value(field.getKey(), field.getValue()))
                    .collect(Collectors.joining(" "));
        }
        boolean time = name.equals("at") || name.equals("since") || name.equals("until") || name.endsWith("_at");
        return time && value.isString() ? session.moment(value.stringValue()) : value.asString();
    }

    /// Whether a value fits on one line: a scalar, or a list of scalars.
    private static boolean isPlain(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isValueNode);
        }
        return value.isValueNode();
    }

    private int room() {
        return session.world().screen().columns();
    }
}
