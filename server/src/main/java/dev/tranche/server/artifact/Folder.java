package dev.tranche.server.artifact;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A folder as it will be kept: one kind, one name, YAML as canonical JSON under the same file names.
///
/// @param kind told by the file that names it
/// @param name exact
/// @param files what is digested and kept
/// @param example rows of an MLflow input example, in feature order
/// @param notes sentences about an import
record Folder(
        VersionKind kind,
        VersionName name,
        SortedMap<String, byte[]> files,
        List<List<@Nullable Double>> example,
        List<String> notes) {
    /// The file that says what a folder is, and the key its content stands under; a model's stands at the top.
    private static final Map<String, VersionKind> NAMING = naming();

    /// Largest difference of an output from the logistic of its margin that still says: a probability.
    private static final double LOGISTIC_TOLERANCE = 1e-6;

    private static Map<String, VersionKind> naming() {
        Map<String, VersionKind> naming = new LinkedHashMap<>();
        naming.put("model.yaml", VersionKind.MODEL);
        naming.put("policy.yaml", VersionKind.POLICY);
        naming.put("parameters.yaml", VersionKind.PARAMETERS);
        naming.put("strategy.yaml", VersionKind.STRATEGY);
        naming.put("calibration.yaml", VersionKind.CALIBRATION);
        return naming;
    }

    /// @throws Refused when the folder has no kind or several, no exact name, or holds code
    static Folder read(SortedMap<String, byte[]> files, Optional<String> name) {
        DataOnly.check(files);
        if (MlflowFolder.recognises(files) && !files.containsKey("model.yaml")) {
            String given = name.orElseThrow(() -> Refused.of(
                    Refused.Kind.MALFORMED,
                    "name_missing",
                    "an MLflow folder has no version name of its own: add ?name={product}_{type}_v{major}.{minor}"));
            MlflowFolder.Imported imported = MlflowFolder.read(files, given, Folder::peek);
            return named(VersionKind.MODEL, imported.files(), name, imported.example(), imported.notes());
        }
        List<String> found =
                NAMING.keySet().stream().filter(file -> files.containsKey(file)).toList();
        if (found.size() != 1) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "folder_kind",
                    "a folder holds exactly one of " + String.join(", ", NAMING.keySet())
                            + " at its top, or an MLmodel",
                    found.isEmpty() ? String.join(", ", files.keySet()) : String.join(", ", found),
                    String.join(", ", NAMING.keySet()) + ", MLmodel");
        }
        VersionKind kind = NAMING.get(found.getFirst());
        return named(kind == null ? VersionKind.MODEL : kind, files, name, List.of(), List.of());
    }

    private static Folder named(
            VersionKind kind,
            SortedMap<String, byte[]> files,
            Optional<String> asked,
            List<List<@Nullable Double>> example,
            List<String> notes) {
        SortedMap<String, byte[]> canonical = new TreeMap<>();
        files.forEach((file, bytes) -> canonical.put(
                file, file.endsWith(".yaml") || file.endsWith(".yml") ? CanonicalYaml.canonical(file, bytes) : bytes));
        String file = kind + ".yaml";
        Tree top = Tree.read(file, canonical.getOrDefault(file, new byte[0]));
        Tree naming = kind == VersionKind.MODEL || !top.has(kind.toString()) ? top : top.tree(kind.toString());
        VersionName name = exact(naming.text("name"));
        asked.filter(other -> !other.equals(name.toString())).ifPresent(other -> {
            throw Refused.of(
                    Refused.Kind.RULE, "name_differs", "the folder names itself otherwise", other, name.toString());
        });
        return new Folder(kind, name, canonical, example, notes);
    }

    private static VersionName exact(String text) {
        try {
            VersionName name = VersionName.parse(text);
            if (name.exact()) {
                return name;
            }
        } catch (IllegalArgumentException e) {
            throw Refused.of(Refused.Kind.MALFORMED, "version_name", String.valueOf(e.getMessage()), e);
        }
        throw Refused.of(
                Refused.Kind.MALFORMED,
                "version_name",
                "a registered version needs major and minor",
                text,
                "{product}_{type}_v{major}.{minor}");
    }

    /// Reads a model file far enough to know its names, width and output: an output that is the logistic of
    /// its margin is a probability, one of many is a class, any other is a value.
    static MlflowFolder.Peek peek(String format, byte[] bytes) {
        Model model;
        try {
            model = ModelFile.read(format, bytes, Rounds.all());
        } catch (ArtifactException e) {
            throw Refused.of(Refused.Kind.MALFORMED, e.code(), String.valueOf(e.getMessage()), e);
        }
        List<String> names = model.inputNames();
        double[] missing = new double[names.size()];
        Arrays.fill(missing, Double.NaN);
        Prediction prediction = model.predict(missing, Deadline.NONE);
        double logistic = 1 / (1 + Math.exp(-prediction.margins()[0]));
        String output = model.outputs() > 1
                ? "classes"
                : Math.abs(prediction.outputs()[0] - logistic) <= LOGISTIC_TOLERANCE ? "probability" : "value";
        return new MlflowFolder.Peek(madeUp(names) ? List.of() : names, names.size(), output);
    }

    /// `f0, f1, …` of XGBoost and `Column_0, …` of LightGBM stand for no names at all.
    private static boolean madeUp(List<String> names) {
        return IntStream.range(0, names.size())
                .allMatch(i -> names.get(i).equals("f" + i) || names.get(i).equals("Column_" + i));
    }
}
