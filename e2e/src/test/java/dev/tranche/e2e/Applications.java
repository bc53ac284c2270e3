package dev.tranche.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/// The example applications of the traffic file, handed out again and again, each under an id of its own.
/// Thread-safe.
final class Applications {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTCOME = "bad";
    private static final AtomicLong NEXT = new AtomicLong(1);

    private final List<ObjectNode> features;

    private Applications(List<ObjectNode> features) {
        this.features = features;
    }

    /// An id and the body of a request to `/score`.
    record Application(String loan, String body) {}

    static Applications ofTheExample() {
        try {
            List<String> lines = Files.readAllLines(Product.CREDIT.resolve("traffic.csv"));
            List<String> header = Arrays.asList(lines.getFirst().split(",", -1));
            List<ObjectNode> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                rows.add(row(header, line.split(",", -1)));
            }
            return new Applications(List.copyOf(rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode row(List<String> header, String[] fields) {
        ObjectNode row = JSON.createObjectNode();
        for (int column = 0; column < fields.length; column++) {
            String name = header.get(column);
            if (name.equals(OUTCOME)) continue;
            if (fields[column].matches("-?[0-9.]+")) row.put(name, Double.parseDouble(fields[column]));
            else row.put(name, fields[column]);
        }
        return row;
    }

    Application next() {
        long number = NEXT.getAndIncrement();
        String loan = "L-" + number;
        return new Application(loan, body(loan, features.get((int) (number % features.size()))));
    }

    /// A copy of the first row, to be spoilt.
    ObjectNode first() {
        return features.getFirst().deepCopy();
    }

    static String body(String loan, JsonNode features) {
        ObjectNode body = JSON.createObjectNode();
        body.put("loan_id", loan);
        body.set("features", features);
        return body.toString();
    }
}
