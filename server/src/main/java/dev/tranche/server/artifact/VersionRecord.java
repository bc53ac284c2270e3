package dev.tranche.server.artifact;

import dev.tranche.release.Digest;
import dev.tranche.release.Version;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.registry.Entry;
import dev.tranche.release.registry.Signature;
import dev.tranche.release.registry.VersionState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A version as it was registered; never changed afterwards.
///
/// @param version name, kind and digest
/// @param state `validated`, or `registered`: without golden rows nothing is known and it cannot be released
/// @param files SHA-256 of each file by name
/// @param checks what was asked at registration
/// @param signature what its minors keep
/// @param at when it was registered
/// @param by who registered it
public record VersionRecord(
        Version version,
        VersionState state,
        SortedMap<String, String> files,
        List<Check> checks,
        Signature signature,
        Instant at,
        String by) {
    public VersionRecord {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        checks = List.copyOf(checks);
    }

    public VersionName name() {
        return version.name();
    }

    public VersionKind kind() {
        return version.kind();
    }

    public Digest digest() {
        return version.digest();
    }

    /// This version in a [dev.tranche.release.registry.Registry].
    ///
    /// @param now where it is in its life now
    public Entry entry(VersionState now) {
        return new Entry(version, signature, name().product(), now, 0, at);
    }

    /// As in the control journal; `at` and `by` are the event's own.
    public Map<String, @Nullable Object> toTree() {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("name", name().toString());
        tree.put("kind", kind().toString());
        tree.put("product", name().product());
        tree.put("digest", digest().hex());
        tree.put("state", state.toString());
        tree.put("files", files);
        tree.put("checks", Check.toTrees(checks));
        tree.put("signature", Promise.toTree(signature));
        return tree;
    }

    /// Reads what [#toTree] wrote.
    public static VersionRecord fromTree(Tree tree, Instant at, String by) {
        SortedMap<String, String> files = new TreeMap<>();
        Tree manifest = tree.tree("files");
        manifest.map().keySet().forEach(name -> files.put(name, manifest.text(name)));
        return new VersionRecord(
                new Version(
                        VersionName.parse(tree.text("name")),
                        VersionKind.parse(tree.text("kind")),
                        Digest.parse(tree.text("digest"))),
                VersionState.parse(tree.text("state")),
                files,
                tree.trees("checks").stream().map(Check::fromTree).toList(),
                Promise.fromTree(tree.tree("signature")),
                at,
                by);
    }
}
