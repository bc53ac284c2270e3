package dev.tranche.bench.life;

import dev.tranche.bench.Report;
import dev.tranche.bench.serve.Contender;
import dev.tranche.bench.serve.SubjectModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/// Latency of `/score` at a steady rate, before, while and after versions take each other's place: each is read,
/// verified, warmed and checked by the server, goes live before everybody, and one is taken back.
final class Swaps {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path root;
    private final Path work;
    private final SubjectModel model;

    Swaps(Path root, Path work, SubjectModel model) {
        this.root = root;
        this.work = work;
        this.model = model;
    }

    /// Measures and prints.
    ///
    /// @return true when no request failed
    boolean measure(Report report, Contender product, Asker asker, int swaps, int seconds, int perSecond)
            throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (int i = 2; i < 2 + swaps; i++) {
            String name = "bench_xgb_v" + i + ".0";
            Path folder = Folders.other(model.folder, work, name);
            Contender.command(root, product.urls().getFirst(), product.token(), "register", folder.toString());
            names.add(name);
        }
        List<String> bodies = Files.readAllLines(model.requests);
        try (SteadyLoad load = SteadyLoad.start(asker, bodies, perSecond, 16)) {
            TimeUnit.SECONDS.sleep(seconds);
            load.take(); // the first seconds warm the client
            TimeUnit.SECONDS.sleep(seconds);
            Histogram before = load.take();
            for (String name : names) {
                String id = live(asker, name);
                if (name.equals(names.getLast())) {
                    takeBack(asker, id);
                }
            }
            Histogram during = load.take();
            TimeUnit.SECONDS.sleep(seconds);
            Histogram after = load.take();
            print(report, "steady, before", before);
            print(report, swaps + " swaps, 1 back", during);
            print(report, "steady, after", after);
            Histogram steady = before.copy();
            steady.add(after);
            report.number(
                    "swap",
                    "p99 while swapping / steady",
                    during.getValueAtPercentile(99) / (double) steady.getValueAtPercentile(99),
                    "ratio");
            report.number("swap", "all", (double) load.failed(), "failed requests");
            return load.failed() == 0;
        }
    }

    private static void print(Report report, String what, Histogram micros) {
        report.number("swap", what, (double) micros.getTotalCount(), "requests");
        report.number("swap", what, micros.getValueAtPercentile(50) / 1e3, "ms p50");
        report.number("swap", what, micros.getValueAtPercentile(99) / 1e3, "ms p99");
        report.number("swap", what, micros.getMaxValue() / 1e3, "ms at most");
    }

    private static String live(Asker asker, String name) throws IOException, InterruptedException {
        String id = asker.postYaml("/api/v1/rollouts", """
                        rollout:
                          product: bench
                          candidate: %s
                          strategy: blue-green
                          stages:
                            - {mode: live, share: 100%%, dwell: 1s}
                          bake: 1s
                        """.formatted(name))
                .path("id")
                .asString();
        await(asker, id, "COMPLETED");
        return id;
    }

    private static void takeBack(Asker asker, String id) throws IOException, InterruptedException {
        asker.post("/api/v1/rollouts/" + id + "/rollback", "{\"reason\":\"to measure the way back\"}");
        await(asker, id, "ROLLED_BACK");
    }

    private static void await(Asker asker, String id, String state) throws IOException, InterruptedException {
        long due = System.nanoTime() + LIMIT.toNanos();
        JsonNode rollout = asker.get("/api/v1/rollouts/" + id);
        while (!rollout.path("state").asString("").equals(state)) {
            boolean ended = !rollout.path("active").asBoolean(true)
                    && !rollout.path("state").asString("").equals("COMPLETED");
            if (ended || System.nanoTime() > due) {
                throw new IOException("the rollout is not " + state + ": " + rollout);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            rollout = asker.get("/api/v1/rollouts/" + id);
        }
    }
}
