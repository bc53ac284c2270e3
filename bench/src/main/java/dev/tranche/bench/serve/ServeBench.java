package dev.tranche.bench.serve;

import dev.tranche.bench.Report;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import ml.dmlc.xgboost4j.java.XGBoostError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `/score` with a 500-tree XGBoost: Tranche, the bare HTTP library under it, and the seed's FastAPI service,
/// one after the other in every round so that a slow minute of the machine hits all of them. Medians of the
/// rounds.
@Command(
        name = "serve",
        description = "Requests per second and latency of /score, beside the bare HTTP library and FastAPI.",
        mixinStandardHelpOptions = true)
public final class ServeBench implements Callable<Integer> {
    /// Six decimals are what /score prints.
    private static final double TOLERANCE = 1e-6;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--seconds", defaultValue = "5", description = "Length of one run, 1 to 60 (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds, 1 to 20 (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--connections", split = ",", defaultValue = "1,16,64", description = "Default ${DEFAULT-VALUE}.")
    private List<Integer> connections = List.of();

    @Option(names = "--durability", split = ",", defaultValue = "written", description = "written, async, synced.")
    private List<String> durabilities = List.of();

    @Option(names = "--no-peer", description = "Leave the FastAPI peer out.")
    private boolean noPeer;

    ServeBench() {}

    @Override
    public Integer call() throws IOException, InterruptedException, XGBoostError {
        Report report = Report.open("serve", json, System.out);
        if (!present("wrk")) {
            report.remark("wrk is not installed: apt-get install wrk");
            return 1;
        }
        Path work = Files.createTempDirectory("tranche-bench");
        SubjectModel model = SubjectModel.make(work);
        Wrk wrk = new Wrk(work, model.requests);
        List<Contender> contenders = new ArrayList<>();
        try {
            for (String durability : durabilities) {
                contenders.add(Contender.tranche(root(), work, model, durability));
            }
            contenders.add(Contender.empty(work));
            if (!noPeer && peerPresent()) {
                contenders.add(Contender.fastapi(work, model, 1));
                contenders.add(Contender.fastapi(work, model, 2));
            } else if (!noPeer) {
                report.remark("the peer is left out: apt-get install python3-fastapi python3-uvicorn python3-pandas"
                        + " python3-sklearn python3-xgboost");
            }
            boolean correct = compare(report, contenders, model);
            measure(report, contenders, wrk);
            correct &= together(report, contenders.getFirst(), wrk, model);
            return correct ? 0 : 1;
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private static boolean compare(Report report, List<Contender> contenders, SubjectModel model)
            throws IOException, InterruptedException {
        List<String> bodies = Files.readAllLines(model.requests);
        StringBuilder detail = new StringBuilder();
        boolean correct = true;
        ObjectMapper json = new ObjectMapper();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (Contender contender : contenders) {
                if (!contender.scores()) continue;
                double worst = 0;
                for (int i = 0; i < bodies.size(); i++) {
                    String answer =
                            post(client, contender, contender.urls().getFirst().resolve("/score"), bodies.get(i));
                    double score = json.readTree(answer).path("score").asDouble(Double.NaN);
                    double error = Math.abs(score - model.answers[i]);
                    if (Double.isNaN(error)) throw new IOException(contender.name() + " answered no score: " + answer);
                    worst = Math.max(worst, error);
                }
                correct &= worst <= TOLERANCE;
                detail.append(String.format(
                        Locale.ROOT, "%s: largest error %.2g over %d rows; ", contender.name(), worst, bodies.size()));
            }
        }
        report.correct(correct, detail + "against xgboost4j 3.0.4, tolerance 1e-6 (six decimals are printed)");
        return correct;
    }

    private static String post(HttpClient client, Contender contender, URI url, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!contender.token().isEmpty()) request.header("Authorization", "Bearer " + contender.token());
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void measure(Report report, List<Contender> contenders, Wrk wrk) throws IOException, InterruptedException {
        for (Contender contender : contenders) wrk.run(contender, 16, Duration.ofSeconds(seconds));
        for (int count : connections) {
            Map<Contender, List<Wrk.Load>> loads = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                List<Contender> order = round % 2 == 0 ? contenders : contenders.reversed();
                for (Contender contender : order) {
                    loads.computeIfAbsent(contender, c -> new ArrayList<>())
                            .add(wrk.run(contender, count, Duration.ofSeconds(seconds)));
                }
            }
            print(report, contenders, loads, "connections=" + count);
        }
    }

    /// A thousand rows in one request of the Open Inference Protocol, beside a request for each row. Every
    /// row is a decision in both.
    private boolean together(Report report, Contender tranche, Wrk wrk, SubjectModel model)
            throws IOException, InterruptedException {
        String door = "/v2/models/bench/infer";
        double worst = 0;
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI url = tranche.urls().getFirst().resolve(door);
            JsonNode scores = new ObjectMapper()
                    .readTree(post(client, tranche, url, Files.readString(model.together)))
                    .path("outputs")
                    .path(0)
                    .path("data");
            for (int i = 0; i < SubjectModel.REQUESTS; i++) {
                worst = Math.max(worst, Math.abs(scores.path(i).asDouble(Double.NaN) - model.answers[i]));
            }
        }
        boolean correct = worst <= TOLERANCE;
        report.correct(correct, String.format(Locale.ROOT, "rows in one request: largest error %.2g", worst));
        List<Wrk.Load> alone = new ArrayList<>();
        List<Wrk.Load> many = new ArrayList<>();
        Duration time = Duration.ofSeconds(seconds);
        wrk.run(tranche, 4, time, door, model.together);
        for (int round = 0; round < rounds; round++) {
            many.add(wrk.run(tranche, 4, time, door, model.together));
            alone.add(wrk.run(tranche, 16, time));
        }
        String name = "rows=" + SubjectModel.REQUESTS;
        double together = median(many, Wrk.Load::requestsPerSecond) * SubjectModel.REQUESTS;
        double single = median(alone, Wrk.Load::requestsPerSecond);
        report.number(name, tranche.name() + ", one request of 1000 rows", together, "rows/s");
        report.number(name, tranche.name() + ", a request for each row", single, "rows/s");
        report.number(name, "one request / a request for each row", together / single, "ratio");
        double bad = many.stream()
                .mapToDouble(load -> load.failures() + load.refused())
                .sum();
        if (bad > 0) report.number(name, tranche.name(), bad, "failed or refused");
        return correct;
    }

    private static void print(
            Report report, List<Contender> contenders, Map<Contender, List<Wrk.Load>> loads, String name) {
        double ours = Double.NaN;
        String reference = contenders.getFirst().name();
        for (Contender contender : contenders) {
            List<Wrk.Load> runs = loads.getOrDefault(contender, List.of());
            double rate = median(runs, Wrk.Load::requestsPerSecond);
            report.number(name, contender.name(), rate, "requests/s");
            report.number(name, contender.name(), median(runs, Wrk.Load::p50) / 1e3, "ms p50");
            report.number(name, contender.name(), median(runs, Wrk.Load::p99) / 1e3, "ms p99");
            double bad = runs.stream()
                    .mapToDouble(load -> load.failures() + load.refused())
                    .sum();
            if (bad > 0) report.number(name, contender.name(), bad, "failed or refused");
            if (Double.isNaN(ours)) {
                ours = rate;
            } else {
                report.number(name, reference + " / " + contender.name(), ours / rate, "ratio");
            }
        }
    }

    private static double median(List<Wrk.Load> loads, ToDoubleFunction<Wrk.Load> part) {
        if (loads.isEmpty()) return Double.NaN;
        List<Wrk.Load> sorted =
                loads.stream().sorted(Comparator.comparingDouble(part)).toList();
        return part.applyAsDouble(sorted.get(sorted.size() / 2));
    }

    private static Path root() {
        return Path.of(System.getProperty("tranche.root", "."));
    }

    private static boolean peerPresent() throws IOException, InterruptedException {
        return new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "/usr/bin/python3 -c 'import fastapi, uvicorn, pandas, sklearn, xgboost'")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static boolean present(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
    }
}
