package dev.tranche.examples.credit;

import dev.tranche.examples.artifact.Yaml;
import dev.tranche.inference.format.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes one artifact folder.
final class Folder {

    private final Path path;

    private Folder(Path path) {
        this.path = path;
    }

    /// @throws IOException when the folder cannot be made
    static Folder at(Path path) throws IOException {
        Files.createDirectories(path);
        return new Folder(path);
    }

    /// What a trainer says about a model.
    ///
    /// @param format `xgboost`, `lightgbm` or `scorecard`
    /// @param file the model file's name
    /// @param calibration `calibration` of model.yaml, empty for none
    /// @param provenance who made it from what
    record Description(
            String name, String format, String file, Map<String, Json> calibration, Map<String, Json> provenance) {}

    /// Writes model.yaml and features.json.
    ///
    /// @throws IOException when a file cannot be written
    void describe(Description description) throws IOException {
        Map<String, Json> model = new LinkedHashMap<>();
        model.put("name", Json.of(description.name()));
        model.put("format", Json.of(description.format()));
        model.put("file", Json.of(description.file()));
        model.put("output", Json.of("probability"));
        model.put(
                "label",
                Json.struct(
                        Map.entry("name", Json.of("bad")),
                        Map.entry("definition", Json.of("credit risk \"bad\" in Statlog German Credit (Hofmann 1994)")),
                        Map.entry("positive", Json.of("bad"))));
        if (!description.calibration().isEmpty()) {
            model.put("calibration", new Json.Struct(description.calibration()));
        }
        model.put("provenance", new Json.Struct(description.provenance()));
        write("model.yaml", Yaml.of(new Json.Struct(model), 2));
        List<String> features = new ArrayList<>();
        for (Field field : GermanCredit.FIELDS) {
            features.add("    " + field.declaration().canonical());
        }
        write("features.json", "{\n  \"features\": [\n" + String.join(",\n", features) + "\n  ]\n}\n");
    }

    /// Writes transform.yaml.
    ///
    /// @throws IOException when the file cannot be written
    void transform(List<Json> steps, List<String> outputs) throws IOException {
        Json.Struct transform = Json.struct(
                Map.entry("steps", new Json.Items(steps)),
                Map.entry(
                        "output",
                        new Json.Items(outputs.stream()
                                .map(Json::of)
                                .map(Json.class::cast)
                                .toList())));
        write("transform.yaml", Yaml.of(transform, 1));
    }

    /// Writes samples.jsonl: what goes in, what the trainer made of it, and what the genuine library
    /// answered.
    ///
    /// @throws IOException when the file cannot be written
    void samples(List<Applicant> rows, double[][] vectors, double[] margins, double[] outputs) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < margins.length; row++) {
            Map<String, Json> input = new LinkedHashMap<>();
            for (Field field : GermanCredit.FIELDS) {
                String value = rows.get(row).text(field.name());
                if (value != null) {
                    input.put(field.name(), field.value(value));
                } else if (row % 2 == 0) {
                    // A feature that is null and one that is absent are the same; half of the rows show each.
                    input.put(field.name(), new Json.Null());
                }
            }
            Json.Struct sample = Json.struct(
                    Map.entry("input", new Json.Struct(input)),
                    Map.entry("transformed", numbers(vectors[row])),
                    Map.entry("margin", numbers(margins[row])),
                    Map.entry("output", numbers(outputs[row])));
            text.append(sample.canonical()).append('\n');
        }
        write("samples.jsonl", text.toString());
    }

    /// @throws IOException when the file cannot be written
    void write(String name, String text) throws IOException {
        Files.writeString(path.resolve(name), text);
    }

    /// @throws IOException when the file cannot be written
    void write(String name, byte[] bytes) throws IOException {
        Files.write(path.resolve(name), bytes);
    }

    private static Json numbers(double... values) {
        List<Json> items = new ArrayList<>();
        for (double value : values) {
            items.add(Double.isNaN(value) ? new Json.Null() : Json.of(value));
        }
        return new Json.Items(items);
    }
}
