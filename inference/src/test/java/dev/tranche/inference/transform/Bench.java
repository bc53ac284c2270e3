package dev.tranche.inference.transform;

import dev.tranche.inference.Admission;
import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.Schema;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs steps on rows written as JSON, with a schema guessed from the rows.
final class Bench {
    private final Schema schema;
    private final Columns columns;
    private final List<Step> steps = new ArrayList<>();

    private Bench(Schema schema) {
        this.schema = schema;
        this.columns = new Columns(schema);
    }

    /// Compiles steps for rows like these.
    static Bench of(List<Json.Struct> steps, List<Json.Struct> rows) {
        Bench bench = new Bench(schema(rows));
        for (Json.Struct step : steps) {
            JsonKeys keys = step.keys("step");
            Operation operation = Operations.ALL.get(keys.text("op"));
            if (operation == null) {
                throw new AssertionError("no operation " + keys.text("op"));
            }
            bench.steps.add(operation.compile(keys, bench.columns));
            keys.done();
        }
        return bench;
    }

    /// One step, given as text.
    static Bench of(String step, String... rows) {
        return of(
                List.of(struct(step)), List.of(rows).stream().map(Bench::struct).toList());
    }

    static Json.Struct struct(String json) {
        return Json.parse(json).asStruct("test");
    }

    /// What the steps write for a row, in the order of their columns.
    List<Json> run(Json.Struct row) {
        Frame frame = frame(row);
        List<Json> written = new ArrayList<>();
        for (int slot = schema.size(); slot < columns.slots(); slot++) {
            written.add(value(frame, slot));
        }
        return written;
    }

    List<Json> run(String row) {
        return run(struct(row));
    }

    /// The named columns as numbers.
    double[] numbers(Json.Struct row, List<String> names) {
        Frame frame = frame(row);
        return names.stream()
                .mapToDouble(name -> frame.numbers[columns.find(name, "test").slot()])
                .toArray();
    }

    private Frame frame(Json.Struct row) {
        FeatureRow features = schema.read(row);
        if (!(schema.admit(features) instanceof Admission.Admitted admitted)) {
            throw new AssertionError("not admitted: " + row.canonical());
        }
        Frame frame = new Frame(admitted.row(), columns.slots());
        steps.forEach(step -> step.run(frame));
        return frame;
    }

    private static Json value(Frame frame, int slot) {
        String text = frame.texts[slot];
        if (text != null) {
            return new Json.Text(text);
        }
        double number = frame.numbers[slot];
        return Double.isNaN(number) ? new Json.Null() : Json.of(number);
    }

    static Schema schema(List<Json.Struct> rows) {
        Map<String, FeatureType> types = new LinkedHashMap<>();
        for (Json.Struct row : rows) {
            row.members().forEach((name, value) -> {
                switch (value) {
                    case Json.Null _ -> types.putIfAbsent(name, FeatureType.NUMBER);
                    case Json.Num _, Json.Struct _ -> types.put(name, FeatureType.NUMBER);
                    case Json.Flag _ -> types.put(name, FeatureType.BOOLEAN);
                    case Json.Items _ -> types.put(name, FeatureType.EVENTS);
                    case Json.Text(String text) ->
                        types.put(name, text.matches("\\d{4}-\\d\\d-\\d\\d") ? FeatureType.DATE : FeatureType.TEXT);
                }
            });
        }
        List<Feature> features = new ArrayList<>();
        types.forEach((name, type) -> features.add(Feature.of(name, type)));
        return Schema.of(features);
    }
}
