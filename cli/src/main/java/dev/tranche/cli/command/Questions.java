package dev.tranche.cli.command;

import dev.tranche.cli.MisuseException;
import dev.tranche.cli.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The requests of `score`, `predict` and `explain`: one JSON object, a list of them, or one a line.
final class Questions {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "JSON: an object, a list, or one object a line; standard input when left out.")
    private Path file = Path.of("-");

    /// The requests of the file.
    List<ObjectNode> read(Session session) {
        return read(
                Documents.text(session.world(), file),
                file.toString().equals("-") ? "standard input" : file.toString());
    }

    /// What stands in place of the file.
    String named() {
        return file.toString();
    }

    /// Writes a field that the request itself leaves out.
    static void fill(ObjectNode question, String name, String value) {
        if (!value.isEmpty() && !question.has(name)) {
            question.put(name, value);
        }
    }

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
