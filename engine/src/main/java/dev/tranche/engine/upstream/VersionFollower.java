package dev.tranche.engine.upstream;

import dev.tranche.engine.signal.Mode;
import dev.tranche.inference.Artifact;
import dev.tranche.release.VersionKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Follows which version of one product counts: its files, verified by their digests, are handed over whenever
/// another one does. While the server is away the last known one stays, from the disk after a restart.
public final class VersionFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VersionFollower.class);

    /// A version with its files.
    ///
    /// @param digest of its artifact
    /// @param packed its files, as [PackedFiles#pack] packs them
    @SuppressWarnings("ArrayRecordComponent") // known by its digest
    public record Version(String name, String digest, byte[] packed) {}

    /// What is followed.
    ///
    /// @param kind STRATEGY (served elsewhere: the version that is live for whom the rollout names) or MODEL
    ///     (the version that is live)
    /// @param entity whom the rollout may name: the desk
    /// @param shadow whether the version in a shadow or read-only stage counts instead of the live one
    /// @param kept folder of what was last heard
    public record Terms(String product, VersionKind kind, String entity, boolean shadow, Path kept, Duration every) {}

    private final TrancheServer server;
    private final Terms terms;
    private final Consumer<Optional<Version>> sink;
    private final KeptFiles kept;
    private @Nullable ServerWatch watch;
    private volatile boolean reachable;
    private volatile long epoch = -1;
    private volatile String problem = "";
    private String inForce = "";
    private boolean told;

    private VersionFollower(TrancheServer server, Terms terms, Consumer<Optional<Version>> sink) throws IOException {
        this.server = server;
        this.terms = terms;
        this.sink = sink;
        this.kept = KeptFiles.in(terms.kept());
    }

    /// Begins to follow; when the server is away, with what was kept.
    ///
    /// @param sink is handed the version that counts, empty for none, at the start and whenever it changed; an
    ///     `IllegalArgumentException` refuses it, and the one before stays
    public static VersionFollower start(TrancheServer server, Terms terms, Consumer<Optional<Version>> sink)
            throws IOException, InterruptedException {
        VersionFollower follower = new VersionFollower(server, terms, sink);
        follower.refresh();
        if (!follower.reachable) {
            follower.recall();
        }
        follower.watch = ServerWatch.start(server, "route-" + terms.product(), terms.every(), follower::refresh);
        return follower;
    }

    private void refresh() throws InterruptedException {
        try {
            JsonNode route = route();
            adopt(route, true);
            reachable = true;
        } catch (IOException | JacksonException e) {
            if (reachable || epoch < 0) {
                LOG.warn(
                        "server.away url={} product={} going_on_with_epoch={}",
                        server.base(),
                        terms.product(),
                        epoch,
                        e);
            }
            reachable = false;
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

    private void recall() {
        try {
            Optional<JsonNode> route = kept.route(terms.product());
            if (route.isPresent()) {
                adopt(route.get(), false);
            }
        } catch (IOException | JacksonException e) {
            LOG.error("route.kept.unreadable folder={}", terms.kept(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The name of the version that counts; empty for none.
    private String counts(JsonNode route) {
        JsonNode slot = route.path(terms.kind().toString());
        if (!terms.kind().servedElsewhere()) {
            return slot.path("live").asString("");
        }
        Standing standing = Standing.of(route, terms.kind().toString());
        List<Standing.Role> own = standing.named().get(terms.entity());
        if (own != null) {
            return atWork(own);
        }
        // A strategy is one version: where the rollout names symbols, it counts once it is at work on all of them.
        Set<String> named = standing.named().values().stream().map(this::atWork).collect(Collectors.toSet());
        return named.size() == 1 ? named.iterator().next() : atWork(standing.others());
    }

    private String atWork(List<Standing.Role> roles) {
        return roles.stream()
                .filter(role -> terms.shadow() != (role.mode() == Mode.LIVE))
                .map(Standing.Role::version)
                .findFirst()
                .orElse("");
    }

    private void adopt(JsonNode route, boolean ask) throws IOException, InterruptedException {
        String name = counts(route);
        long now = route.path("epoch").asLong(0);
        if (told && name.equals(inForce)) {
            epoch = now;
            return;
        }
        try {
            sink.accept(name.isEmpty() ? Optional.empty() : Optional.of(version(name, ask)));
            inForce = name;
            told = true;
            problem = "";
        } catch (IllegalArgumentException e) {
            String why = name + ": " + e.getMessage();
            if (!why.equals(problem)) {
                LOG.error("version.refused {}", why, e);
            }
            problem = why;
        }
        epoch = now;
    }

    private Version version(String name, boolean ask) throws IOException, InterruptedException {
        if (!ask) {
            byte[] packed =
                    kept.packed(name).orElseThrow(() -> new IllegalArgumentException("its files were not kept"));
            return new Version(name, Artifact.digest(PackedFiles.unpack(packed)), packed);
        }
        String path = "/api/v1/versions/" + TrancheServer.segment(name);
        JsonNode told = server.json(path);
        String digest = told.path("digest").asString("");
        Optional<byte[]> known = kept.packed(name);
        if (known.isPresent()
                && Artifact.digest(PackedFiles.unpack(known.get())).equals(digest)) {
            return new Version(name, digest, known.get());
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> file :
                List.copyOf(told.path("files").propertyStream().toList())) {
            byte[] bytes = server.bytes(path + "/files/" + TrancheServer.segment(file.getKey()));
            if (!KeptFiles.sha256(bytes).equals(file.getValue().asString(""))) {
                throw new IOException("what came of " + name + "/" + file.getKey() + " has another SHA-256 than "
                        + file.getValue().asString(""));
            }
            files.put(file.getKey(), bytes);
        }
        if (!Artifact.digest(files).equals(digest)) {
            throw new IOException("the files of " + name + " have another digest than " + digest);
        }
        byte[] packed = PackedFiles.pack(files);
        kept.packed(name, packed);
        return new Version(name, digest, packed);
    }

    /// Whether the server answered the last time.
    public boolean reachable() {
        return reachable;
    }

    /// Number of the route's state, -1 before the first.
    public long epoch() {
        return epoch;
    }

    /// Why the version that counts may not be used here; blank when it may.
    public String problem() {
        return problem;
    }

    @Override
    public void close() {
        ServerWatch running = watch;
        if (running != null) {
            running.close();
        }
    }
}
