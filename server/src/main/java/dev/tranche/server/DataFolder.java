package dev.tranche.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A data folder taken by one running server. The system frees it when the process ends, however it ends.
final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes the folder if it is not there, and takes it.
    ///
    /// @throws StartException when it cannot be written or another server has it
    static DataFolder take(Path folder) {
        Path file = folder.resolve("server.lock");
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new StartException(
                        "the data folder " + folder + " is used by another running server"
                                + (holder.isEmpty() ? "" : " (process " + holder + ")"),
                        null);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return new DataFolder(channel);
        } catch (IOException e) {
            throw new StartException(
                    "the data folder " + folder + " cannot be written: "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("a server of this process has the folder", e);
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.truncate(0);
        channel.close();
    }
}
