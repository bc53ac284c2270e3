package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.desk.Versions;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.loop.RingInbox;
import dev.tranche.engine.trading.terms.TradingKeys;
import dev.tranche.engine.upstream.PackedFiles;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.engine.upstream.VersionFollower;
import dev.tranche.inference.Artifact;
import dev.tranche.market.desk.StrategyTerms;
import dev.tranche.release.VersionKind;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.log.LogFullException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Which strategies and spread models are in force: from folders, or followed from the routes of a server. What
/// changed is read and checked here, written to the journal, and put in force by the loop between two events.
/// One change at a time.
final class StrategyFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyFeed.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /// A version in force.
    record InForce(String name, String product, String digest, String spreadProduct) {}

    private final Versions versions;
    private final TradingJournal journal;
    private final RingInbox inbox;
    private final Ticks ticks;
    private final Path folder;
    private final Path kept;
    private final String desk;
    private final boolean shadow;
    private final Optional<TrancheServer> server;
    private final Map<Integer, InForce> strategies = new ConcurrentHashMap<>();
    private final Map<String, InForce> models = new ConcurrentHashMap<>();
    private final Map<Integer, String> before;
    private final Map<String, String> modelsBefore;
    private final Map<String, InForce> takenModels = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    /// What the desk took last, by place.
    private final Map<Integer, InForce> taken = new ConcurrentHashMap<>();
    /// Digests that the desk did not take, by place: not offered again before they change.
    private final Map<Integer, String> refused = new ConcurrentHashMap<>();
    private final Map<Integer, Path> folders = new HashMap<>();
    private final Map<Integer, VersionFollower> followers = new ConcurrentHashMap<>();
    private final Map<String, VersionFollower> modelFollowers = new ConcurrentHashMap<>();
    private final Map<Integer, String> rows = new HashMap<>();

    StrategyFeed(
            Recovered recovered,
            TradingJournal journal,
            RingInbox inbox,
            Ticks ticks,
            Path folder,
            Path kept,
            String desk,
            boolean shadow,
            Optional<TrancheServer> server) {
        this.versions = recovered.versions();
        this.journal = journal;
        this.inbox = inbox;
        this.ticks = ticks;
        this.folder = folder;
        this.kept = kept;
        this.desk = desk;
        this.shadow = shadow;
        this.server = server;
        this.before = new ConcurrentHashMap<>(recovered.strategies());
        this.modelsBefore = new ConcurrentHashMap<>(recovered.models());
    }

    /// Takes the rows of a configuration: a row that is another from before is followed anew, one that is gone
    /// is stopped.
    synchronized void rows(List<Config> wanted) throws IOException, InterruptedException {
        for (int place = 0; place < wanted.size(); place++) {
            String path = wanted.get(place).value(TradingKeys.FOLDER);
            String product = wanted.get(place).value(TradingKeys.PRODUCT);
            String row = path + "|" + product;
            if (row.equals(rows.get(place))) {
                continue;
            }
            leave(place);
            rows.put(place, row);
            if (product.isEmpty()) {
                folders.put(place, folder.resolve(path));
            } else {
                follow(place, product);
            }
        }
        for (int place : new ArrayList<>(rows.keySet())) {
            if (place >= wanted.size()) {
                leave(place);
                rows.remove(place);
                stop(place);
            }
        }
        for (int place : new ArrayList<>(before.keySet())) {
            if (place >= wanted.size() && !before.getOrDefault(place, "").isEmpty()) {
                stop(place);
            }
        }
        look();
    }

    private void leave(int place) {
        folders.remove(place);
        VersionFollower follower = followers.remove(place);
        if (follower != null) {
            follower.close();
        }
    }

    private void follow(int place, String product) throws IOException, InterruptedException {
        TrancheServer above = server.orElseThrow(() -> new IllegalArgumentException(
                "a strategy of a product is followed from a server: give --server or trading.server for " + product));
        VersionFollower.Terms terms = new VersionFollower.Terms(
                product, VersionKind.STRATEGY, desk, shadow, kept.resolve("strategy-" + product), EVERY);
        followers.put(place, VersionFollower.start(above, terms, version -> {
            if (version.isPresent()) {
                adopt(place, product, version.get().digest(), version.get().packed());
            } else {
                stop(place);
            }
        }));
    }

    /// Looks whether a folder's file is another. What is wrong with it is told as a problem; what is in force
    /// stays.
    synchronized void look() {
        folders.forEach((place, path) -> {
            try {
                byte[] text = Files.readAllBytes(path.resolve(Versions.STRATEGY_FILE));
                Map<String, byte[]> files = new TreeMap<>();
                files.put(Versions.STRATEGY_FILE, canonical(text));
                adopt(place, "", Artifact.digest(files), PackedFiles.pack(files));
                problems.remove("" + path);
            } catch (IOException | JacksonException | IllegalArgumentException e) {
                String why = "the strategy in " + path + " is not taken: " + e.getMessage();
                if (!why.equals(problems.put("" + path, why))) {
                    LOG.error("strategy.refused folder={}", path, e);
                }
            }
        });
    }

    private static byte[] canonical(byte[] yaml) {
        Object tree = YAML.readValue(yaml, Object.class);
        return JSON.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
    }

    private void adopt(int place, String product, String digest, byte[] packed) {
        StrategyTerms terms = versions.readStrategy(digest, packed);
        String of = product.isEmpty() ? productOf(terms.name()) : product;
        InForce now = new InForce(terms.name(), of, digest, terms.spread().product());
        if (now.equals(strategies.get(place)) || digest.equals(refused.get(place))) {
            return;
        }
        refused.remove(place);
        if (digest.equals(before.get(place))) {
            before.remove(place);
            strategies.put(place, now); // it was in force when the process ended, and is again
            taken.put(place, now);
        } else {
            InForce was = strategies.put(place, now); // first: the loop may refuse it at once
            if (!put(Entry.STRATEGY, place, of, now, packed)) {
                restore(place, was);
            }
        }
        model(terms.spread().product());
    }

    private void restore(int place, @Nullable InForce was) {
        if (was == null) {
            strategies.remove(place);
        } else {
            strategies.put(place, was);
        }
    }

    private boolean put(Entry entry, int place, String product, InForce now, byte[] packed) {
        try {
            journal.content(ticks.epochNanos(), now.digest(), packed);
        } catch (LogFullException e) {
            LOG.error("version.not-written name={}", now.name(), e);
            return false; // looked at again
        }
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("name", now.name());
        change.put("product", product);
        change.put("digest", now.digest());
        if (entry == Entry.STRATEGY) {
            change.put("place", place);
        }
        LOG.info("version.put name={} place={} digest={}", now.name(), place, now.digest());
        return inbox.change(entry, 0, JSON.writeValueAsString(change));
    }

    private void stop(int place) {
        strategies.remove(place);
        taken.remove(place);
        refused.remove(place);
        before.remove(place);
        inbox.change(Entry.STRATEGY, 0, JSON.writeValueAsString(Map.of("place", place, "stop", true)));
    }

    /// Followers call this too, each on its thread: one product is followed once.
    private void model(String product) {
        synchronized (modelFollowers) {
            follow(product);
        }
    }

    private void follow(String product) {
        if (product.isEmpty() || modelFollowers.containsKey(product)) {
            return;
        }
        if (server.isEmpty()) {
            problems.put("model " + product, "no server is followed: the spread of " + product + " is the heuristic's");
            return;
        }
        VersionFollower.Terms terms = new VersionFollower.Terms(
                product, VersionKind.MODEL, desk, false, kept.resolve("model-" + product), EVERY);
        try {
            modelFollowers.put(product, VersionFollower.start(server.get(), terms, version -> {
                if (version.isEmpty()) {
                    takenModels.remove(product);
                    if (models.remove(product) != null) {
                        inbox.change(Entry.SPREAD, 0, JSON.writeValueAsString(Map.of("product", product)));
                    }
                    return;
                }
                modelled(product, version.get());
            }));
        } catch (IOException e) {
            problems.put("model " + product, "the model of " + product + " cannot be kept: " + e.getMessage());
            LOG.error("model.not-followed product={}", product, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void modelled(String product, VersionFollower.Version found) {
        versions.readSpreadModel(found.digest(), found.packed());
        InForce now = new InForce(found.name(), product, found.digest(), "");
        InForce was = models.put(product, now); // first: the loop may refuse it at once
        if (found.digest().equals(modelsBefore.remove(product))) {
            takenModels.put(product, now);
        } else if (!put(Entry.SPREAD, -1, product, now, found.packed())) {
            restore(product, was);
        }
    }

    private void restore(String product, @Nullable InForce was) {
        if (was == null) {
            models.remove(product);
        } else {
            models.put(product, was);
        }
    }

    /// The product in a version's name: what stands before its type.
    private static String productOf(String name) {
        int version = name.lastIndexOf("_v");
        int type = version < 0 ? -1 : name.lastIndexOf('_', version - 1);
        return type < 0 ? name : name.substring(0, type);
    }

    /// The desk has taken a version, or refused it: then what was in force stays. On the loop's thread.
    ///
    /// @param entry STRATEGY or SPREAD
    /// @param change as it is in the journal
    /// @param why blank when it was taken
    void answered(Entry entry, byte[] change, int from, int to, String why) {
        JsonNode tree = JSON.readTree(new String(change, from, to - from, StandardCharsets.UTF_8));
        int place = tree.path("place").asInt(-1);
        String product = tree.path("product").asString("");
        String of = entry == Entry.STRATEGY ? "place " + place : "model " + product;
        InForce shown = entry == Entry.STRATEGY ? strategies.get(place) : models.get(product);
        String digest = tree.path("digest").asString("");
        boolean current = shown != null && shown.digest().equals(digest);
        if (why.isBlank()) {
            problems.remove(of);
            if (shown != null && current && entry == Entry.STRATEGY) {
                taken.put(place, shown);
            } else if (shown != null && current) {
                takenModels.put(product, shown);
            }
            return;
        }
        String name = tree.path("name").asString("");
        problems.put(of, name + " was refused: " + why);
        LOG.error("version.refused entry={} place={} name={} reason=\"{}\"", entry, place, name, why);
        if (entry == Entry.STRATEGY) {
            refused.put(place, digest);
            if (current) {
                restore(place, taken.get(place));
            }
        } else if (current) {
            restore(product, takenModels.get(product));
        }
    }

    /// What is in force at a place.
    Optional<InForce> at(int place) {
        return Optional.ofNullable(strategies.get(place));
    }

    /// The products of the strategies in force.
    List<String> products() {
        return strategies.values().stream().map(InForce::product).distinct().toList();
    }

    /// The name of the model of a product; blank for none.
    String model(InForce strategy) {
        InForce model = models.get(strategy.spreadProduct());
        return model == null ? "" : model.name();
    }

    /// Whether the server that is followed answers; true without one.
    boolean reachable() {
        return followers.values().stream().allMatch(VersionFollower::reachable)
                && modelFollowers.values().stream().allMatch(VersionFollower::reachable);
    }

    /// The highest number of a route that is followed.
    long epoch() {
        return followers.values().stream()
                .mapToLong(VersionFollower::epoch)
                .max()
                .orElse(-1);
    }

    /// What is wrong, one sentence each.
    List<String> problems() {
        List<String> all = new ArrayList<>(problems.values());
        followers.values().stream()
                .map(VersionFollower::problem)
                .filter(why -> !why.isEmpty())
                .forEach(all::add);
        modelFollowers.values().stream()
                .map(VersionFollower::problem)
                .filter(why -> !why.isEmpty())
                .forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        followers.values().forEach(VersionFollower::close);
        modelFollowers.values().forEach(VersionFollower::close);
    }
}
