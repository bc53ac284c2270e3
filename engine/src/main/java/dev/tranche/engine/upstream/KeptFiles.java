package dev.tranche.engine.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was last heard of the server, on the disk, so that the engine can begin again while the server is
/// away: the route, and the calibration of each version. One thread at a time.
final class KeptFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    private KeptFiles(Path folder) {
        this.folder = folder;
    }

    static KeptFiles in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("versions"));
        return new KeptFiles(folder);
    }

    /// The route that was kept for a product.
    Optional<JsonNode> route(String product) throws IOException {
        Path file = folder.resolve("route.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode kept = JSON.readTree(Files.readAllBytes(file));
        return kept.path("product").asString("").equals(product) ? Optional.of(kept) : Optional.empty();
    }

    void route(JsonNode route) throws IOException {
        replace(folder.resolve("route.json"), JSON.writeValueAsBytes(route));
    }

    /// The calibration of a version with a digest, when it was kept whole.
    Optional<byte[]> calibration(String version, String sha256) throws IOException {
        Optional<byte[]> kept = calibration(version);
        return kept.filter(bytes -> sha256(bytes).equals(sha256));
    }

    /// The calibration of a version, whatever it is.
    Optional<byte[]> calibration(String version) throws IOException {
        Path file = place(version);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    void calibration(String version, byte[] bytes) throws IOException {
        replace(place(version), bytes);
    }

    /// The files of a version, packed, whatever they are.
    Optional<byte[]> packed(String version) throws IOException {
        Path file = place(version).resolveSibling(version + ".files");
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    void packed(String version, byte[] bytes) throws IOException {
        replace(place(version).resolveSibling(version + ".files"), bytes);
    }

    private Path place(String version) {
        if (!version.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")) {
            throw new IllegalArgumentException("a version's name is letters, digits, '_', '.' and '-': " + version);
        }
        return folder.resolve("versions").resolve(version + ".yaml");
    }

    private static void replace(Path target, byte[] bytes) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".tmp");
        Files.write(unfinished, bytes);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
