package dev.tranche.engine.upstream;

import dev.tranche.engine.divergence.Assignment;
import dev.tranche.engine.divergence.CalibrationReader;
import dev.tranche.engine.divergence.CalibrationVersion;
import dev.tranche.market.study.Fitness;
import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Follows the route of one product: asks for it at the start, whenever the server's events say that it
/// moved, and every few seconds anyhow. While the server is away the last known route stays in force.
public final class RouteFollower implements AutoCloseable {
    /// What is in force, and what is wrong with it.
    ///
    /// @param epoch of the route
    /// @param named by symbol
    /// @param others for all other symbols
    /// @param refused versions that the route names and that may not be used here, with the reason
    public record Followed(
            long epoch, Map<String, List<Assignment>> named, List<Assignment> others, List<String> refused) {
        public Followed {
            named = Map.copyOf(named);
            others = List.copyOf(others);
            refused = List.copyOf(refused);
        }
    }

    /// What the route is followed for.
    ///
    /// @param product whose route
    /// @param symbols of the streams
    /// @param bar length of a bar
    /// @param kept folder of what was last heard
    /// @param every how often the route is asked for anyhow
    public record Terms(String product, List<String> symbols, Duration bar, Path kept, Duration every) {}

    private static final Logger LOG = LoggerFactory.getLogger(RouteFollower.class);

    private final TrancheServer server;
    private final Terms terms;
    private final Ticks ticks;
    private final Consumer<Followed> sink;
    private final Runnable failed;
    private final KeptFiles kept;
    /// Versions by the SHA-256 of their calibration; the thread that asks alone.
    private final Map<String, CalibrationVersion> versions = new HashMap<>();
    private @Nullable ServerWatch watch;
    private volatile boolean reachable;
    private volatile String state = "not asked yet";
    private volatile Followed followed = new Followed(-1, Map.of(), List.of(), List.of());

    private RouteFollower(TrancheServer server, Terms terms, Ticks ticks, Consumer<Followed> sink, Runnable failed)
            throws IOException {
        this.server = server;
        this.terms = terms;
        this.ticks = ticks;
        this.sink = sink;
        this.failed = failed;
        this.kept = KeptFiles.in(terms.kept());
    }

    /// Begins to follow; when the server is away, with the route that was kept.
    ///
    /// @param sink is handed what is in force whenever it changed
    /// @param failed is run when a change could not be put in force
    public static RouteFollower start(
            TrancheServer server, Terms terms, Ticks ticks, Consumer<Followed> sink, Runnable failed)
            throws IOException, InterruptedException {
        RouteFollower follower = new RouteFollower(server, terms, ticks, sink, failed);
        if (!follower.refresh()) {
            follower.recall();
        }
        follower.watch = ServerWatch.start(server, "route", terms.every(), follower::refresh);
        return follower;
    }

    /// Asks once; false when the server could not be asked.
    private boolean refresh() throws InterruptedException {
        try {
            JsonNode route = route();
            adopt(route, true);
            if (!reachable) {
                LOG.info("server.reached url={} product={}", server.base(), terms.product());
            }
            reachable = true;
            state = "following " + terms.product() + " at epoch " + followed.epoch();
            return true;
        } catch (IOException | IllegalArgumentException | JacksonException e) {
            if (reachable || followed.epoch() < 0) {
                LOG.warn("server.away url={} going_on_with_epoch={}", server.base(), followed.epoch(), e);
            }
            reachable = false;
            state = "the server is away (" + e.getMessage() + "); going on with the route of epoch " + followed.epoch();
            return false;
        }
    }

    private JsonNode route() throws IOException, InterruptedException {
        try {
            JsonNode route = server.json("/api/v1/routes/" + TrancheServer.segment(terms.product()));
            kept.route(route);
            return route;
        } catch (ServerException e) {
            if (e.status() == 404) {
                LOG.debug("route.nothing-released product={}", terms.product(), e);
                return JsonNodeFactory.instance.objectNode();
            }
            throw e;
        }
    }

    private void recall() throws InterruptedException {
        try {
            Optional<JsonNode> route = kept.route(terms.product());
            if (route.isPresent()) {
                adopt(route.get(), false);
                state = "the server is away; going on with the route of epoch " + followed.epoch()
                        + " that was kept on the disk";
            }
        } catch (IOException | IllegalArgumentException | JacksonException e) {
            LOG.error("route.kept.unreadable folder={}", terms.kept(), e);
        }
    }

    private void adopt(JsonNode route, boolean ask) throws IOException, InterruptedException {
        Standing standing = Standing.of(route, "calibration");
        Map<String, CalibrationVersion> found = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        for (String name : standing.versions()) {
            try {
                found.put(name, version(name, ask));
            } catch (IllegalArgumentException | JacksonException e) {
                refused.add(name + ": " + e.getMessage());
            }
        }
        Map<String, List<Assignment>> named = new LinkedHashMap<>();
        for (String symbol : terms.symbols()) {
            List<Standing.Role> roles = standing.named().getOrDefault(symbol, standing.others());
            named.put(symbol, fit(symbol, roles, found, refused));
        }
        Followed now = new Followed(standing.epoch(), named, List.of(), refused);
        if (!now.equals(followed)) {
            if (!refused.isEmpty() && !refused.equals(followed.refused())) {
                failed.run();
                refused.forEach(each -> LOG.error("version.refused {}", each));
            }
            followed = now;
            sink.accept(now);
        }
    }

    private List<Assignment> fit(
            String symbol, List<Standing.Role> roles, Map<String, CalibrationVersion> versions, List<String> refused) {
        List<Assignment> fit = new ArrayList<>();
        for (Standing.Role role : roles) {
            CalibrationVersion version = versions.get(role.version());
            if (version == null) {
                continue;
            }
            Fitness fitness = version.fitness(ticks.now(), symbol, terms.bar());
            if (fitness instanceof Fitness.Fit) {
                fit.add(new Assignment(version, role.mode()));
            } else {
                refused.add(role.version() + " for " + symbol + ": " + reason(fitness));
            }
        }
        return fit;
    }

    /// A refusal without the present in it, so that it is the same refusal a second later.
    private static String reason(Fitness fitness) {
        return switch (fitness) {
            case Fitness.Fit _ -> "fit";
            case Fitness.Stale stale -> "stale since " + stale.made().plus(stale.valid());
            case Fitness.Early early -> "made at " + early.made() + ", which lies ahead";
            case Fitness.Incompatible other -> other.toString();
        };
    }

    private CalibrationVersion version(String name, boolean ask) throws IOException, InterruptedException {
        if (!ask) {
            return CalibrationReader.read(kept.calibration(name)
                    .orElseThrow(() -> new IllegalArgumentException("its calibration was not kept")));
        }
        String path = "/api/v1/versions/" + TrancheServer.segment(name);
        String sha256 =
                server.json(path).path("files").path(CalibrationReader.FILE).asString("");
        CalibrationVersion loaded = versions.get(sha256);
        if (loaded != null && loaded.name().equals(name)) {
            return loaded;
        }
        Optional<byte[]> known = kept.calibration(name, sha256);
        if (known.isPresent()) {
            return named(name, sha256, known.get());
        }
        byte[] bytes = server.bytes(path + "/files/" + CalibrationReader.FILE);
        if (!KeptFiles.sha256(bytes).equals(sha256)) {
            throw new IOException("what came of " + name + " has another SHA-256 than " + sha256);
        }
        kept.calibration(name, bytes);
        return named(name, sha256, bytes);
    }

    private CalibrationVersion named(String name, String sha256, byte[] bytes) {
        CalibrationVersion read = CalibrationReader.read(bytes);
        if (!read.name().equals(name)) {
            throw new IllegalArgumentException("the calibration calls itself " + read.name());
        }
        versions.put(sha256, read);
        return read;
    }

    /// Whether the server answered the last time.
    public boolean reachable() {
        return reachable;
    }

    /// What is followed, in words for people.
    public String state() {
        return state;
    }

    /// What is in force.
    public Followed followed() {
        return followed;
    }

    @Override
    public void close() {
        ServerWatch running = watch;
        if (running != null) {
            running.close();
        }
    }
}
