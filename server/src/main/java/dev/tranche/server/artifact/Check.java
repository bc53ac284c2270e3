package dev.tranche.server.artifact;

import dev.tranche.release.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One question asked of a version, and its answer.
///
/// @param name stable, `golden_rows`
/// @param verdict pass, fail, wait (cannot be answered yet) or broken (could not be asked)
public record Check(String name, Verdict verdict) {
    public static Check pass(String name, String detail) {
        return new Check(name, Verdict.pass(detail));
    }

    public static Check fail(String name, String detail) {
        return new Check(name, Verdict.fail(detail));
    }

    public static Check await(String name, String detail) {
        return new Check(name, Verdict.await(detail));
    }

    public static Check broken(String name, String detail) {
        return new Check(name, Verdict.broken(detail));
    }

    /// Whether it is a pass; waiting and broken are not.
    public boolean passed() {
        return verdict instanceof Verdict.Pass;
    }

    /// Name, verdict and detail, as in the answers and in the control journal.
    public Map<String, @Nullable Object> toTree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("name", name);
        tree.put("verdict", verdict.word());
        tree.put("detail", verdict.reason());
        if (!verdict.numbers().isEmpty()) {
            tree.put("numbers", verdict.numbers());
        }
        return tree;
    }

    /// Reads what [#toTree] wrote.
    public static Check fromTree(Tree tree) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        if (tree.has("numbers")) {
            Tree inner = tree.tree("numbers");
            inner.map().keySet().forEach(key -> numbers.put(key, inner.real(key)));
        }
        return new Check(
                tree.text("name"),
                Verdict.of(tree.text("verdict"), tree.text("detail"), Collections.unmodifiableSortedMap(numbers)));
    }

    static List<Map<String, @Nullable Object>> toTrees(List<Check> checks) {
        return checks.stream().map(Check::toTree).toList();
    }
}
