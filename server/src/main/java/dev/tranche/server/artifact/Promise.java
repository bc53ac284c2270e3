package dev.tranche.server.artifact;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Identity;
import dev.tranche.release.registry.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a folder promises its callers: the [Signature] that all minors of its major keep, and how it is
/// written down.
final class Promise {
    private Promise() {}

    /// A model's: features with their types, kind of output, label.
    static Signature of(Artifact artifact) {
        Identity identity = artifact.identity();
        Identity.Label label = identity.label();
        return new Signature(
                artifact.schema().features().stream()
                        .map(feature -> feature.name() + ":" + feature.type())
                        .toList(),
                identity.output().toString(),
                label.name() + ": " + label.definition() + " (" + label.positive() + ")");
    }

    /// What differs, for people: features added and removed, else output or label.
    static String difference(Signature kept, Signature next) {
        List<String> added = new ArrayList<>(next.features());
        added.removeAll(kept.features());
        List<String> removed = new ArrayList<>(kept.features());
        removed.removeAll(next.features());
        if (!added.isEmpty() || !removed.isEmpty()) {
            return "features added " + added + ", removed " + removed;
        }
        if (!kept.features().equals(next.features())) {
            return "the features are in another order";
        }
        return kept.output().equals(next.output())
                ? "label '" + kept.label() + "' becomes '" + next.label() + "'"
                : "output '" + kept.output() + "' becomes '" + next.output() + "'";
    }

    static Map<String, @Nullable Object> toTree(Signature signature) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("features", signature.features());
        tree.put("output", signature.output());
        tree.put("label", signature.label());
        return tree;
    }

    static Signature fromTree(Tree tree) {
        return new Signature(tree.texts("features"), tree.text("output"), tree.text("label"));
    }
}
