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

/// Latency of `/score` at a steady rate while versions take each other's place, and between the swaps: each
/// version is read, verified, warmed and checked by the server, goes live before everybody, and the last one
/// is taken back.
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
            TimeUnit.SECONDS.sleep(seconds); // the first seconds warm the client
            load.take();
            List<Window> windows = new ArrayList<>();
            Histogram before = steady(load, seconds);
            for (String name : names) {
                String id = live(asker, name);
                Histogram during = load.take();
                Histogram after = steady(load, seconds);
                windows.add(new Window(before, during, after));
                before = after;
                if (name.equals(names.getLast())) {
                    takeBack(asker, id);
                    during = load.take();
                    windows.add(new Window(before, during, steady(load, seconds)));
                }
            }
            print(report, swaps + " swaps, 1 back", windows);
            report.number("swap", "all", (double) load.failed(), "failed requests");
            return load.failed() == 0;
        }
    }

    private static Histogram steady(SteadyLoad load, int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
        return load.take();
    }

    /// Latencies in microseconds while one version took another's place, and of the steady load on both sides
    /// of it, so that what else the machine does weighs on both alike.
    private record Window(Histogram before, Histogram during, Histogram after) {
        double ratio() {
            Histogram steady = before.copy();
            steady.add(after);
            return p99(during) / p99(steady);
        }
    }

    private static double p99(Histogram micros) {
        return micros.getValueAtPercentile(99);
    }

    /// The latencies of all windows pooled, their ratio, and how the single ratios spread.
    private static void print(Report report, String what, List<Window> windows) {
        Histogram steady = windows.getFirst().before().copy();
        Histogram during = new Histogram(steady);
        for (Window window : windows) {
            steady.add(window.after());
            during.add(window.during());
        }
        print(report, "steady, on both sides", steady);
        print(report, what, during);
        report.number("swap", "p99 while swapping / steady, pooled", p99(during) / p99(steady), "ratio");
        double[] ratios = windows.stream().mapToDouble(Window::ratio).sorted().toArray();
        report.number("swap", "single swaps, lowest", ratios[0], "ratio");
        report.number("swap", "single swaps, median", ratios[ratios.length / 2], "ratio");
        report.number("swap", "single swaps, highest", ratios[ratios.length - 1], "ratio");
    }

    private static void print(Report report, String what, Histogram micros) {
        report.number("swap", what, (double) micros.getTotalCount(), "requests");
        report.number("swap", what, micros.getValueAtPercentile(50) / 1e3, "ms p50");
        report.number("swap", what, p99(micros) / 1e3, "ms p99");
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
