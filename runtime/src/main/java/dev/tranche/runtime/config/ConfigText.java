package dev.tranche.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// YAML to dotted paths and back. `server: {port: 8080}` and `server.port: 8080` are the same; twice the same
/// path in one file is a problem.
final class ConfigText {
    private static final String SECRET = "!secret";
    private static final int MAX_DEPTH = 16;

    /// A value as written; `where` is the file and line.
    record Entry(String text, boolean sealed, String where) {
        /// Values may be secrets.
        @Override
        public String toString() {
            return "Entry[" + where + "]";
        }
    }

    private final String file;
    private final List<String> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ConfigText(String file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /// The paths of one file; what is wrong is added to `problems`.
    static Map<String, Entry> read(String file, String yaml, List<String> problems) {
        ConfigText text = new ConfigText(file, problems);
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            new Compose(settings).composeString(yaml).ifPresent(root -> text.flatten("", root, 0));
        } catch (YamlEngineException e) {
            problems.add(file + " is not YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return text.entries;
    }

    private void flatten(String path, Node node, int depth) {
        String where = file
                + node.getStartMark()
                        .map(mark -> " line " + (mark.getLine() + 1))
                        .orElse("");
        switch (node) {
            case MappingNode mapping
            when depth <= MAX_DEPTH && !(mapping.getValue().isEmpty() && path.endsWith("]")) -> {
                for (NodeTuple pair : mapping.getValue()) {
                    if (pair.getKeyNode() instanceof ScalarNode key) {
                        String below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                        flatten(below, pair.getValueNode(), depth + 1);
                    } else {
                        problems.add("a key is a word (" + where + ")");
                    }
                }
            }
            case ScalarNode scalar
            when !path.isEmpty() -> {
                boolean sealed = scalar.getTag().getValue().equals(SECRET);
                if (entries.put(path, new Entry(scalar.getValue(), sealed, where)) != null) {
                    problems.add(path + " is given twice (" + where + ")");
                }
            }
            case SequenceNode rows
            when !path.isEmpty() && depth <= MAX_DEPTH -> {
                int row = 0;
                if (rows.getValue().isEmpty()) {
                    entries.put(path + "[]", new Entry("", false, where));
                }
                for (Node each : rows.getValue()) {
                    flatten(path + "[" + row++ + "]", each, depth + 1);
                }
            }
            default ->
                problems.add((path.isEmpty() ? file : path) + " must be a value or a map of keys, at most " + MAX_DEPTH
                        + " deep (" + where + ")");
        }
    }

    /// One YAML text with a line for each path; reading it gives the same entries.
    static String write(Map<String, Entry> entries) {
        List<String> lines = new ArrayList<>();
        entries.forEach(
                (path, entry) -> lines.add(path + ": " + (entry.sealed() ? SECRET + " " : "") + quoted(entry.text())));
        return String.join("\n", lines) + "\n";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
