package dev.tranche.e2e;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// The data folder of a server that was prepared and stopped, in `target/prepared`. It is made once a build:
/// the processes that run tests side by side wait for the one that makes it, and the next build makes its
/// own.
final class Prepared {
    private static final Path PLACE = Product.ROOT.resolve("e2e/target/prepared");
    private static final String RUN = System.getProperty(
                    "tranche.run", "process-" + ProcessHandle.current().pid())
            .replaceAll("[^0-9A-Za-z]", "-");

    private Prepared() {}

    /// Copies the prepared folder.
    static void copyTo(Path data) throws IOException, InterruptedException {
        copy(folder(), data);
    }

    private static synchronized Path folder() throws IOException, InterruptedException {
        Files.createDirectories(PLACE);
        Path ready = PLACE.resolve(RUN);
        try (FileChannel file =
                        FileChannel.open(PLACE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            if (held.isValid() && !Files.isDirectory(ready)) {
                removeOthers();
                Path unfinished = PLACE.resolve(RUN + ".unfinished");
                Product.prepareScorecard(unfinished).close();
                Files.move(unfinished, ready);
            }
        }
        return ready;
    }

    private static void removeOthers() throws IOException, InterruptedException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(PLACE)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            run("rm", "-rf", folder.toString());
        }
    }

    /// Copies a folder with owners and modes, which PostgreSQL looks at.
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Files.createDirectories(to);
        run("cp", "-a", from + "/.", to.toString());
    }

    private static void run(String... words) throws IOException, InterruptedException {
        if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed");
        }
    }
}
