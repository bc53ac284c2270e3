package dev.tranche.server.rollouts;

import dev.tranche.release.Verdict;
import dev.tranche.release.rollout.Check;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Verdicts as the answers and the evidence show them.
public final class Words {
    private Words() {}

    /// A point of the checklist: name, verdict, detail, numbers.
    public static Map<String, @Nullable Object> check(Check check) {
        return verdict("name", check.point().toString(), check.verdict());
    }

    /// What was asked under `key`, its verdict, detail, and the numbers it rests on.
    public static Map<String, @Nullable Object> verdict(String key, String asked, Verdict verdict) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put(key, asked);
        tree.put("verdict", verdict.word());
        tree.put("detail", verdict.reason());
        if (!verdict.numbers().isEmpty()) {
            tree.put("numbers", verdict.numbers());
        }
        return tree;
    }
}
