package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an XGBoost model from its JSON or UBJSON document, versions 1.0 to 3.4.
///
/// Trees with dropout (DART) stand in three layouts: until 3.2 under `gbtree` beside `weight_drop`, in 3.3
/// under `model` beside it, since 3.4 with it inside `model` (`src/gbm/gbtree.cc`,
/// `src/gbm/gbtree_model.cc`).
final class XgboostDocument {
    private static final Set<String> LEARNER = Set.of(
            "attributes", "feature_names", "feature_types", "gradient_booster", "learner_model_param", "objective");
    private static final Set<String> MODEL =
            Set.of("gbtree_model_param", "trees", "tree_info", "iteration_indptr", "cats", "weight_drop");
    private static final Set<String> LEARNER_PARAM =
            Set.of("base_score", "boost_from_average", "num_class", "num_feature", "num_target");

    private XgboostDocument() {}

    /// The file this document is.
    static XgboostFile read(Document document) {
        Place root = new Place("", document);
        root.only(Set.of("version", "learner"));
        int[] numbers = root.at("version").ints();
        if (numbers.length < 2) {
            throw ArtifactException.of("model_version", "version must have at least 2 numbers: " + numbers.length);
        }
        XgboostVersion version = XgboostVersion.of(numbers[0], numbers[1]);
        Place learner = root.at("learner").only(LEARNER);
        Place param = learner.at("learner_model_param").only(LEARNER_PARAM);
        int features = param.at("num_feature").whole();
        if (features < 0 || features > XgboostFile.MOST_FEATURES) {
            throw ArtifactException.of(
                    "model_features", "num_feature must be within 0.." + XgboostFile.MOST_FEATURES + ": " + features);
        }
        int groups = Math.max(1, Math.max(optional(param.find("num_class")), optional(param.find("num_target"))));
        if (groups > XgboostFile.MOST_GROUPS) {
            throw ArtifactException.of(
                    "model_group", "classes and targets must be within 1.." + XgboostFile.MOST_GROUPS + ": " + groups);
        }
        Objective objective = objective(learner.at("objective"), version);
        return new XgboostFile(
                version,
                objective.link(),
                XgboostFile.margins(
                        objective.base(), baseScores(param.at("base_score").text()), groups),
                names(learner.find("feature_names"), features),
                categories(learner, features),
                booster(learner.at("gradient_booster"), features, groups, version),
                bestRound(learner.find("attributes")));
    }

    private static int optional(@Nullable Place place) {
        return place == null ? 0 : place.whole();
    }

    private static Objective objective(Place objective, XgboostVersion version) {
        int alphas = 0;
        for (String loss : List.of("quantile", "expectile")) {
            Place param = objective.find(loss + "_loss_param");
            if (param != null) {
                alphas = baseScores(param.at(loss + "_alpha").text()).size();
            }
        }
        return Objective.of(objective.at("name").text(), version, alphas);
    }

    /// Reads `5E-1`, `[5E-1]`, `[1E0,2E0]` and the same in round brackets.
    private static List<Float> baseScores(String text) {
        String inner = text.strip();
        if (inner.length() > 1 && (inner.startsWith("[") || inner.startsWith("("))) {
            inner = inner.substring(1, inner.length() - 1);
        }
        List<Float> scores = new ArrayList<>();
        try {
            for (String score : inner.split(",", -1)) {
                scores.add(Float.parseFloat(score.strip()));
            }
        } catch (NumberFormatException e) {
            throw ArtifactException.of("model_base_score", "a number or a list of numbers is expected: " + text);
        }
        return scores;
    }

    private static List<String> names(@Nullable Place place, int features) {
        List<String> names = place == null ? List.of() : place.texts();
        if (names.isEmpty()) {
            return XgboostFile.numbered(features);
        }
        if (names.size() != features) {
            throw ArtifactException.of(
                    "model_features", "feature_names must name " + features + " features: " + names.size());
        }
        return names;
    }

    private static int bestRound(@Nullable Place attributes) {
        Place best = attributes == null ? null : attributes.find("best_iteration");
        return best == null ? 0 : best.whole() + 1;
    }

    private static XgboostFile.Booster booster(Place booster, int features, int groups, XgboostVersion version) {
        String name = booster.at("name").text();
        return switch (name) {
            case "gbtree", "dart" -> {
                Place inner = booster.only(Set.of("name", "model", "gbtree", "weight_drop"));
                Place dropped = inner.find("weight_drop");
                Place nested = inner.find("gbtree");
                if (nested != null) {
                    inner = nested.only(Set.of("name", "model"));
                }
                yield trees(inner.at("model").only(MODEL), dropped, features, groups, version);
            }
            case "gblinear" -> {
                Place model = booster.only(Set.of("name", "model")).at("model");
                Document.Numbers weights = model.only(Set.of("weights", "boosted_rounds"))
                        .at("weights")
                        .numbers();
                List<Float> values = new ArrayList<>();
                for (int i = 0; i < weights.size(); i++) {
                    values.add(weights.real(i));
                }
                yield new XgboostFile.Booster.Linear(values);
            }
            default ->
                throw ArtifactException.of(
                        "model_booster", booster.path() + ".name must be gbtree, dart or gblinear: " + name);
        };
    }

    private static XgboostFile.Booster trees(
            Place model, @Nullable Place outerWeights, int features, int groups, XgboostVersion version) {
        List<Place> places = model.at("trees").items();
        Place param = model.at("gbtree_model_param");
        int declared = param.at("num_trees").whole();
        if (declared != places.size()) {
            throw ArtifactException.of(
                    "model_length", model.path() + ".trees must have " + declared + " trees: " + places.size());
        }
        int[] info = model.at("tree_info").ints();
        if (info.length != declared) {
            throw ArtifactException.of(
                    "model_length", model.path() + ".tree_info must have " + declared + " values: " + info.length);
        }
        Place weightPlace = model.find("weight_drop") == null ? outerWeights : model.find("weight_drop");
        Document.Numbers weights = weightPlace == null ? Document.Numbers.ofWhole() : weightPlace.numbers();
        if (weights.size() > declared) {
            throw ArtifactException.of(
                    "model_length", "weight_drop must have at most " + declared + " values: " + weights.size());
        }
        List<Tree> trees = new ArrayList<>();
        List<Integer> treeGroups = new ArrayList<>();
        boolean vector = declared > 0 && XgboostVectorTree.is(places.getFirst());
        for (int t = 0; t < declared; t++) {
            List<Tree> read = vector
                    ? XgboostVectorTree.read(places.get(t), t, features, groups, version)
                    : List.of(XgboostTree.read(places.get(t), t, features));
            for (Tree tree : read) {
                treeGroups.add(vector ? treeGroups.size() % groups : info[t]);
                trees.add(t < weights.size() ? tree.scaled(weights.real(t)) : tree);
            }
        }
        Place starts = model.find("iteration_indptr");
        int parallel = optional(param.find("num_parallel_tree"));
        int width = vector ? groups : 1;
        List<Integer> rounds = starts != null
                ? roundStarts(starts, declared)
                : XgboostFile.equalRounds(declared, vector ? Math.max(1, parallel) : perRound(info, groups, parallel));
        return new XgboostFile.Booster.Trees(
                trees,
                checked(treeGroups, groups),
                rounds.stream().map(start -> start * width).toList());
    }

    /// The trees of a round: for each group as many in a row as grow in parallel.
    static int perRound(int[] info, int groups, int parallel) {
        if (parallel > 0 || groups == 1) {
            return groups * Math.max(1, parallel);
        }
        int run = 0;
        while (run < info.length && info[run] == 0) {
            run++;
        }
        return groups * Math.max(1, run);
    }

    static List<Integer> groups(int[] info, int groups) {
        return checked(Arrays.stream(info).boxed().toList(), groups);
    }

    private static List<Integer> checked(List<Integer> list, int groups) {
        for (int group : list) {
            if (group < 0 || group >= groups) {
                throw ArtifactException.of("model_group", "tree_info must be within 0.." + (groups - 1) + ": " + group);
            }
        }
        return list;
    }

    private static List<Integer> roundStarts(Place place, int trees) {
        List<Integer> starts = new ArrayList<>();
        int last = 0;
        for (int start : place.ints()) {
            if (start < last || (starts.isEmpty() && start != 0)) {
                throw ArtifactException.of("model_rounds", place.path() + " must rise from 0: " + start);
            }
            last = start;
            starts.add(start);
        }
        if (starts.isEmpty() || last != trees) {
            throw ArtifactException.of("model_rounds", place.path() + " must end with " + trees + ": " + last);
        }
        return starts;
    }

    private static List<List<String>> categories(Place learner, int features) {
        Place model = learner.at("gradient_booster");
        for (String inner : List.of("gbtree", "model")) {
            Place found = model.find(inner);
            model = found == null ? model : found;
        }
        Place cats = model.find("cats");
        return cats == null ? List.of() : XgboostCategories.read(cats, features);
    }
}
