package dev.tranche.examples.edge;

import dev.tranche.examples.demo.Api;
import dev.tranche.examples.demo.Product;
import dev.tranche.inference.Admission;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.GoldenRow;
import dev.tranche.inference.Schema;
import dev.tranche.inference.Scorer;
import dev.tranche.inference.embedded.EmbeddedModel;
import dev.tranche.inference.format.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `tranche examples edge`: opens an artifact folder in this JVM, starts a server with the same folder on the
/// loopback, and asks both the same questions, one at a time: environment, correctness, then numbers (seed
/// 000 §6.1).
@Command(
        name = "edge",
        description = "Measure a model embedded in this JVM beside the HTTP call of a server.",
        mixinStandardHelpOptions = true)
public final class Edge implements Callable<Integer> {
    /// Seed 000 §6.1: deployment at the edge takes 80 % off the latency.
    private static final double AIM = 0.80;

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    @Option(names = "--calls", defaultValue = "3000", description = "Measured calls of each kind (${DEFAULT-VALUE}).")
    private int calls;

    @Option(names = "--model", defaultValue = "consumer_apply_xgb_v1.0", description = "Example (${DEFAULT-VALUE}).")
    private String model = "";

    private final Path root;
    private final PrintStream out;

    Edge() {
        this(Path.of(System.getProperty("tranche.root", ".")).toAbsolutePath(), System.out);
    }

    /// @param root where the launcher and the examples are
    /// @param out where the report goes
    Edge(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
    }

    /// @return 0 when both answer the same and the aim is met, 1 otherwise
    @Override
    public Integer call() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("tranche-edge");
        Path shipped = root.resolve("examples/credit").resolve(model);
        try (Product product = Product.start(root, work.resolve("data"), 0)) {
            Api api = Api.at(product.url, product.token());
            release(product, api, work);
            EmbeddedModel embedded = EmbeddedModel.open(asJson(shipped, work.resolve(model)));
            List<GoldenRow> rows = embedded.artifact().goldenRows();
            Environment.print(out);
            int same = correctness(api, embedded, rows);
            out.printf("%ncorrectness%n  %d golden rows recomputed when the folder was opened%n", rows.size());
            out.printf("  %d of %d answers over HTTP equal the embedded ones to the last bit%n", same, rows.size());
            boolean met = measure(api, embedded, rows);
            return same == rows.size() && met ? 0 : 1;
        } finally {
            delete(work);
        }
    }

    /// Brings the product into service with its first policy and this model.
    private void release(Product product, Api api, Path work) throws IOException, InterruptedException {
        Path credit = root.resolve("examples/credit");
        for (String name : List.of("policy.yaml", model)) {
            product.command("register", credit.resolve(name).toString());
        }
        Path first = Files.writeString(
                work.resolve("first.yaml"),
                "rollout: {product: consumer_apply, candidate: " + model + ", strategy: first}\n");
        for (Path rollout : List.of(credit.resolve("first-policy.yaml"), first)) {
            String started = product.command("rollout", "start", rollout.toString(), "--json");
            String id = new ObjectMapper().readTree(started).path("id").asString();
            long end = System.nanoTime() + LONGEST_START.toNanos();
            while (!api.read("/api/v1/rollouts/" + id).path("state").asString().equals("COMPLETED")) {
                if (System.nanoTime() > end) {
                    throw new IOException(rollout + " was not live within " + LONGEST_START.toSeconds() + " s");
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private int correctness(Api api, EmbeddedModel embedded, List<GoldenRow> rows)
            throws IOException, InterruptedException {
        int same = 0;
        for (GoldenRow row : rows) {
            Api.Answer answer = api.post("/predict", body(row));
            double here = embedded.score(features(row));
            if (answer.ok() && answer.body().path("prediction").asDouble() == here) {
                same++;
            } else {
                out.printf("%n  differs: here %s, there %s%n", here, answer.body());
                return same;
            }
        }
        return same;
    }

    private boolean measure(Api api, EmbeddedModel embedded, List<GoldenRow> rows)
            throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> requests =
                rows.stream().map(Edge::features).toList();
        List<String> bodies = rows.stream().map(this::body).toList();
        Latency http = new Latency("HTTP POST /predict", calls);
        Latency map = new Latency("embedded, a map of features", calls);
        Latency bare = new Latency("embedded, a kept row and scorer", calls);
        Kept kept = new Kept(embedded.artifact());
        List<Applicant> applicants = rows.stream()
                .map(row -> new Applicant(embedded.artifact().schema(), row))
                .toList();
        double sum = 0;
        // The three kinds take turns, so that whatever else the machine does meets all of them.
        for (int call = -calls; call < calls; call++) {
            int row = Math.floorMod(call, rows.size());
            long begin = System.nanoTime();
            sum += api.post("/predict", bodies.get(row)).status();
            long sent = System.nanoTime();
            sum += embedded.score(requests.get(row));
            long scored = System.nanoTime();
            sum += kept.score(applicants.get(row));
            long last = System.nanoTime();
            if (call >= 0) {
                http.add(sent - begin);
                map.add(scored - sent);
                bare.add(last - scored);
            }
        }
        out.printf("%nlatency of one call, one caller, after as many calls to warm up (%d each)%n", calls);
        out.printf("  %-34s %10s %10s %10s%n", "", "p50 µs", "p95 µs", "p99 µs");
        List.of(http, map, bare).forEach(latency -> latency.print(out));
        double saved = 1 - map.at(0.50) / http.at(0.50);
        out.printf(
                Locale.ROOT,
                "%n  the embedded call takes %.1f %% off the median of the HTTP call (aim of seed 000 §6.1: %.0f %%)%n",
                100 * saved,
                100 * AIM);
        out.printf(Locale.ROOT, "  checksum %.6f%n", sum);
        return saved >= AIM;
    }

    /// What an embedding keeps for each thread when it counts microseconds.
    private static final class Kept {
        private final Artifact artifact;
        private final Schema schema;
        private final FeatureRow row;
        private final Scorer scorer;
        private final double[] margins;
        private final double[] outputs;

        Kept(Artifact artifact) {
            this.artifact = artifact;
            this.schema = artifact.schema();
            this.row = schema.row();
            this.scorer = artifact.model().scorer();
            this.margins = new double[artifact.model().margins()];
            this.outputs = new double[artifact.model().outputs()];
        }

        double score(Applicant applicant) {
            row.clear();
            for (int position = 0; position < applicant.numbers.length; position++) {
                String text = applicant.texts[position];
                if (text != null) {
                    row.text(position, text);
                } else if (applicant.flags[position]) {
                    row.flag(position, applicant.numbers[position] != 0);
                } else if (!Double.isNaN(applicant.numbers[position])) {
                    row.number(position, applicant.numbers[position]);
                }
            }
            if (!(schema.admit(row) instanceof Admission.Admitted)) {
                throw new IllegalStateException("a golden row must be admitted");
            }
            scorer.predict(artifact.vector(row), Deadline.NONE, margins, outputs);
            return outputs[0];
        }
    }

    /// A request as a program has it: values by position.
    private static final class Applicant {
        private final double[] numbers;
        private final boolean[] flags;
        private final @Nullable String[] texts;

        Applicant(Schema schema, GoldenRow golden) {
            numbers = new double[schema.size()];
            flags = new boolean[schema.size()];
            texts = new String[schema.size()];
            Arrays.fill(numbers, Double.NaN);
            golden.input().members().forEach((name, value) -> set(schema.position(name), value));
        }

        private void set(int position, Json value) {
            switch (value) {
                case Json.Num number -> numbers[position] = number.doubleValue();
                case Json.Flag flag -> {
                    flags[position] = true;
                    numbers[position] = flag.value() ? 1 : 0;
                }
                case Json.Text text -> texts[position] = text.value();
                case Json.Null _, Json.Items _, Json.Struct _ -> numbers[position] = Double.NaN;
            }
        }
    }

    private String body(GoldenRow row) {
        return "{\"model_id\":" + Json.of(model).canonical() + ",\"features\":"
                + row.input().canonical() + "}";
    }

    static Map<String, @Nullable Object> features(GoldenRow row) {
        Map<String, @Nullable Object> features = new HashMap<>();
        row.input()
                .members()
                .forEach((name, value) -> features.put(
                        name,
                        switch (value) {
                            case Json.Num number -> number.doubleValue();
                            case Json.Flag flag -> flag.value();
                            case Json.Text text -> text.value();
                            case Json.Null _, Json.Items _, Json.Struct _ -> null;
                        }));
        return features;
    }

    /// A copy of the folder with its YAML as JSON, which is what an embedded model reads.
    static Path asJson(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        ObjectMapper json = new ObjectMapper();
        YAMLMapper yaml = new YAMLMapper();
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String name = file.getFileName().toString();
                JsonNode tree = name.endsWith(".yaml") ? yaml.readTree(bytes) : null;
                Files.write(to.resolve(name), tree == null ? bytes : json.writeValueAsBytes(tree));
            }
        }
        return to;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
