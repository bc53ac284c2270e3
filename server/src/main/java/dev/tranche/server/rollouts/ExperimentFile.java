package dev.tranche.server.rollouts;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Share;
import dev.tranche.release.VersionName;
import dev.tranche.release.experiment.Arm;
import dev.tranche.release.experiment.ArmMetric;
import dev.tranche.release.experiment.Experiment;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.artifact.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// Reads seed 000 §4.1's experiment, in YAML or JSON, with what it leaves out: product, unit, salt, bucketing.
///
/// ```yaml
/// experiment:
///   id: momentum_strategy_v2
///   models: [{id: lstm_v1, weight: 0.3}, {id: xgboost_v2, weight: 0.7}]
///   metrics: [approval_rate, outcome_rate]
/// ```
public final class ExperimentFile {
    private static final List<ArmMetric> METRICS = Arrays.stream(ArmMetric.values())
            .filter(metric -> metric.refusal().isEmpty())
            .toList();

    private static final SequencedSet<String> TOP = keys("experiment");
    private static final SequencedSet<String> KEYS =
            keys("id", "product", "models", "metrics", "unit", "salt", "bucketing");
    private static final SequencedSet<String> ARM_KEYS = keys("id", "weight");

    private ExperimentFile() {}

    /// The plan in the text.
    ///
    /// @param resolve turns a requested name into the exact registered one, or refuses
    /// @param implied the product of a file whose models do not share one
    /// @throws Refused with the key at fault; `metric_later` for Sharpe and drawdown
    public static Experiment read(byte[] text, UnaryOperator<VersionName> resolve, Optional<String> implied) {
        Tree file = Tree.read("experiment.yaml", text);
        Tree tree = file.has("experiment") ? file.onlyKeys(TOP).tree("experiment") : file;
        tree.onlyKeys(KEYS);
        String id = tree.text("id");
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "bad_value",
                    "experiment.id must be a short name",
                    id,
                    "1..64 letters, digits, '_', '-' or '.'");
        }
        List<Tree> models = tree.trees("models");
        if (models.size() < 2 || models.size() > 10) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "bad_value",
                    "experiment.models must name two or more versions",
                    Integer.toString(models.size()),
                    "2..10");
        }
        List<Arm> arms = arms(models, resolve);
        return new Experiment(
                id,
                product(tree, arms, implied),
                arms,
                tree.text("unit", "loan_id"),
                bucketing(tree, id),
                metrics(tree.texts("metrics")));
    }

    private static List<Arm> arms(List<Tree> models, UnaryOperator<VersionName> resolve) {
        List<BigDecimal> weights = new ArrayList<>();
        for (Tree model : models) {
            model.onlyKeys(ARM_KEYS);
            double weight = model.real("weight");
            if (!(weight > 0) || weight > 1e6) {
                throw Refused.of(
                        Refused.Kind.MALFORMED,
                        "bad_value",
                        model.where() + ".weight must be positive",
                        Double.toString(weight),
                        "above 0, up to 1000000");
            }
            weights.add(BigDecimal.valueOf(weight));
        }
        List<Share> shares = Share.proportions(weights);
        List<Arm> arms = new ArrayList<>();
        Set<VersionName> versions = new TreeSet<>();
        for (int i = 0; i < models.size(); i++) {
            String name = models.get(i).text("id");
            VersionName version = resolve.apply(VersionName.parse(name));
            if (!versions.add(version)) {
                throw Refused.of(Refused.Kind.RULE, "arm_twice", "two arms are the same version: " + version);
            }
            arms.add(new Arm(version, shares.get(i)));
        }
        return arms;
    }

    private static String product(Tree tree, List<Arm> arms, Optional<String> implied) {
        Set<String> products = new TreeSet<>();
        arms.forEach(arm -> products.add(arm.version().product()));
        return tree.optionalText("product")
                .or(() -> products.size() == 1 ? products.stream().findFirst() : implied)
                .orElseThrow(() -> Refused.of(
                        Refused.Kind.RULE,
                        "product_missing",
                        "the models belong to several products; say on whose route the experiment runs: product: …",
                        String.join(", ", products),
                        "one product"));
    }

    private static Bucketing bucketing(Tree tree, String id) {
        String algorithm = tree.text("bucketing", Bucketing.Algorithm.MURMUR3_32.toString());
        boolean salted = algorithm.equals(Bucketing.Algorithm.MURMUR3_32.toString());
        return Bucketing.of(algorithm, tree.text("salt", salted ? "experiment-" + id : ""));
    }

    private static List<ArmMetric> metrics(List<String> asked) {
        List<ArmMetric> metrics = new ArrayList<>();
        for (String word : asked) {
            ArmMetric metric = metric(word);
            metric.refusal().ifPresent(reason -> {
                throw Refused.of(Refused.Kind.RULE, "metric_later", reason, word, METRICS.toString());
            });
            metrics.add(metric);
        }
        return metrics.isEmpty() ? METRICS : metrics;
    }

    private static ArmMetric metric(String word) {
        try {
            return ArmMetric.parse(word);
        } catch (IllegalArgumentException e) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "bad_value",
                    "experiment.metrics has a metric that is not known",
                    word,
                    METRICS.toString());
        }
    }

    static SequencedSet<String> keys(String... keys) {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(List.of(keys)));
    }
}
