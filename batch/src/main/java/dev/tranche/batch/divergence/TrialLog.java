package dev.tranche.batch.divergence;

import dev.tranche.batch.file.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// What a long run has finished, so that it can go on after it was killed: a text file of lines `CRC-32 in 8
/// hex digits, blank, name, blank, result`, the first naming the run. A line that is torn or damaged ends
/// what is believed; the file is cut there. Every append reaches the disk before it returns. Safe for several
/// threads of one process; a second process is refused.
final class TrialLog implements AutoCloseable {
    private static final String FIRST = "run";
    private static final int SUM = 8;

    private final FileChannel channel;
    private final Map<String, String> found;

    private TrialLog(FileChannel channel, Map<String, String> found) {
        this.channel = channel;
        this.found = found;
    }

    /// Opens or begins the log of a run.
    ///
    /// @param run everything that decides what the results are: inputs, parameters, seed
    /// @throws RefusedException when the file belongs to another run, or another process writes it
    static TrialLog open(Path file, String run) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw RefusedException.because("another process is writing " + file);
            }
            return opened(channel, file, run);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static TrialLog opened(FileChannel channel, Path file, String run) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Map<String, String> found = new LinkedHashMap<>();
        int end = 0;
        for (int next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', end)) {
            Optional<String> line = whole(text.substring(end, next));
            if (line.isEmpty()) {
                break;
            }
            int blank = line.get().indexOf(' ');
            found.put(line.get().substring(0, blank), line.get().substring(blank + 1));
            end = next + 1;
        }
        String before = found.remove(FIRST);
        if (before != null && !before.equals(run)) {
            throw RefusedException.because(file + " holds results of another run (other data, parameters or seed): "
                    + "remove it, or name another folder with --out");
        }
        channel.truncate(end);
        channel.position(end);
        TrialLog log = new TrialLog(channel, found);
        if (before == null) {
            log.append(FIRST, run);
        }
        return log;
    }

    /// The line without its sum, when the sum is right.
    private static Optional<String> whole(String line) {
        if (line.length() < SUM + 3 || line.charAt(SUM) != ' ' || line.indexOf(' ', SUM + 1) < 0) {
            return Optional.empty();
        }
        String rest = line.substring(SUM + 1);
        return line.substring(0, SUM).equals(sum(rest)) ? Optional.of(rest) : Optional.empty();
    }

    private static String sum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return String.format("%08x", crc.getValue());
    }

    /// The result found under a name when the log was opened, or null.
    @Nullable
    String result(String name) {
        return found.get(name);
    }

    /// How many results were found.
    int size() {
        return found.size();
    }

    /// Remembers a result.
    ///
    /// @param name without blanks
    /// @param result one line of Latin-1 text
    synchronized void append(String name, String result) throws IOException {
        String line = name + " " + result;
        ByteBuffer bytes = ByteBuffer.wrap((sum(line) + " " + line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
