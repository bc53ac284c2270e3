package dev.tranche.cli.command;

import dev.tranche.cli.MisuseException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Requests for `score` and `predict`: one JSON object, a list of them, or one a line.
final class Questions {
    private Questions() {}

    /// Reads requests; an object without `features` is taken as the features themselves.
    static List<ObjectNode> read(String text, String name) {
        List<ObjectNode> questions = new ArrayList<>();
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw MisuseException.because(name + " is empty: a JSON object is expected");
        }
        if (isLines(trimmed)) {
            trimmed.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> questions.add(question(Documents.json(line, name), name)));
            return questions;
        }
        JsonNode document = Documents.json(trimmed, name);
        if (document.isArray()) {
            document.forEach(item -> questions.add(question(item, name)));
        } else {
            questions.add(question(document, name));
        }
        return questions;
    }

    private static boolean isLines(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return lines.size() > 1
                && lines.stream()
                        .allMatch(line ->
                                line.strip().startsWith("{") && line.strip().endsWith("}"));
    }

    private static ObjectNode question(JsonNode item, String name) {
        if (!(item instanceof ObjectNode object)) {
            throw MisuseException.because(name + " must hold JSON objects: " + item);
        }
        if (object.has("features")) {
            return object;
        }
        ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
        wrapped.set("features", object);
        return wrapped;
    }
}
