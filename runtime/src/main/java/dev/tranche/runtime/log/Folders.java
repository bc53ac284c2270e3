package dev.tranche.runtime.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A log's folder: its names on the disk, and the lock that lets one process write.
final class Folders {
    private Folders() {}

    /// Puts the folder's names (created, renamed, deleted files) on the disk.
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Takes the folder for this process until the channel is closed; the system frees it when the process
    /// dies.
    static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process already has the log open: " + folder, e);
        }
        if (lock == null) {
            channel.close();
            throw new IOException("another process has the log open: " + folder);
        }
        return channel;
    }

    static long freeBytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }
}
