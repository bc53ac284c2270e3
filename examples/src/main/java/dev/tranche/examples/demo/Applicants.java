package dev.tranche.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Held-out rows of the German credit data, drawn again and again by a fixed seed under fresh applicant ids,
/// in the order of the ids. The class column never leaves this class but as an outcome.
final class Applicants {
    private static final String CLASS_COLUMN = "bad";

    private final List<String> features;
    private final boolean[] bad;
    private final SplittableRandom random;
    private int next;

    private Applicants(List<String> features, boolean[] bad, long seed) {
        this.features = features;
        this.bad = bad;
        this.random = new SplittableRandom(seed);
    }

    /// One application: an id nobody had before, the body of a request, and what became of it.
    record Applicant(String id, String body, boolean bad) {}

    /// Reads a CSV with a header; columns whose every value is a number become numbers, the others text.
    static Applicants read(Path csv, long seed) throws IOException {
        List<String> lines = Files.readAllLines(csv).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> header = Arrays.asList(lines.getFirst().split(",", -1));
        int label = header.indexOf(CLASS_COLUMN);
        if (label < 0) throw new IOException(csv + " has no column " + CLASS_COLUMN + ": " + header);
        List<String[]> rows =
                lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
        boolean[] numeric = new boolean[header.size()];
        for (int c = 0; c < numeric.length; c++) {
            int column = c;
            numeric[c] = rows.stream().allMatch(row -> row[column].isEmpty() || row[column].matches("-?[0-9.]+"));
        }
        List<String> features = new ArrayList<>();
        boolean[] bad = new boolean[rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            List<String> fields = new ArrayList<>();
            for (int c = 0; c < header.size(); c++) {
                String value = rows.get(r)[c];
                if (c == label) continue;
                String json = value.isEmpty() ? "null" : numeric[c] ? value : Api.quote(value);
                fields.add(Api.quote(header.get(c)) + ":" + json);
            }
            features.add("{" + String.join(",", fields) + "}");
            bad[r] = rows.get(r)[label].equals("1");
        }
        return new Applicants(features, bad, seed);
    }

    int rows() {
        return features.size();
    }

    synchronized Applicant draw() {
        int row = random.nextInt(features.size());
        String id = "APP-" + (1_000_000 + next++);
        return new Applicant(id, "{\"loan_id\":\"" + id + "\",\"features\":" + features.get(row) + "}", bad[row]);
    }
}
