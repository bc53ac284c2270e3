package dev.tranche.inference.tree;

import dev.tranche.inference.Precision;
import dev.tranche.inference.link.Link;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a file of trees says, before anything is compiled: the trees, where each adds, and from what they
/// start.
///
/// @param precision the arithmetic of the sums
/// @param inputNames the names of a row's values, in order
/// @param trees in the order in which they are added
/// @param groups for each tree the margin it adds to
/// @param start the margins before the first tree
/// @param divisor what the sums are divided by before the link: 1, or the rounds of a random forest
/// @param link from margins to outputs
/// @param categories for each input its categories by code; an empty list where the file names none
public record Ensemble(
        Precision precision,
        List<String> inputNames,
        List<Tree> trees,
        List<Integer> groups,
        List<Double> start,
        int divisor,
        Link link,
        List<List<String>> categories) {
    public Ensemble {
        inputNames = List.copyOf(inputNames);
        trees = List.copyOf(trees);
        groups = List.copyOf(groups);
        start = List.copyOf(start);
        categories = List.copyOf(categories);
        if (groups.size() != trees.size()) {
            throw new IllegalArgumentException(trees.size() + " trees need as many groups: " + groups.size());
        }
        if (start.isEmpty() || divisor < 1) {
            throw new IllegalArgumentException(
                    "margins and divisor must be at least 1: " + start.size() + ", " + divisor);
        }
        for (int group : groups) {
            if (group < 0 || group >= start.size()) {
                throw new IllegalArgumentException("a group must be within 0.." + (start.size() - 1) + ": " + group);
            }
        }
    }

    /// The inputs some split asks for a category code.
    public Set<Integer> categoricalInputs() {
        Set<Integer> inputs = new TreeSet<>();
        for (Tree tree : trees) {
            for (int node = 0; node < tree.size(); node++) {
                if (!tree.isLeaf(node) && tree.rule(node).categorical()) {
                    inputs.add(tree.feature(node));
                }
            }
        }
        return inputs;
    }

    /// Whether some leaf answers with a regression.
    public boolean linear() {
        return trees.stream().anyMatch(tree -> !tree.linear().isEmpty());
    }
}
