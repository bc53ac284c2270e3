package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.explain.TreeShap;
import dev.tranche.inference.link.DoubleLink;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeModel;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a LightGBM text model says, format versions v2 to v4 (LightGBM 2.0 to 4.6;
/// `src/boosting/gbdt_model_text.cpp`).
///
/// Header, one block for each tree, `end of trees`, then importances, parameters and the categories of the
/// data frame, none of which changes a score except the last, which names the codes. The header's objective
/// decides the link; without one the margin is the answer.
///
/// @param perRound the trees of a round: one for each class
/// @param average whether the answer is the mean of the rounds (random forest)
record LightgbmFile(
        DoubleLink link,
        List<String> inputNames,
        List<List<String>> categories,
        List<Tree> trees,
        int perRound,
        boolean average) {
    private static final Set<String> HEADER = Set.of(
            "tree",
            "version",
            "num_class",
            "num_tree_per_iteration",
            "label_index",
            "max_feature_idx",
            "objective",
            "average_output",
            "feature_names",
            "monotone_constraints",
            "feature_infos",
            "tree_sizes");
    private static final String PANDAS = "pandas_categorical:";

    /// The file these bytes are.
    static LightgbmFile read(byte[] bytes) {
        List<String> lines = text(bytes).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals("tree")) {
            throw ArtifactException.of("model_text", "a LightGBM model begins with the line \"tree\"");
        }
        int at = blockEnd(lines, 0);
        LightgbmLines header = LightgbmLines.of("header", filled(lines, 0, at), HEADER);
        if (!Set.of("v2", "v3", "v4").contains(header.text("version"))) {
            throw ArtifactException.of(
                    "model_version", "the format version must be v2, v3 or v4: " + header.text("version"));
        }
        int features = features(header);
        List<Tree> trees = new ArrayList<>();
        while (at < lines.size() && lines.get(at).startsWith("Tree=")) {
            int end = blockEnd(lines, at + 1);
            if (!lines.get(at).equals("Tree=" + trees.size())) {
                throw ArtifactException.of(
                        "model_text", "the line \"Tree=" + trees.size() + "\" is expected: " + lines.get(at));
            }
            trees.add(LightgbmTree.read(trees.size(), filled(lines, at + 1, end), features));
            at = end;
        }
        tail(lines, at, header, trees.size());
        int perRound = header.whole("num_tree_per_iteration");
        if (perRound < 1 || perRound > XgboostFile.MOST_GROUPS || trees.size() % perRound != 0) {
            throw ArtifactException.of(
                    "model_rounds", trees.size() + " trees are no whole number of rounds of " + perRound + " trees");
        }
        return new LightgbmFile(
                LightgbmObjective.link(header.find("objective")),
                List.of(header.words("feature_names")),
                categories(lines, header, features),
                trees,
                perRound,
                header.has("average_output"));
    }

    /// The model of these rounds.
    Model compile(Rounds rounds) {
        int inFile = trees.size() / perRound;
        int used = switch (rounds) {
            case Rounds.All all -> inFile;
            case Rounds.Best best ->
                throw ArtifactException.of(
                        "model_rounds", "a LightGBM text model does not name its best round; use all or a number");
            case Rounds.First first -> {
                if (first.count() > inFile) {
                    throw ArtifactException.of(
                            "model_rounds", "rounds must be within 1.." + inFile + ": " + first.count());
                }
                yield first.count();
            }
        };
        List<Integer> groups = new ArrayList<>();
        for (int t = 0; t < used * perRound; t++) {
            groups.add(t % perRound);
        }
        Ensemble ensemble = new Ensemble(
                Precision.DOUBLE,
                inputNames,
                trees.subList(0, used * perRound),
                groups,
                Collections.nCopies(perRound, 0.0),
                average ? Math.max(1, used) : 1,
                link,
                categories);
        return TreeModel.of(ensemble, TreeShap.explainer(ensemble));
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ArtifactException.of("model_text", "a LightGBM model must be UTF-8 text");
        }
    }

    /// The first line at or after `from` that begins a tree or ends the trees.
    private static int blockEnd(List<String> lines, int from) {
        int at = from;
        while (at < lines.size()
                && !lines.get(at).startsWith("Tree=")
                && !lines.get(at).equals("end of trees")
                && !importances(lines.get(at))) {
            at++;
        }
        return at;
    }

    private static boolean importances(String line) {
        return line.equals("feature_importances:") || line.equals("feature importances:");
    }

    private static List<String> filled(List<String> lines, int from, int to) {
        return lines.subList(from, to).stream().filter(line -> !line.isBlank()).toList();
    }

    private static int features(LightgbmLines header) {
        int features = header.words("feature_names").length;
        int largest = header.whole("max_feature_idx");
        if (features != largest + 1) {
            throw ArtifactException.of(
                    "model_features",
                    "feature_names must name max_feature_idx + 1 = " + (largest + 1L) + " features: " + features);
        }
        return features;
    }

    /// Checks what follows the trees, so that a file that was cut is not taken for a smaller model.
    private static void tail(List<String> lines, int at, LightgbmLines header, int trees) {
        if (header.has("tree_sizes") && header.words("tree_sizes").length != trees) {
            throw ArtifactException.of(
                    "model_truncated",
                    "tree_sizes announces " + header.words("tree_sizes").length + " trees: " + trees);
        }
        if (at >= lines.size()) {
            throw ArtifactException.of(
                    "model_truncated", "the model ends after " + trees + " trees without \"end of trees\"");
        }
        List<String> rest = lines.subList(at, lines.size());
        if (rest.contains("parameters:") && !rest.contains("end of parameters")) {
            throw ArtifactException.of("model_truncated", "the parameters do not end with \"end of parameters\"");
        }
    }

    /// The categories of each input. The data frame's categorical columns stand in their order, without their
    /// names: they are the inputs that some split asks for codes, so they are told apart by `feature_infos`,
    /// where a categorical input lists its codes (`0:2:1`) and a number its range (`[0:1]`).
    private static List<List<String>> categories(List<String> lines, LightgbmLines header, int features) {
        List<List<String>> none = Collections.nCopies(features, List.of());
        @Nullable
        String last = lines.stream()
                .filter(line -> line.startsWith(PANDAS))
                .reduce((a, b) -> b)
                .orElse(null);
        if (last == null) {
            return none;
        }
        Document document = JsonDocument.read(last.substring(PANDAS.length()).getBytes(StandardCharsets.UTF_8));
        if (!(document instanceof Document.Items items)) {
            return none;
        }
        Set<Integer> categorical = categoricalInputs(lines, header, features);
        if (items.values().size() != categorical.size()) {
            return none;
        }
        List<List<String>> categories = new ArrayList<>(none);
        int column = 0;
        for (int input = 0; input < features; input++) {
            if (categorical.contains(input)) {
                categories.set(input, values(items.values().get(column++)));
            }
        }
        return categories;
    }

    private static Set<Integer> categoricalInputs(List<String> lines, LightgbmLines header, int features) {
        Set<Integer> inputs = new HashSet<>();
        String parameter = "[categorical_feature: ";
        for (String line : lines) {
            if (line.startsWith(parameter) && line.length() > parameter.length() + 1) {
                for (String word :
                        line.substring(parameter.length(), line.length() - 1).split(",")) {
                    if (word.matches("[0-9]{1,7}")) {
                        inputs.add(Integer.parseInt(word));
                    }
                }
            }
        }
        if (inputs.isEmpty()) {
            String[] infos = header.words("feature_infos");
            for (int input = 0; input < Math.min(features, infos.length); input++) {
                if (!infos[input].startsWith("[") && !infos[input].equals("none")) {
                    inputs.add(input);
                }
            }
        }
        return inputs;
    }

    private static List<String> values(Document document) {
        List<String> values = new ArrayList<>();
        if (document instanceof Document.Numbers numbers) {
            for (int i = 0; i < numbers.size(); i++) {
                float value = numbers.real(i);
                values.add(
                        value == Math.rint(value) && !numbers.isReal()
                                ? Long.toString(numbers.whole64(i))
                                : Double.toString(value));
            }
        } else {
            for (Place item : new Place(PANDAS, document).items()) {
                values.add(item.text());
            }
        }
        return values;
    }
}
