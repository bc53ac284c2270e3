package dev.tranche.engine;

import dev.tranche.engine.divergence.CalibrationReader;
import dev.tranche.engine.divergence.CalibrationVersion;
import dev.tranche.engine.divergence.EngineKeys;
import dev.tranche.engine.divergence.EngineSettings;
import dev.tranche.engine.feed.Pace;
import dev.tranche.engine.preflight.MeterUse;
import dev.tranche.engine.preflight.Point;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.market.study.Fitness;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.ConfigException;
import dev.tranche.runtime.config.ConfigWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Looks at everything that must be right before a detector goes live. What cannot be looked at because
/// something before it is wrong is wrong too, and says so.
final class PreflightRun {
    private static final Logger LOG = LoggerFactory.getLogger(PreflightRun.class);
    private static final Duration MOST_SKEW = Duration.ofSeconds(1);

    private final Launch launch;
    private final Ticks ticks;
    private final Path deploy;
    private final List<Point> points = new ArrayList<>();

    private PreflightRun(Launch launch, Ticks ticks, Path deploy) {
        this.launch = launch;
        this.ticks = ticks;
        this.deploy = deploy;
    }

    /// All points.
    ///
    /// @param running address of a running detector; empty: one is started on the side
    /// @param seconds how long to wait for data
    static List<Point> of(Launch launch, Ticks ticks, Path deploy, String running, int seconds)
            throws InterruptedException {
        PreflightRun run = new PreflightRun(launch, ticks, deploy);
        Optional<Config> config = run.configuration();
        if (config.isPresent()) {
            run.all(config.get(), running, seconds);
        }
        return List.copyOf(run.points);
    }

    private void all(Config config, String running, int seconds) throws InterruptedException {
        EngineSettings settings = EngineSettings.of(config, launch.folder(), launch.pace());
        files(settings);
        disk(config);
        Optional<TrancheServer> server = server(config);
        if (server.isPresent()) {
            try (TrancheServer above = server.get()) {
                released(above, config, settings);
            }
        } else {
            local(config, settings);
        }
        try (Probe probe = running.isEmpty() ? Probe.onTheSide(launch, ticks) : Probe.at(running)) {
            aligned(probe);
            flowing(probe, seconds);
        } catch (IOException | UncheckedIOException | IllegalArgumentException | JacksonException e) {
            failed("running detector", e);
        }
    }

    private void failed(String name, Exception why) {
        LOG.debug("preflight.failed point={}", name, why);
        points.add(Point.failed(name, String.valueOf(why.getMessage())));
    }

    private Optional<Config> configuration() {
        try {
            Path keep = Files.createTempDirectory("preflight");
            try (ConfigWatch watch =
                    ConfigWatch.open(launch.config(), keep.resolve("keep.yaml"), EngineKeys.SCHEMA, launch.secrets())) {
                if (!Files.exists(launch.config())) {
                    points.add(Point.failed("configuration", "there is no file " + launch.config()));
                    return Optional.empty();
                }
                points.add(Point.ok(
                        "configuration",
                        launch.config() + ", digest " + watch.current().digest().substring(0, 12)));
                return Optional.of(watch.current());
            } finally {
                Probe.delete(keep);
            }
        } catch (IOException | ConfigException e) {
            failed("configuration", e);
            return Optional.empty();
        }
    }

    private void files(EngineSettings settings) {
        for (EngineSettings.StreamSettings stream : settings.streams()) {
            String name = "stream " + stream.instrument().symbol();
            switch (stream.origin()) {
                case EngineSettings.Origin.Recorded recorded ->
                    points.add(
                            Files.isReadable(recorded.file())
                                    ? Point.ok(name, recorded.file().toString())
                                    : Point.failed(name, "cannot be read: " + recorded.file()));
                case EngineSettings.Origin.Live live ->
                    points.add(Point.ok(name, live.venue().stream().toString()));
            }
        }
    }

    private void disk(Config config) {
        long needed = 3 * config.value(EngineKeys.SEGMENT);
        try {
            Path folder = launch.data(config);
            Files.createDirectories(folder);
            long free = Files.getFileStore(folder).getUsableSpace();
            String found = (free >> 20) + " MiB free, " + (needed >> 20) + " MiB needed in " + folder;
            points.add(free >= needed ? Point.ok("disk", found) : Point.failed("disk", found));
        } catch (IOException e) {
            failed("disk", e);
        }
    }

    private Optional<TrancheServer> server(Config config) {
        try {
            Optional<TrancheServer> server = launch.server(config);
            if (server.isEmpty()) {
                points.add(Point.notAsked("server", "none is followed"));
            }
            return server;
        } catch (IllegalArgumentException e) {
            failed("server", e);
            return Optional.empty();
        }
    }

    private void local(Config config, EngineSettings settings) {
        if (config.value(EngineKeys.CALIBRATION).isEmpty()) {
            points.add(Point.notAsked("calibration", "none is named: signals carry no forecasts"));
            return;
        }
        try {
            judged(launch.calibration(config), settings);
        } catch (IOException | IllegalArgumentException e) {
            failed("calibration", e);
        }
    }

    private void judged(CalibrationVersion version, EngineSettings settings) {
        for (EngineSettings.StreamSettings stream : settings.streams()) {
            judged(version, stream.instrument().symbol(), settings.bar());
        }
        CalibrationVersion.Accepted accepted = version.accepted();
        String name = "acceptance of " + version.name();
        points.add(accepted.met() ? Point.ok(name, accepted.found()) : Point.failed(name, accepted.found()));
    }

    private void judged(CalibrationVersion version, String symbol, Duration bar) {
        Fitness fitness = version.fitness(ticks.now(), symbol, bar);
        String name = "calibration for " + symbol;
        points.add(
                fitness instanceof Fitness.Fit
                        ? Point.ok(name, version.name() + " is compatible and fresh")
                        : Point.failed(name, version.name() + ": " + fitness));
    }

    private void released(TrancheServer server, Config config, EngineSettings settings) throws InterruptedException {
        String product = config.value(EngineKeys.PRODUCT);
        try {
            JsonNode routes = server.json("/api/v1/routes");
            points.add(Point.ok("server", server.base() + ", token may view"));
            skew(server);
            measure(server);
            Set<String> versions = new LinkedHashSet<>();
            for (JsonNode route : routes.path("routes")) {
                if (route.path("product").asString("").equals(product)) {
                    route.path("calibration").path("live").asStringOpt().ifPresent(versions::add);
                    route.path("calibration")
                            .path("candidate")
                            .path("version")
                            .asStringOpt()
                            .ifPresent(versions::add);
                }
            }
            if (versions.isEmpty()) {
                points.add(Point.failed("calibration", "no calibration of the product " + product + " is on a route"));
            }
            for (String version : versions) {
                judged(
                        CalibrationReader.read(
                                server.bytes("/api/v1/versions/" + version + "/files/" + CalibrationReader.FILE)),
                        settings);
            }
        } catch (IOException | IllegalArgumentException e) {
            failed("server", e);
        }
    }

    private void skew(TrancheServer server) throws IOException, InterruptedException {
        Instant before = ticks.now();
        Optional<Instant> theirs = server.clock();
        Instant middle = before.plus(Duration.between(before, ticks.now()).dividedBy(2));
        Duration apart =
                theirs.map(clock -> Duration.between(middle, clock).abs()).orElse(Duration.ZERO);
        String found = "the server's clock is " + apart.toMillis() + " ms away, at most " + MOST_SKEW.toMillis();
        points.add(apart.compareTo(MOST_SKEW) <= 0 ? Point.ok("clock", found) : Point.failed("clock", found));
    }

    private void measure(TrancheServer server) throws InterruptedException {
        try {
            server.post("/write?precision=ms", "text/plain; charset=utf-8", "# preflight\n");
            points.add(Point.ok("token", "may post measurements"));
        } catch (IOException e) {
            failed("token", e);
        }
    }

    private void aligned(Probe probe) throws IOException, InterruptedException {
        if (!Files.isDirectory(deploy)) {
            points.add(Point.failed("metric names", "there is no folder " + deploy + ": give --deploy"));
            return;
        }
        Set<String> used = MeterUse.used(deploy);
        Set<String> missing = new TreeSet<>(used);
        missing.removeAll(MeterUse.exported(probe.metrics()));
        points.add(
                missing.isEmpty() && !used.isEmpty()
                        ? Point.ok("metric names", "all " + used.size() + " that rules and dashboards use are exported")
                        : Point.failed(
                                "metric names",
                                used.isEmpty() ? "none are used in " + deploy : "not exported: " + missing));
    }

    private void flowing(Probe probe, int seconds) throws IOException, InterruptedException {
        for (JsonNode stream : probe.streams(Duration.ofSeconds(seconds))) {
            String symbol = stream.path("symbol").asString("");
            String found = stream.path("events").asLong() + " events, "
                    + stream.path("bars").asLong() + " bars, "
                    + stream.path("invalid").asLong() + " left out as wrong, "
                    + stream.path("condition").asString("");
            boolean flows = stream.path("events").asLong() > 0
                    && !stream.path("condition").asString("").equals("failed");
            points.add(flows ? Point.ok("data " + symbol, found) : Point.failed("data " + symbol, found));
            for (JsonNode version : stream.path("versions")) {
                JsonNode closure = version.path("closure");
                String sum = closure.path("all") + " = " + closure.path("bull") + " + " + closure.path("bear") + " + "
                        + closure.path("conflict");
                String name = "closure " + symbol;
                points.add(
                        closure.path("closed").asBoolean(false)
                                ? Point.ok(name, sum)
                                : Point.failed(name, "not exact: " + sum));
            }
        }
    }

    /// As fast as it can be played.
    static Launch fast(Launch launch, Path data) {
        return new Launch(
                launch.config(),
                launch.secrets(),
                Optional.of(""),
                Optional.empty(),
                Optional.of(data),
                Optional.of("127.0.0.1"),
                Optional.of(0),
                Optional.of(Pace.FAST),
                false);
    }
}
