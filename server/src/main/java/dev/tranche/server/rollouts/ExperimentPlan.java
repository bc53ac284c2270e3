package dev.tranche.server.rollouts;

import dev.tranche.release.Bucketing;
import dev.tranche.release.Share;
import dev.tranche.release.VersionName;
import dev.tranche.server.artifact.Tree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An experiment as it was started; never changed, so a unit keeps its arm to the end.
///
/// @param id chosen by who starts it
/// @param product the route it runs on
/// @param arms two or more, the first is the one the others are compared with
/// @param bucketing how units fall into arms; its salt is the experiment's own
/// @param unit the request key that is hashed, `loan_id`
/// @param metrics what the readout shows
public record ExperimentPlan(
        String id, String product, List<Arm> arms, Bucketing bucketing, String unit, List<String> metrics) {
    /// One arm.
    ///
    /// @param name as written in the file
    /// @param version the exact version that answers
    /// @param share its share; all shares make the whole
    public record Arm(String name, VersionName version, Share share) {}

    public ExperimentPlan {
        arms = List.copyOf(arms);
        metrics = List.copyOf(metrics);
    }

    Map<String, @Nullable Object> toTree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("id", id);
        tree.put("product", product);
        tree.put(
                "arms",
                arms.stream()
                        .map(arm -> Map.of(
                                "name", arm.name(),
                                "version", arm.version().toString(),
                                "share", arm.share().toString()))
                        .toList());
        tree.put("bucketing", bucketing.toString());
        tree.put("unit", unit);
        tree.put("metrics", metrics);
        return tree;
    }

    static ExperimentPlan fromTree(Tree tree) {
        return new ExperimentPlan(
                tree.text("id"),
                tree.text("product"),
                tree.trees("arms").stream()
                        .map(arm -> new Arm(
                                arm.text("name"),
                                VersionName.parse(arm.text("version")),
                                Share.parse(arm.text("share"))))
                        .toList(),
                Bucketing.parse(tree.text("bucketing")),
                tree.text("unit"),
                tree.texts("metrics"));
    }
}
