package dev.tranche.server.artifact;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What all minors of one major have in common (seed 004 §8.2.2): the features, the kind of output and the label.
///
/// @param features `name:type` in order
/// @param output `probability`, `value`, `classes` or `score`
/// @param label name, definition and positive class
public record Signature(List<String> features, String output, Identity.Label label) {
    public Signature {
        features = List.copyOf(features);
    }

    static Signature of(Artifact artifact) {
        Identity identity = artifact.identity();
        return new Signature(
                artifact.schema().features().stream()
                        .map(feature -> feature.name() + ":" + feature.type())
                        .toList(),
                identity.output().toString(),
                identity.label());
    }

    /// What `next` changes that a minor must keep; empty when it keeps all.
    Optional<String> broken(Signature next) {
        if (!output.equals(next.output)) {
            return Optional.of("the output kind changes from " + output + " to " + next.output);
        }
        if (!label.equals(next.label)) {
            return Optional.of(
                    "the label changes from '" + label.definition() + "' to '" + next.label.definition() + "'");
        }
        List<String> added = new ArrayList<>(next.features);
        added.removeAll(features);
        List<String> removed = new ArrayList<>(features);
        removed.removeAll(next.features);
        if (!added.isEmpty() || !removed.isEmpty()) {
            return Optional.of("the features change: added " + added + ", removed " + removed);
        }
        return Optional.empty();
    }

    Map<String, @Nullable Object> toTree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("features", features);
        tree.put("output", output);
        tree.put("label", Map.of("name", label.name(), "definition", label.definition(), "positive", label.positive()));
        return tree;
    }

    static Signature fromTree(Tree tree) {
        Tree label = tree.tree("label");
        return new Signature(
                tree.texts("features"),
                tree.text("output"),
                new Identity.Label(label.text("name"), label.text("definition"), label.text("positive")));
    }
}
