package dev.tranche.server.rollouts;

import dev.tranche.server.artifact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A token that was handed out; only its digest is kept.
///
/// @param name who it stands for; the actor in records
/// @param roles `predict`, `view`, `operate`, `approve`, `admin`
/// @param sha256 64 hexadecimal digits of the token's digest
public record TokenRecord(String name, Set<String> roles, String sha256) {
    public TokenRecord {
        roles = Set.copyOf(roles);
    }

    Map<String, @Nullable Object> toTree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("name", name);
        tree.put("roles", List.copyOf(new TreeSet<>(roles)));
        tree.put("sha256", sha256);
        return tree;
    }

    static TokenRecord fromTree(Tree tree) {
        return new TokenRecord(tree.text("name"), Set.copyOf(tree.texts("roles")), tree.text("sha256"));
    }
}
