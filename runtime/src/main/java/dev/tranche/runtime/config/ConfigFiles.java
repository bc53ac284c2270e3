package dev.tranche.runtime.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Reads the configuration's files as one generation, and writes a file so that it is old or new, never half.
///
/// In a Kubernetes mount the files are links through `..data` to a folder of one generation, and an update
/// renames `..data` (AtomicWriter); the link is resolved once, so that all files come from one generation.
final class ConfigFiles {
    private static final int ATTEMPTS = 5;

    /// One file as it was read.
    record Source(String name, String text) {}

    /// All files, in the order in which they override, and their digest.
    record Sources(List<Source> files, String digest) {}

    private final Path file;
    private final Path more;

    ConfigFiles(Path file) {
        this.file = file.toAbsolutePath();
        this.more = this.file.resolveSibling("conf.d");
    }

    /// The folders in which something changes when the configuration does.
    List<Path> folders() {
        return Stream.of(file.resolveSibling("."), more)
                .filter(Files::isDirectory)
                .toList();
    }

    boolean present() {
        return Files.exists(file);
    }

    /// Reads all files; when a generation is swapped away while it is read, the next one is read.
    Sources read() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce();
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Sources readOnce() throws IOException {
        List<Path> paths = new ArrayList<>();
        Path main = generation(file.resolveSibling(".").normalize()).resolve(file.getFileName());
        if (Files.exists(main)) {
            paths.add(main);
        }
        if (Files.isDirectory(more)) {
            try (Stream<Path> entries = Files.list(generation(more))) {
                entries.filter(path -> path.getFileName().toString().endsWith(".yaml"))
                        .sorted()
                        .forEach(paths::add);
            }
        }
        List<Source> sources = new ArrayList<>();
        MessageDigest digest = sha256();
        for (Path path : paths) {
            byte[] bytes = Files.readAllBytes(path);
            String name = path.equals(main) ? path.getFileName().toString() : "conf.d/" + path.getFileName();
            digest.update((name + "\t" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            sources.add(new Source(name, new String(bytes, StandardCharsets.UTF_8)));
        }
        return new Sources(sources, HexFormat.of().formatHex(digest.digest()));
    }

    private static Path generation(Path folder) throws IOException {
        Path data = folder.resolve("..data");
        return Files.isDirectory(data) ? data.toRealPath() : folder;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Replaces `target` (mode 0600): written beside it, forced, renamed, folder forced.
    static void replace(Path target, String text) throws IOException {
        Path parent = target.toAbsolutePath().resolveSibling(".").normalize();
        Files.createDirectories(parent);
        Path unfinished = Files.createTempFile(
                parent,
                "config",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        try (FileChannel folder = FileChannel.open(parent, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
