package dev.tranche.e2e;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A captured stream of a venue as one who asks for the whole book every two seconds would have captured it: the
/// changes of the book are summed up, and the sum is written between them. So an engine that comes back in the
/// middle has a book again, as from a venue that it asks.
final class Captured {
    private static final long EVERY_NANOS = 2_000_000_000L;
    private static final int LEVELS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NavigableMap<Double, JsonNode> bids = new TreeMap<>(Collections.reverseOrder());
    private final NavigableMap<Double, JsonNode> asks = new TreeMap<>();
    private boolean whole;
    private long written;

    private Captured() {}

    /// Writes the beginning of it and returns its file.
    ///
    /// @param length from the first message on
    static Path stream(Path captured, Path folder, Duration length) {
        Path file = folder.resolve(captured.getFileName().toString().replace(".gz", ".txt"));
        Captured book = new Captured();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(captured)), StandardCharsets.UTF_8));
                BufferedWriter out = Files.newBufferedWriter(file)) {
            long end = Long.MAX_VALUE;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long received = Long.parseLong(line.substring(0, line.indexOf(' ')));
                end = Math.min(end, received + length.toNanos());
                if (received > end) {
                    break;
                }
                out.write(line);
                out.newLine();
                book.after(line, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private void after(String line, BufferedWriter out) throws IOException {
        boolean snapshot = line.contains("\"lastUpdateId\"");
        if (!snapshot && !line.contains("\"depthUpdate\"")) {
            return;
        }
        int space = line.indexOf(' ');
        long received = Long.parseLong(line.substring(0, space));
        JsonNode message = JSON.readTree(line.substring(space + 1));
        if (snapshot) {
            bids.clear();
            asks.clear();
            take(bids, message.path("bids"));
            take(asks, message.path("asks"));
            whole = true;
            written = received;
            return;
        }
        JsonNode change = message.path("data");
        take(bids, change.path("b"));
        take(asks, change.path("a"));
        if (whole && received - written >= EVERY_NANOS) {
            written = received;
            ObjectNode sum = JSON.createObjectNode();
            sum.put("lastUpdateId", change.path("u").asLong());
            sum.put("E", change.path("E").asLong());
            sum.put("T", change.path("T").asLong());
            sum.set("bids", best(bids));
            sum.set("asks", best(asks));
            out.write(received + " " + sum);
            out.newLine();
        }
    }

    private static void take(NavigableMap<Double, JsonNode> side, JsonNode levels) {
        for (JsonNode level : levels) {
            double price = Double.parseDouble(level.get(0).asString());
            if (Double.parseDouble(level.get(1).asString()) == 0) {
                side.remove(price);
            } else {
                side.put(price, level);
            }
        }
    }

    private static ArrayNode best(NavigableMap<Double, JsonNode> side) {
        ArrayNode best = JSON.createArrayNode();
        side.values().stream().limit(LEVELS).forEach(best::add);
        return best;
    }
}
