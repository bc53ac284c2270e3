package dev.tranche.cli.command;

import dev.tranche.cli.MisuseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Outcomes as people keep them: CSV from a spreadsheet, or JSON.
final class OutcomeFile {
    private static final Set<String> KNOWN = Set.of("decision_id", "loan_id", "outcome", "observed_at", "product");

    private OutcomeFile() {}

    static List<ObjectNode> read(String text, String name) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw MisuseException.because(name + " is empty: outcomes are expected");
        }
        char first = trimmed.charAt(0);
        return first == '{' || first == '[' ? json(trimmed, name) : csv(trimmed, name);
    }

    private static List<ObjectNode> json(String text, String name) {
        List<ObjectNode> outcomes = new ArrayList<>();
        boolean lines = text.charAt(0) == '{'
                && text.lines().count() > 1
                && text.lines().allMatch(OutcomeFile::isObject);
        if (lines) {
            text.lines().forEach(line -> outcomes.add(object(Documents.json(line, name), name)));
            return outcomes;
        }
        JsonNode document = Documents.json(text, name);
        JsonNode list = document.has("outcomes") ? document.path("outcomes") : document;
        if (list.isArray()) {
            list.forEach(item -> outcomes.add(object(item, name)));
        } else {
            outcomes.add(object(list, name));
        }
        return outcomes;
    }

    private static boolean isObject(String line) {
        return line.strip().startsWith("{") && line.strip().endsWith("}");
    }

    private static ObjectNode object(JsonNode item, String name) {
        if (item instanceof ObjectNode object) {
            return object;
        }
        throw MisuseException.because(name + " must hold JSON objects: " + item);
    }

    private static List<ObjectNode> csv(String text, String name) {
        List<String> lines = text.lines().toList();
        List<String> headings = cells(lines.getFirst());
        for (String heading : headings) {
            if (!KNOWN.contains(heading)) {
                throw MisuseException.because(name + " has a column " + heading
                        + "; known are decision_id, loan_id, outcome, observed_at, product");
            }
        }
        List<ObjectNode> outcomes = new ArrayList<>();
        for (int line = 1; line < lines.size(); line++) {
            if (!lines.get(line).isBlank()) {
                outcomes.add(row(headings, cells(lines.get(line)), name + " line " + (line + 1)));
            }
        }
        return outcomes;
    }

    private static ObjectNode row(List<String> headings, List<String> cells, String where) {
        if (cells.size() != headings.size()) {
            throw MisuseException.because(
                    where + " has " + cells.size() + " cells; the headings are " + headings.size());
        }
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        for (int c = 0; c < headings.size(); c++) {
            String cell = cells.get(c);
            if (headings.get(c).equals("outcome")) {
                if (!cell.equals("0") && !cell.equals("1")) {
                    throw MisuseException.because(where + ": outcome must be 0 (good) or 1 (bad): " + cell);
                }
                outcome.put("outcome", Integer.parseInt(cell));
            } else if (!cell.isEmpty()) {
                outcome.put(headings.get(c), cell);
            }
        }
        return outcome;
    }

    /// The cells of a line. Ids and times hold no commas, so a cell in quotes is taken as it is without them.
    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(String::strip)
                .map(cell -> cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"")
                        ? cell.substring(1, cell.length() - 1)
                        : cell)
                .toList();
    }
}
