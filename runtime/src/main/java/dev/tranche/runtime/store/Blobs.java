package dev.tranche.runtime.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Immutable bytes by their SHA-256, kept in PostgreSQL and mirrored to a folder, from which they are read
/// when the database is away. Thread-safe.
public final class Blobs {
    /// Largest blob, in bytes.
    public static final int MAX_BYTES = 256 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);

    private final Store store;
    private final Path mirror;

    private Blobs(Store store, Path mirror) {
        this.store = store;
        this.mirror = mirror;
    }

    /// Blobs of `store`, mirrored in `mirror` (created when absent).
    public static Blobs in(Store store, Path mirror) {
        return new Blobs(store, mirror);
    }

    /// Keeps `bytes` (up to 256 MiB) and returns their SHA-256 as 64 hex digits. The same bytes again change
    /// nothing. Throws `StoreUnavailableException` when the database is away, `UncheckedIOException` when the
    /// mirror cannot be written.
    public String put(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a blob is within 0.." + MAX_BYTES + " bytes: " + bytes.length);
        }
        byte[] digest = Digests.sha256(bytes);
        store.transaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO blob (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING")) {
                insert.setBytes(1, digest);
                insert.setBytes(2, bytes);
                return insert.executeUpdate();
            }
        });
        String hex = Digests.hex(digest);
        if (mirroredBytes(hex) == null) {
            mirror(hex, bytes);
        }
        return hex;
    }

    /// The bytes of `digest`, checked against it: from the mirror, else from the database (and then
    /// mirrored); empty when neither has them. Throws `StoreUnavailableException` when they are not mirrored
    /// and the database is away.
    public Optional<byte[]> read(String digest) {
        byte[] wanted = Digests.bytes(digest);
        byte[] mirrored = mirroredBytes(digest);
        if (mirrored != null) {
            return Optional.of(mirrored);
        }
        Optional<byte[]> stored = store.transaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT bytes FROM blob WHERE digest = ?")) {
                select.setBytes(1, wanted);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                }
            }
        });
        stored.ifPresent(bytes -> {
            if (!Arrays.equals(wanted, Digests.sha256(bytes))) {
                throw new StoreException("the stored bytes do not have their digest " + digest, "", null);
            }
            mirror(digest, bytes);
        });
        return stored;
    }

    /// Whether the bytes of `digest` are in the mirror, that is readable without the database.
    public boolean mirrored(String digest) {
        return Files.exists(file(digest));
    }

    private Path file(String digest) {
        Digests.bytes(digest);
        return mirror.resolve(digest.substring(0, 2)).resolve(digest);
    }

    /// The mirrored bytes, or null when there are none or they do not have their digest (then they are
    /// replaced).
    private byte @Nullable [] mirroredBytes(String digest) {
        Path file = file(digest);
        try {
            if (!Files.exists(file)) {
                return null;
            }
            byte[] bytes = Files.readAllBytes(file);
            if (Digests.hex(Digests.sha256(bytes)).equals(digest)) {
                return bytes;
            }
            LOG.error("blobs.mirror.damaged file={}", file);
            return null;
        } catch (IOException e) {
            LOG.error("blobs.mirror.unreadable file={}", file, e);
            return null;
        }
    }

    /// Writes beside the final name, forces, renames, forces the folder: the name is never on incomplete
    /// bytes.
    private void mirror(String digest, byte[] bytes) {
        Path file = file(digest);
        try {
            Files.createDirectories(file.getParent());
            Path unfinished = Files.createTempFile(file.getParent(), digest, ".tmp");
            try {
                try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                    ByteBuffer rest = ByteBuffer.wrap(bytes);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                    channel.force(true);
                }
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot mirror to " + file, e);
        }
    }
}
