package dev.tranche.bench.life;

import dev.tranche.bench.Report;
import dev.tranche.inference.Artifact;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.artifact.CanonicalYaml;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.LoadedVersion;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Bytes of heap that versions take which compute the same under different names: as the server keeps them,
/// and each opened on its own.
final class Sharing {
    private static final Pattern NODES = Pattern.compile("\"num_nodes\":\\s*\"(\\d+)\"");

    private final Path folder;
    private final Path work;
    private final int versions;

    Sharing(Path folder, Path work, int versions) {
        this.folder = folder;
        this.work = work;
        this.versions = versions;
    }

    private Map<String, byte[]> files(String name) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> paths = Files.list(Folders.twin(folder, work, name))) {
            for (Path path : paths.toList()) {
                String file = path.getFileName().toString();
                byte[] bytes = Files.readAllBytes(path);
                files.put(file, file.endsWith(".yaml") ? CanonicalYaml.canonical(file, bytes) : bytes);
            }
        }
        return files;
    }

    /// Measures and prints.
    ///
    /// @return true when every version that shares still reproduces its golden rows
    boolean measure(Report report, int rounds) throws IOException {
        Map<VersionName, Map<String, byte[]>> folders = new HashMap<>();
        for (int i = 0; i < versions; i++) {
            String name = "shared" + i + "_xgb_v1.0";
            folders.put(VersionName.parse(name), files(name));
        }
        opened(List.of(folders.values().iterator().next())); // what classes keep for themselves is not counted
        shared(folders);
        long[] alone = new long[rounds];
        long[] each = new long[rounds];
        long[] shared = new long[rounds];
        boolean reproduced = true;
        for (int round = 0; round < rounds; round++) {
            alone[round] = opened(List.of(folders.values().iterator().next()));
            each[round] = opened(folders.values());
            shared[round] = shared(folders);
            reproduced &= shared[round] > 0;
        }
        long one = median(alone);
        long apart = median(each);
        long together = median(shared);
        String what = versions + " versions";
        report.number("memory", "one version", one / 1024.0, "KiB");
        report.number("memory", "one version", one / (double) nodes(), "bytes a node");
        report.number("memory", what + ", each on its own", apart / 1024.0, "KiB");
        report.number("memory", what + ", shared", together / 1024.0, "KiB");
        report.number("memory", what, 100.0 * (apart - together) / apart, "% saved");
        return reproduced;
    }

    private long nodes() throws IOException {
        Matcher nodes = NODES.matcher(Files.readString(folder.resolve("model.json"), StandardCharsets.UTF_8));
        long sum = 0;
        while (nodes.find()) {
            sum += Long.parseLong(nodes.group(1));
        }
        return sum;
    }

    private static long opened(Iterable<Map<String, byte[]>> folders) {
        long before = heap();
        List<Artifact> artifacts = new ArrayList<>();
        folders.forEach(files -> artifacts.add(Artifact.open(files)));
        long used = heap() - before;
        artifacts.forEach(Artifact::close);
        return used;
    }

    private static long shared(Map<VersionName, Map<String, byte[]>> folders) {
        Map<Digest, Map<String, byte[]>> byDigest = new HashMap<>();
        Map<VersionName, Digest> digests = new HashMap<>();
        folders.forEach((name, files) -> {
            Digest digest = Digest.parse(Artifact.digest(files));
            byDigest.put(digest, files);
            digests.put(name, digest);
        });
        long before = heap();
        Artifacts artifacts = Artifacts.of(digest -> Optional.ofNullable(byDigest.get(digest)));
        List<LoadedVersion> versions = new ArrayList<>();
        // A load that does not reproduce the golden rows of its version throws.
        digests.forEach((name, digest) -> versions.add(artifacts.load(name, digest)));
        long used = heap() - before;
        if (artifacts.census().models() != 1) {
            throw new IllegalStateException("the versions share no model: " + artifacts.census());
        }
        versions.forEach(LoadedVersion::close);
        return used;
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
