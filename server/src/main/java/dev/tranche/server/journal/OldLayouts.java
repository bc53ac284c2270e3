package dev.tranche.server.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// The layouts of segments that were dropped, in a file beside the journal: a line with the position and the
/// record in base64 each. One writer.
final class OldLayouts {
    private final Path file;

    private OldLayouts(Path file) {
        this.file = file;
    }

    static OldLayouts in(Path folder) {
        return new OldLayouts(folder.resolve("layouts"));
    }

    /// All of them, by the position at which they were.
    Map<Long, Layout> read() throws IOException {
        Map<Long, Layout> layouts = new HashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] parts = line.split(" ", 2);
                if (parts.length == 2 && parts[0].matches("[0-9]{1,18}")) {
                    layouts.put(
                            Long.parseLong(parts[0]), layout(Base64.getDecoder().decode(parts[1])));
                }
            }
        }
        return layouts;
    }

    private static Layout layout(byte[] bytes) {
        return Codec.layout(ByteBuffer.wrap(bytes));
    }

    /// Adds some; they are on the disk when this returns.
    void keep(Map<Long, Layout> more) throws IOException {
        if (more.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        more.forEach((position, layout) -> lines.append(position)
                .append(' ')
                .append(Base64.getEncoder().encodeToString(Codec.bytes(layout)))
                .append('\n'));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(lines.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
