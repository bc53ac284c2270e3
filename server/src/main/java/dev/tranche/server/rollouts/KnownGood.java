package dev.tranche.server.rollouts;

import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.server.artifact.Bytes;
import dev.tranche.server.artifact.CanonicalYaml;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.artifact.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The last control events this node has seen, on its own disk, so that it starts and serves without the
/// database.
///
/// One JSON line an event, and a last line with the SHA-256 of all before it; replaced as a whole by a
/// rename, so a reader sees the old copy or the new one. A copy that does not add up counts as none. One
/// writer.
final class KnownGood {
    private final Path file;

    private KnownGood(Path file) {
        this.file = file;
    }

    static KnownGood at(Path file) {
        return new KnownGood(file);
    }

    /// Replaces the copy.
    ///
    /// @throws UncheckedIOException when the disk does not take it; the old copy stays
    void write(List<ControlEvent> events) {
        StringBuilder text = new StringBuilder();
        for (ControlEvent event : events) {
            text.append(new String(CanonicalYaml.canonical(toTree(event)), StandardCharsets.UTF_8))
                    .append('\n');
        }
        String sum = Bytes.sha256(Bytes.utf8(text.toString()));
        text.append("{\"sha256\":\"").append(sum).append("\"}\n");
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.writeString(next, text);
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy of the control journal cannot be written: " + file, e);
        }
    }

    /// The copied events in order; none when there is no copy or it does not add up.
    List<ControlEvent> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file);
            int last = text.lastIndexOf('\n', text.length() - 2) + 1;
            String body = text.substring(0, last);
            Tree trailer = Tree.read(file.toString(), Bytes.utf8(text.substring(last)));
            if (!trailer.text("sha256").equals(Bytes.sha256(Bytes.utf8(body)))) {
                return List.of();
            }
            List<ControlEvent> events = new ArrayList<>();
            for (String line : body.lines().toList()) {
                events.add(fromTree(Tree.read(file.toString(), Bytes.utf8(line))));
            }
            return List.copyOf(events);
        } catch (Refused torn) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the copy of the control journal cannot be read: " + file, e);
        }
    }

    /// An event as evidence and the copy carry it.
    static Map<String, @Nullable Object> toTree(ControlEvent event) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        tree.put("seq", event.seq());
        tree.put("at", event.at().toString());
        tree.put("actor", event.actor());
        tree.put("subject", event.subject());
        tree.put("kind", event.kind());
        tree.put("payload", event.payload());
        tree.put("epoch", event.epoch());
        tree.put("prev_hash", event.prevHash());
        tree.put("hash", event.hash());
        return tree;
    }

    /// Reads what [#toTree] wrote.
    static ControlEvent fromTree(Tree tree) {
        return new ControlEvent(
                tree.number("seq"),
                Instant.parse(tree.text("at")),
                tree.text("actor"),
                tree.text("subject"),
                tree.text("kind"),
                tree.text("payload"),
                tree.number("epoch"),
                tree.text("prev_hash"),
                tree.text("hash"));
    }
}
