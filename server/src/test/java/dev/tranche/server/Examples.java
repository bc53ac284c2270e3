package dev.tranche.server;

import dev.tranche.inference.Artifact;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.artifact.CanonicalYaml;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.LoadedPolicy;
import dev.tranche.server.serving.LoadedVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The shipped credit example, registered in memory: real models and the real policy.
public final class Examples {
    public static final String SCORECARD = "consumer_apply_scorecard_v1.0";
    public static final String XGB = "consumer_apply_xgb_v1.0";
    public static final String POLICY = "consumer_apply_policy_v1.0";

    private static final Path FOLDER =
            Path.of(System.getProperty("tranche.root")).resolve("examples/credit");

    private final Map<Digest, Map<String, byte[]>> folders = new HashMap<>();
    private final Map<String, Digest> digests = new HashMap<>();
    private final Artifacts artifacts = Artifacts.of(digest -> Optional.ofNullable(folders.get(digest)));

    public Examples() {
        add(SCORECARD, folder(FOLDER.resolve(SCORECARD)));
        add(XGB, folder(FOLDER.resolve(XGB)));
        add(POLICY, Map.of(Artifacts.POLICY_FILE, canonical("policy.yaml", read(FOLDER.resolve("policy.yaml")))));
    }

    private void add(String name, Map<String, byte[]> files) {
        Digest digest = new Digest(Artifact.digest(files));
        folders.put(digest, files);
        digests.put(name, digest);
    }

    private static Map<String, byte[]> folder(Path folder) {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                String name = path.getFileName().toString();
                files.put(name, name.endsWith(".yaml") ? canonical(name, read(path)) : read(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static byte[] canonical(String name, byte[] yaml) {
        return CanonicalYaml.canonical(name, yaml);
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Map<Digest, Map<String, byte[]>> folders() {
        return folders;
    }

    public Artifacts artifacts() {
        return artifacts;
    }

    public LoadedVersion version(String name) {
        return artifacts.load(VersionName.parse(name), digest(name));
    }

    public LoadedPolicy policy() {
        return artifacts.loadPolicy(VersionName.parse(POLICY), digest(POLICY));
    }

    public Digest digest(String name) {
        Digest digest = digests.get(name);
        if (digest == null) {
            throw new IllegalArgumentException("no example is named " + name);
        }
        return digest;
    }

    /// The inputs of the golden rows, one JSON object each.
    public static List<String> applicants() {
        try (Stream<String> lines = Files.lines(FOLDER.resolve(XGB).resolve("samples.jsonl"))) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> line.substring(line.indexOf("\"input\":") + 8, line.indexOf("}", 0) + 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
