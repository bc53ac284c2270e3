package dev.tranche.bench.life;

import dev.tranche.bench.Report;
import dev.tranche.bench.serve.Contender;
import dev.tranche.bench.serve.SubjectModel;
import dev.tranche.bench.serve.Wrk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Rows a second over HTTP: one row a request, and many rows in one `infer` of the Open Inference Protocol.
/// Every row is a decision of its own, recorded before it is answered, in either form.
final class Batches {
    private static final String INFER = "/v2/models/bench/infer";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double TOLERANCE = 1e-6;

    private final SubjectModel model;
    private final List<JsonNode> rows;
    private final Path work;

    Batches(SubjectModel model, Path work) throws IOException {
        this.model = model;
        this.work = work;
        this.rows = Files.readAllLines(model.requests).stream()
                .map(JSON::readTree)
                .map(request -> request.path("features"))
                .toList();
    }

    /// Requests of `size` rows, one tensor for each feature.
    private List<String> bodies(int size) {
        List<String> bodies = new ArrayList<>();
        for (int from = 0; from + size <= rows.size(); from += size) {
            List<JsonNode> part = rows.subList(from, from + size);
            bodies.add(IntStream.range(0, SubjectModel.FEATURES)
                    .mapToObj(f -> tensor("feature_" + f, part))
                    .collect(Collectors.joining(",", "{\"inputs\":[", "],\"outputs\":[{\"name\":\"score\"}]}")));
        }
        return bodies;
    }

    private static String tensor(String feature, List<JsonNode> part) {
        return "{\"name\":\"" + feature + "\",\"datatype\":\"FP64\",\"shape\":[" + part.size() + "],\"data\":"
                + part.stream().map(row -> row.path(feature).toString()).collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    /// The largest error of the scores of all rows, asked in requests of `size` rows.
    double worst(Asker asker, int size) throws IOException, InterruptedException {
        double worst = 0;
        int row = 0;
        for (String body : bodies(size)) {
            JsonNode scores = asker.post(INFER, body).path("outputs").path(0).path("data");
            for (int i = 0; i < size; i++) {
                double error = Math.abs(scores.path(i).asDouble(Double.NaN) - model.answers[row++]);
                worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
            }
        }
        return worst;
    }

    static boolean right(double worst) {
        return worst <= TOLERANCE;
    }

    /// A way to ask for rows.
    private record Form(String name, int rows, String door, Path bodies) {}

    /// Measures and prints; one form after the other in each round, medians of the rounds.
    void measure(Report report, Contender product, int rounds, int seconds, int connections)
            throws IOException, InterruptedException {
        Wrk wrk = Wrk.of(work, model.requests);
        List<Form> forms = new ArrayList<>(List.of(new Form("/score, 1 row", 1, "/score", model.requests)));
        for (int size : List.of(1, 100, 1000)) {
            Path bodies = Files.write(work.resolve("infer" + size + ".jsonl"), bodies(size));
            forms.add(new Form("/v2 infer, " + size + (size == 1 ? " row" : " rows"), size, INFER, bodies));
        }
        Map<String, double[]> rates = new LinkedHashMap<>();
        double bad = 0;
        for (Form form : forms) {
            rates.put(form.name(), new double[rounds]);
            wrk.run(product, connections, Duration.ofSeconds(seconds), form.door(), form.bodies());
        }
        for (int round = 0; round < rounds; round++) {
            for (Form form : forms) {
                Wrk.Load load = wrk.run(product, connections, Duration.ofSeconds(seconds), form.door(), form.bodies());
                at(rates, form.name())[round] = load.requestsPerSecond() * form.rows();
                bad += load.failures() + load.refused();
            }
        }
        print(report, rates, bad);
    }

    private static void print(Report report, Map<String, double[]> rates, double bad) {
        Map<String, Double> medians = new LinkedHashMap<>();
        rates.forEach((name, values) -> {
            Arrays.sort(values);
            medians.put(name, values[values.length / 2]);
            report.number("batch", name, values[values.length / 2], "rows/s");
        });
        double single = medians.getOrDefault("/v2 infer, 1 row", Double.NaN);
        double score = medians.getOrDefault("/score, 1 row", Double.NaN);
        for (String many : List.of("/v2 infer, 100 rows", "/v2 infer, 1000 rows")) {
            double rate = medians.getOrDefault(many, Double.NaN);
            report.number("batch", many + " / infer of 1", rate / single, "ratio");
            report.number("batch", many + " / score of 1", rate / score, "ratio");
        }
        if (bad > 0) report.number("batch", "all", bad, "failed or refused");
    }

    private static double[] at(Map<String, double[]> rates, String name) {
        return rates.getOrDefault(name, new double[0]);
    }
}
