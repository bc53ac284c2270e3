package dev.tranche.market.statistics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// The lines of `vectors.txt`; the script beside it made them.
@NullMarked
record Vectors(String kind, Map<String, double[]> fields) {
    static List<Vectors> of(String kind) {
        try (InputStream in = Vectors.class.getResourceAsStream("vectors.txt")) {
            if (in == null) {
                throw new IllegalStateException("vectors.txt must lie beside the tests");
            }
            List<Vectors> found = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(kind + " "))
                    .map(Vectors::parse)
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("vectors.txt has no line of " + kind);
            }
            return found;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Vectors parse(String line) {
        String[] parts = line.split(" ");
        Map<String, double[]> fields = new LinkedHashMap<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            int equals = part.indexOf('=');
            fields.put(
                    part.substring(0, equals),
                    Stream.of(part.substring(equals + 1).split(","))
                            .mapToDouble(text -> text.equals("nan") ? Double.NaN : Double.parseDouble(text))
                            .toArray());
        }
        return new Vectors(parts[0], fields);
    }

    double[] numbers(String name) {
        double[] found = fields.get(name);
        if (found == null) {
            throw new IllegalStateException(kind + " has no " + name);
        }
        return found;
    }

    double number(String name) {
        return numbers(name)[0];
    }
}
