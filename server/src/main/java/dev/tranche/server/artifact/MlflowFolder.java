package dev.tranche.server.artifact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An MLflow model folder (`MLmodel` and what it names) as an artifact folder of ours.
///
/// Taken: the `xgboost` and `lightgbm` flavours with their data files. The signature becomes `features.json`,
/// the lineage becomes provenance, `MLmodel` stays as `meta.json`. Nothing outside the folder is read: a path
/// in it that is absolute, has a scheme or leaves the folder is refused. The pyfunc flavour's defaults are
/// not taken over: an `XGBClassifier` answers classes there and its probability here, and the checks say so.
final class MlflowFolder {
    static final String MARK = "MLmodel";
    /// What a folder without `metadata.label` says about its label.
    private static final Map<String, String> UNSTATED =
            Map.of("name", "outcome", "definition", "not stated in the MLflow folder", "positive", "1");

    /// What the model file itself says.
    ///
    /// @param names feature names in the model's order, empty when the file has none
    /// @param width number of features
    /// @param output `probability`, `value` or `classes`
    record Peek(List<String> names, int width, String output) {}

    /// Opens a model file far enough to peek.
    interface ModelReader {
        Peek peek(String format, byte[] bytes);
    }

    /// The folder in our layout.
    ///
    /// @param files our files, YAML still as YAML
    /// @param example rows of the input example in feature order, `null` cells for missing; empty without one
    /// @param notes sentences for the checks
    record Imported(SortedMap<String, byte[]> files, List<List<@Nullable Double>> example, List<String> notes) {}

    private final SortedMap<String, byte[]> files;
    private final Map<String, @Nullable Object> mlmodel;

    private MlflowFolder(SortedMap<String, byte[]> files) {
        this.files = files;
        this.mlmodel = CanonicalYaml.mapping(MARK, file(MARK));
    }

    static boolean recognises(Map<String, byte[]> files) {
        return files.containsKey(MARK);
    }

    /// @throws Refused `mlflow_flavour`, `mlflow_path`, `mlflow_signature`, `pickle`, `bad_yaml`
    static Imported read(SortedMap<String, byte[]> files, String name, ModelReader reader) {
        return new MlflowFolder(files).imported(name, reader);
    }

    private Imported imported(String name, ModelReader reader) {
        Map<String, @Nullable Object> flavours = section(mlmodel, "flavors");
        String format =
                flavours.containsKey("xgboost") ? "xgboost" : flavours.containsKey("lightgbm") ? "lightgbm" : "";
        if (format.isEmpty()) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "mlflow_flavour",
                    "none of the folder's flavours can be run without Python; " + DataOnly.ADVICE,
                    String.join(", ", new TreeSet<>(flavours.keySet())),
                    "xgboost, lightgbm");
        }
        Map<String, @Nullable Object> flavour = section(flavours, format);
        String path = inside(text(flavour, "data"));
        byte[] model = file(path);
        DataOnly.check(Map.of(path, model));
        Peek peek = reader.peek(format, model);
        List<String> notes = new ArrayList<>();
        List<Map<String, @Nullable Object>> features = features(peek, notes);
        if (flavour.get("model_class") instanceof String type && type.endsWith("Classifier")) {
            notes.add("MLflow's pyfunc answers classes for " + type + "; here the model answers " + peek.output());
        }
        SortedMap<String, byte[]> ours = new TreeMap<>();
        String modelFile = path.substring(path.lastIndexOf('/') + 1);
        ours.put(modelFile, model);
        ours.put("model.yaml", CanonicalYaml.canonical(modelYaml(name, format, modelFile, peek, flavour)));
        ours.put("features.json", CanonicalYaml.canonical(Map.of("features", features)));
        ours.put("meta.json", CanonicalYaml.canonical(mlmodel));
        for (String kept : List.of("samples.jsonl", "card.md", "transform.yaml")) {
            byte[] bytes = files.get(kept);
            if (bytes != null) {
                ours.put(kept, bytes);
            }
        }
        List<String> order =
                features.stream().map(f -> String.valueOf(f.get("name"))).toList();
        return new Imported(ours, example(order), List.copyOf(notes));
    }

    private Map<String, @Nullable Object> modelYaml(
            String name, String format, String file, Peek peek, Map<String, @Nullable Object> flavour) {
        Map<String, @Nullable Object> lineage = new TreeMap<>();
        for (String key : List.of("run_id", "model_id", "model_uuid", "mlflow_version", "utc_time_created")) {
            if (mlmodel.get(key) != null) {
                lineage.put(key, mlmodel.get(key));
            }
        }
        for (String key : List.of("xgb_version", "lgb_version", "model_class", "model_format")) {
            if (flavour.get(key) != null) {
                lineage.put(key, flavour.get(key));
            }
        }
        Map<String, @Nullable Object> model = new TreeMap<>();
        model.put("name", name);
        model.put("format", format);
        model.put("file", file);
        model.put("output", peek.output());
        model.put("rounds", "all");
        model.put("provenance", Map.of("mlflow", lineage));
        model.put("label", section(mlmodel, "metadata").get("label") instanceof Map<?, ?> label ? label : UNSTATED);
        return model;
    }

    /// The signature's columns in the model's order; without a signature, the names in the model file.
    private List<Map<String, @Nullable Object>> features(Peek peek, List<String> notes) {
        List<Map<String, @Nullable Object>> columns = columns();
        if (columns.isEmpty() && peek.names().isEmpty()) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "mlflow_signature",
                    "neither a signature with named columns nor names in the model file: the schema would be a guess; "
                            + "log the model with signature=infer_signature(frame, …)");
        }
        if (columns.isEmpty()) {
            notes.add("no signature: features are the model file's names, numeric, missing allowed");
            return peek.names().stream().map(n -> feature(n, "number")).toList();
        }
        List<String> names =
                columns.stream().map(c -> String.valueOf(c.get("name"))).toList();
        if (columns.size() != peek.width()) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "mlflow_signature",
                    "the signature and the model file disagree on the number of features",
                    Integer.toString(columns.size()),
                    Integer.toString(peek.width()));
        }
        if (!peek.names().isEmpty() && new TreeSet<>(peek.names()).equals(new TreeSet<>(names))) {
            if (!peek.names().equals(names)) {
                notes.add("the signature's columns were put into the model file's order");
            }
            return columns.stream()
                    .sorted(Comparator.comparingInt(c -> peek.names().indexOf(String.valueOf(c.get("name")))))
                    .toList();
        }
        notes.add("the model file has no names of its own: the signature's order is taken");
        return columns;
    }

    private List<Map<String, @Nullable Object>> columns() {
        if (!(section(mlmodel, "signature").get("inputs") instanceof String inputs)) {
            return List.of();
        }
        List<Map<String, @Nullable Object>> columns = new ArrayList<>();
        if (CanonicalYaml.tree("MLmodel signature.inputs", Bytes.utf8(inputs)) instanceof List<?> list) {
            for (Object item : list) {
                Map<String, @Nullable Object> column = CanonicalYaml.mapping("MLmodel signature.inputs", item);
                if (column.get("name") instanceof String name) {
                    columns.add(feature(name, type(name, String.valueOf(column.get("type")))));
                }
            }
        }
        return columns;
    }

    private static String type(String column, String type) {
        return switch (type) {
            case "double", "float", "long", "integer" -> "number";
            case "boolean" -> "boolean";
            case String other ->
                throw Refused.of(
                        Refused.Kind.RULE,
                        "mlflow_signature",
                        "column " + column + " needs preprocessing that is not in the folder; "
                                + "write an artifact folder with a transform.yaml",
                        other,
                        "double, float, long, integer, boolean");
        };
    }

    private static Map<String, @Nullable Object> feature(String name, String type) {
        Map<String, @Nullable Object> feature = new LinkedHashMap<>();
        feature.put("name", name);
        feature.put("type", type);
        feature.put("missing", "allow");
        return feature;
    }

    private List<List<@Nullable Double>> example(List<String> order) {
        Map<String, @Nullable Object> saved = section(mlmodel, "saved_input_example_info");
        if (!(saved.get("artifact_path") instanceof String path)) {
            return List.of();
        }
        Map<String, @Nullable Object> example = CanonicalYaml.mapping(path, file(inside(path)));
        if (!(example.get("columns") instanceof List<?> columns) || !(example.get("data") instanceof List<?> data)) {
            return List.of();
        }
        List<List<@Nullable Double>> rows = new ArrayList<>();
        for (Object row : data) {
            List<@Nullable Double> cells = new ArrayList<>();
            for (String name : order) {
                int at = columns.indexOf(name);
                cells.add(row instanceof List<?> list && at >= 0 && at < list.size() ? number(list.get(at)) : null);
            }
            rows.add(cells);
        }
        return rows;
    }

    private static @Nullable Double number(@Nullable Object cell) {
        return switch (cell) {
            case Number number -> number.doubleValue();
            case Boolean flag -> flag ? 1.0 : 0.0;
            case null, default -> null;
        };
    }

    /// A path inside the folder, as MLflow writes it; anything else is somebody else's file.
    private static String inside(String path) {
        boolean leaves = path.startsWith("/") || path.contains(":") || path.contains("\\");
        for (String part : path.split("/", -1)) {
            leaves |= part.isEmpty() || "..".equals(part) || ".".equals(part);
        }
        if (leaves) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "mlflow_path",
                    "a path in MLmodel points outside the folder; nothing outside is followed",
                    path,
                    "relative names inside the folder");
        }
        return path;
    }

    private byte[] file(String path) {
        byte[] bytes = files.get(path);
        if (bytes == null) {
            throw Refused.of(Refused.Kind.MALFORMED, "missing_file", "MLmodel names " + path + ", which is not there");
        }
        return bytes;
    }

    private static String text(Map<String, @Nullable Object> map, String key) {
        if (map.get(key) instanceof String text) {
            return text;
        }
        throw Refused.of(Refused.Kind.MALFORMED, "missing_key", "MLmodel has no " + key);
    }

    private static Map<String, @Nullable Object> section(Map<String, @Nullable Object> map, String key) {
        Object value = map.get(key);
        return value == null ? Map.of() : CanonicalYaml.mapping("MLmodel " + key, value);
    }
}
