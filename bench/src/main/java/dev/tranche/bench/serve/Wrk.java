package dev.tranche.bench.serve;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The load generator (Debian's `wrk`): closed loop over keep-alive HTTP/1.1 connections.
public final class Wrk {
    private final Path script;
    private final Path bodies;

    /// A generator whose script is put into `work`.
    public static Wrk of(Path work, Path bodies) throws IOException {
        return new Wrk(work, bodies);
    }

    Wrk(Path work, Path bodies) throws IOException {
        this.script = Files.write(work.resolve("post.lua"), Resources.bytes("peers/post.lua"));
        this.bodies = bodies;
    }

    /// What one run saw. Latencies in microseconds; `failures` counts broken connections and time-outs,
    /// `refused` answers that were not 2xx or 3xx.
    public record Load(double requestsPerSecond, double p50, double p99, double p999, double failures, double refused) {
        static Load parse(String output) {
            String line = output.lines()
                    .filter(text -> text.startsWith("RESULT "))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("wrk printed no RESULT line: " + output));
            String[] words = line.split(" ");
            double seconds = Double.parseDouble(words[2]) / 1e6;
            return new Load(
                    Double.parseDouble(words[1]) / seconds,
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4]),
                    Double.parseDouble(words[5]),
                    Double.parseDouble(words[6]),
                    Double.parseDouble(words[7]));
        }

        /// Several generators at once, one a process of the contender: rates add up, the worst latency
        /// counts.
        Load and(Load other) {
            return new Load(
                    requestsPerSecond + other.requestsPerSecond,
                    Math.max(p50, other.p50),
                    Math.max(p99, other.p99),
                    Math.max(p999, other.p999),
                    failures + other.failures,
                    refused + other.refused);
        }
    }

    /// Loads every URL of the contender at the same time, the connections shared among them.
    Load run(Contender contender, int connections, Duration time) throws IOException, InterruptedException {
        return run(contender, connections, time, "/score", bodies);
    }

    /// Loads a door of every URL with the lines of a file.
    public Load run(Contender contender, int connections, Duration time, String door, Path lines)
            throws IOException, InterruptedException {
        List<Process> generators = new ArrayList<>();
        int each = Math.max(1, connections / contender.urls().size());
        for (URI url : contender.urls()) {
            List<String> words = new ArrayList<>(List.of(
                    "setsid",
                    "-w",
                    "wrk",
                    "-t1",
                    "-c" + each,
                    "-d" + time.toSeconds() + "s",
                    "-s",
                    script.toString(),
                    url.toString(),
                    "--",
                    lines.toString()));
            if (!contender.token().isEmpty()) words.addAll(List.of(contender.token(), door));
            generators.add(new ProcessBuilder(words).redirectErrorStream(true).start());
        }
        Load sum = new Load(0, 0, 0, 0, 0, 0);
        for (Process generator : generators) {
            sum = sum.and(Load.parse(new String(generator.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
            generator.waitFor();
        }
        return sum;
    }
}
