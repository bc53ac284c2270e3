package dev.tranche.inference;

import dev.tranche.inference.transform.Program;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Joins the vector that a transform makes to the inputs that a model file names. Columns in another order
/// score without any error and are wrong, so names are compared whenever the file has them.
final class Inputs {
    private Inputs() {}

    /// The transform, once its outputs are seen to be the model's inputs.
    static Program checked(Program transform, Model model, boolean byPosition) {
        List<String> given = transform.outputs();
        List<String> wanted = model.inputNames();
        if (given.size() != wanted.size()) {
            throw mismatch("the transform gives " + given.size() + " columns, the model takes " + wanted.size());
        }
        for (int i = 0; !byPosition && !unnamed(wanted) && i < given.size(); i++) {
            if (!given.get(i).equals(wanted.get(i))) {
                throw mismatch("column " + (i + 1) + " of the transform is " + given.get(i) + ", but the model's is "
                        + wanted.get(i));
            }
        }
        return transform;
    }

    /// The features that the model names, or all of them in order when it names none.
    static Program direct(Schema schema, Model model, boolean byPosition) {
        List<String> wanted = model.inputNames();
        if (!byPosition && !unnamed(wanted)) {
            return Program.direct(schema, wanted);
        }
        if (schema.size() != wanted.size()) {
            throw mismatch("features.json has " + schema.size() + " features, the model takes " + wanted.size());
        }
        return Program.direct(
                schema, schema.features().stream().map(Feature::name).toList());
    }

    /// The program with the model's own category codes, where its file names them.
    static Program coded(Program program, Model model, boolean byPosition) {
        List<List<String>> known = model.categories();
        if (byPosition || known.stream().allMatch(List::isEmpty)) {
            return program;
        }
        for (int i = 0; i < known.size(); i++) {
            List<String> given = program.levels().get(i);
            if (new HashSet<>(known.get(i)).size() < known.get(i).size()) {
                throw mismatch(
                        "the model names a category of " + model.inputNames().get(i) + " twice: " + known.get(i));
            }
            if (!given.isEmpty() && !known.get(i).isEmpty() && Collections.disjoint(given, known.get(i))) {
                throw mismatch("none of the categories " + given + " of "
                        + model.inputNames().get(i)
                        + " is known to the model, which has " + known.get(i)
                        + "; name the model's categories, or say inputs: by_position");
            }
        }
        return program.coded(known);
    }

    /// The categories that stand behind the numbers of an input.
    static Function<String, List<String>> levels(Schema schema, Optional<Program> transform) {
        if (transform.isEmpty()) {
            return name -> {
                int position = schema.position(name);
                return position < 0 ? List.of() : schema.feature(position).categories();
            };
        }
        Program program = transform.get();
        return name -> {
            int place = program.outputs().indexOf(name);
            return place < 0 ? List.of() : program.levels().get(place);
        };
    }

    /// @throws ArtifactException `pickle_refused` with advice on how to export
    static void refusePickle(String file, byte[] bytes) {
        boolean named = file.endsWith(".pkl") || file.endsWith(".pickle") || file.endsWith(".joblib");
        boolean looks = bytes.length > 1 && bytes[0] == (byte) 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
        if (named || looks) {
            throw ArtifactException.of(
                    "pickle_refused",
                    file + " is a pickle, which runs code when it is opened; export data instead: "
                            + "XGBoost save_model(\"model.ubj\"), LightGBM save_model(\"model.txt\"), "
                            + "a scorecard or logistic regression as JSON");
        }
    }

    private static boolean unnamed(List<String> names) {
        return IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals("f" + i))
                || IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals("Column_" + i))
                || IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(String.valueOf(i)));
    }

    private static ArtifactException mismatch(String reason) {
        return ArtifactException.of("inputs_mismatch", reason);
    }
}
