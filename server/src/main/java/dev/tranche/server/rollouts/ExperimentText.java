package dev.tranche.server.rollouts;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Share;
import dev.tranche.release.VersionName;
import dev.tranche.release.experiment.Arm;
import dev.tranche.release.experiment.ArmMetric;
import dev.tranche.release.experiment.Experiment;
import dev.tranche.server.artifact.Tree;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An experiment as the control journal and the answers carry it.
final class ExperimentText {
    private ExperimentText() {}

    static Map<String, @Nullable Object> toTree(Experiment experiment) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", experiment.id());
        tree.put("product", experiment.product());
        tree.put(
                "arms",
                experiment.arms().stream()
                        .map(arm -> Map.of(
                                "version", arm.version().toString(),
                                "share", arm.share().toString()))
                        .toList());
        tree.put("bucketing", experiment.bucketing().toString());
        tree.put("unit", experiment.unit());
        tree.put(
                "metrics",
                experiment.metrics().stream().map(ArmMetric::toString).toList());
        return tree;
    }

    static Experiment fromTree(Tree tree) {
        return new Experiment(
                tree.text("id"),
                tree.text("product"),
                tree.trees("arms").stream()
                        .map(arm -> new Arm(VersionName.parse(arm.text("version")), Share.parse(arm.text("share"))))
                        .toList(),
                tree.text("unit"),
                Bucketing.parse(tree.text("bucketing")),
                tree.texts("metrics").stream().map(ArmMetric::parse).toList());
    }
}
