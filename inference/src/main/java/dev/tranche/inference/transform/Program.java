package dev.tranche.inference.transform;

import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.NameIndex;
import dev.tranche.inference.Schema;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import dev.tranche.inference.format.JsonKeys;
import java.util.ArrayList;
import java.util.List;

/// A compiled transform: from the features of a request to the vector of a model, the same code online, in
/// batch, in skew checks and in replay. Immutable, safe for any number of threads.
///
/// ```java
/// Program program = Program.compile(Json.parse(bytes).asStruct("transform.yaml"), schema);
/// double[] vector = program.run(row);
/// ```
public final class Program {
    private final Step[] steps;
    private final List<Column> outputs;
    private final int[] slots;
    private final NameIndex[] levels;
    private final int frameSize;

    private Program(List<Step> steps, List<Column> outputs, int frameSize) {
        this(
                steps.toArray(new Step[0]),
                outputs,
                frameSize,
                outputs.stream().map(column -> NameIndex.of(column.levels())).toArray(NameIndex[]::new));
    }

    private Program(Step[] steps, List<Column> outputs, int frameSize, NameIndex[] levels) {
        this.steps = steps;
        this.outputs = List.copyOf(outputs);
        this.slots = outputs.stream().mapToInt(Column::slot).toArray();
        this.levels = levels;
        this.frameSize = frameSize;
    }

    /// Compiles `{"steps": […], "output": […]}`.
    ///
    /// @throws JsonException naming the step and what is wrong: an unknown operation, key or column, a wrong
    ///     type
    public static Program compile(Json.Struct spec, Schema schema) {
        JsonKeys keys = spec.keys("transform");
        Columns columns = new Columns(schema);
        List<Step> steps = new ArrayList<>();
        for (Json item : keys.items("steps")) {
            String where = "step " + (steps.size() + 1);
            JsonKeys step = item.asStruct(where).keys(where + " (" + word(item) + ")");
            steps.add(operation(step).compile(step, columns));
            step.done();
        }
        List<Column> outputs = new ArrayList<>();
        for (String name : keys.texts("output")) {
            outputs.add(numeric(columns.find(name, "output")));
        }
        keys.done();
        if (outputs.isEmpty()) {
            throw keys.wrong("output", "must name at least one column");
        }
        return new Program(steps, outputs, columns.slots());
    }

    /// The program of an artifact without `transform.yaml`: these features as they are.
    ///
    /// @throws JsonException when a feature is unknown, or is not a number, a boolean or a category with a
    ///     list
    public static Program direct(Schema schema, List<String> names) {
        Columns columns = new Columns(schema);
        List<Column> outputs = new ArrayList<>();
        for (String name : names) {
            outputs.add(numeric(columns.find(name, "without transform.yaml")));
        }
        return new Program(List.of(), outputs, columns.slots());
    }

    /// This program with the codes of a model that names its categories: the vector then holds a category's
    /// place in the model's list and not in the feature's, whichever order the two are in.
    ///
    /// @param categories by place of the vector the model's categories; empty where it names none
    public Program coded(List<List<String>> categories) {
        NameIndex[] codes = levels.clone();
        for (int i = 0; i < codes.length; i++) {
            if (codes[i].size() > 0 && !categories.get(i).isEmpty()) {
                codes[i] = NameIndex.of(categories.get(i));
            }
        }
        return new Program(steps, outputs, frameSize, codes);
    }

    /// The names of the vector's places.
    public List<String> outputs() {
        return outputs.stream().map(Column::name).toList();
    }

    /// By place of the vector, the features of the request that it was made from.
    public List<List<String>> features() {
        return outputs.stream().map(Column::features).toList();
    }

    /// By place of the vector, the categories whose places it holds as numbers; empty for a number.
    public List<List<String>> levels() {
        return outputs.stream().map(Column::levels).toList();
    }

    /// The vector of an admitted row. A category is its place in its list, -1 when it is not in it; missing is
    /// NaN.
    ///
    /// @throws dev.tranche.inference.RowRefusedException when the spec refuses a value
    public double[] run(FeatureRow row) {
        Frame frame = frame(row);
        double[] vector = new double[slots.length];
        for (int i = 0; i < vector.length; i++) {
            String text = frame.texts[slots[i]];
            vector[i] = text == null ? frame.numbers[slots[i]] : levels[i].find(text);
        }
        return vector;
    }

    Frame frame(FeatureRow row) {
        Frame frame = new Frame(row, frameSize);
        for (Step step : steps) {
            step.run(frame);
        }
        return frame;
    }

    private static Operation operation(JsonKeys step) {
        String word = step.text("op");
        Operation operation = Operations.ALL.get(word);
        if (operation == null) {
            throw step.wrong("op", "must be one of " + Operations.ALL.keySet() + ": " + word);
        }
        return operation;
    }

    private static String word(Json item) {
        return item instanceof Json.Struct struct && struct.members().get("op") instanceof Json.Text(String word)
                ? word
                : "no op";
    }

    private static Column numeric(Column column) {
        boolean coded = column.kind() == Kind.TEXT && !column.levels().isEmpty();
        if (column.kind() != Kind.NUMBER && !coded) {
            throw JsonException.of(
                    "output " + column.name() + " must be a number or a category with a list, not of kind "
                            + column.kind() + "; add a step that makes a number of it");
        }
        return column;
    }
}
