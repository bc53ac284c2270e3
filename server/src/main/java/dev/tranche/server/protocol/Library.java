package dev.tranche.server.protocol;

import dev.tranche.inference.ArtifactException;
import dev.tranche.release.VersionName;
import dev.tranche.server.protocol.ProtocolException.Kind;
import dev.tranche.server.serving.Artifacts;
import dev.tranche.server.serving.Experiment;
import dev.tranche.server.serving.LoadedVersion;
import dev.tranche.server.serving.Route;
import dev.tranche.server.serving.RouteTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models of this node under the names of the protocol: a model is a product, its versions are the exact
/// names of registered versions. Loading is not releasing: a version that is loaded here by hand answers only
/// who asks it by name and may operate; traffic comes to it through a rollout alone. Thread-safe.
public final class Library implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    /// Most versions held by hand on one node.
    static final int HELD_LIMIT = 16;

    /// The states of the model repository extension that occur here.
    public enum State {
        /// Can answer.
        READY,
        /// Registered and not in memory.
        UNAVAILABLE
    }

    /// A version in the index.
    ///
    /// @param name the model: its product
    /// @param version its exact name
    /// @param state whether it can answer
    /// @param reason why it is in that state
    public record Entry(String name, String version, State state, String reason) {}

    private record Held(LoadedVersion version, Route solo) {}

    private final RouteTable routes;
    private final Artifacts artifacts;
    private final Map<VersionName, Held> held = new ConcurrentSkipListMap<>();
    private volatile Registered registered = List::of;

    private Library(RouteTable routes, Artifacts artifacts) {
        this.routes = routes;
        this.artifacts = artifacts;
    }

    /// The library over the routes in force.
    public static Library of(RouteTable routes, Artifacts artifacts) {
        return new Library(routes, artifacts);
    }

    /// Tells what is registered.
    public void registered(Registered source) {
        registered = source;
    }

    /// Finds what a request means.
    ///
    /// @param model a product, or a version's name
    /// @param version any text that names one version of the product; empty or null when the route decides
    /// @throws ProtocolException when it names nothing here, or something that is not loaded
    public Target target(String model, @Nullable String version) {
        Route route = routes.route(model);
        String asked = version == null ? "" : version;
        if (route != null && asked.isEmpty()) {
            return new Target(model, route, null, false);
        }
        VersionName name = route == null ? parse(model, version) : null;
        String product = name == null ? model : name.product();
        VersionName wanted = asked.isEmpty() ? name : version(product, asked, model);
        if (wanted == null || wanted.major().isEmpty()) {
            throw unknown(model, version, product);
        }
        if (name != null && name.major().isPresent() && !asked.isEmpty() && !name.covers(wanted)) {
            throw unknown(model, version, product);
        }
        Route own = routes.route(product);
        Optional<LoadedVersion> onRoute = own == null ? Optional.empty() : own.find(wanted);
        if (onRoute.isPresent() && own != null) {
            return new Target(model, own, onRoute.get().name(), false);
        }
        Optional<VersionName> byHand =
                held.keySet().stream().filter(wanted::covers).max(Comparator.naturalOrder());
        if (byHand.isPresent()) {
            return new Target(model, solo(byHand.get()), byHand.get(), true);
        }
        if (known().stream().anyMatch(each -> each.model() && wanted.covers(each.name()))) {
            throw ProtocolException.of(
                    Kind.UNAVAILABLE,
                    wanted + " is registered and not loaded on this node; a rollout puts it on the route of " + product
                            + ", POST /v2/repository/models/" + wanted + "/load only loads it");
        }
        throw unknown(model, version, product);
    }

    /// Finds what a request means and holds its route, which the caller releases. When the route was replaced
    /// between the two, the one that took its place is found.
    ///
    /// @throws ProtocolException as [#target] does
    Target hold(String model, @Nullable String version) {
        Target target = target(model, version);
        while (!target.route().hold()) {
            target = target(model, version);
        }
        return target;
    }

    private VersionName parse(String model, @Nullable String version) {
        try {
            return VersionName.parse(model);
        } catch (IllegalArgumentException e) {
            throw unknown(model, version, "");
        }
    }

    /// The version that a text names: exact, without its product (`xgb_v1.0`), or by its number alone (`1.0`)
    /// when one version of the product has it.
    private VersionName version(String product, String text, String model) {
        List<VersionName> names = names(product);
        List<VersionName> meant = names.stream()
                .filter(name -> name.toString().equals(text)
                        || name.toString().equals(product + "_" + text)
                        || number(name).equals(text.startsWith("v") ? text.substring(1) : text))
                .toList();
        if (meant.size() > 1) {
            throw ProtocolException.of(
                    Kind.UNKNOWN,
                    "version " + Shown.text(text) + " of " + model + " may mean " + meant + "; say which");
        }
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        try {
            VersionName name = VersionName.parse(text);
            if (name.product().equals(product) && name.major().isPresent()) {
                return name;
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is no version name", text, e);
        }
        throw unknown(model, text, product);
    }

    private static String number(VersionName name) {
        return name.major().orElse(0) + "." + name.minor().orElse(0);
    }

    /// Every version of a product that is loaded or registered.
    private List<VersionName> names(String product) {
        List<VersionName> names = new ArrayList<>();
        Route route = routes.route(product);
        if (route != null) {
            route.models().forEach(version -> names.add(version.name()));
        }
        names.addAll(held.keySet());
        known().stream().filter(Registered.Known::model).forEach(each -> names.add(each.name()));
        return names.stream()
                .filter(name -> name.product().equals(product))
                .distinct()
                .sorted()
                .toList();
    }

    private List<Registered.Known> known() {
        return registered.all();
    }

    private ProtocolException unknown(String model, @Nullable String version, String product) {
        List<VersionName> names = names(product);
        List<String> products = routes.all().stream().map(Route::product).toList();
        return ProtocolException.of(
                Kind.UNKNOWN,
                "model " + Shown.text(model)
                        + (version == null || version.isEmpty() ? "" : " with version " + Shown.text(version))
                        + " is not known here; "
                        + (names.isEmpty() ? "models are " + products : "versions of " + product + " are " + names));
    }

    private Route solo(VersionName name) {
        Held found = held.get(name);
        if (found == null) {
            throw unknown(name.toString(), null, name.product());
        }
        Route route = routes.route(name.product());
        if (!Objects.equals(found.solo().policy(), route == null ? null : route.policy())) {
            synchronized (held) {
                if (found.equals(held.get(name))) {
                    held.put(name, alone(found.version()));
                    found.solo().retire();
                }
            }
            return solo(name);
        }
        return found.solo();
    }

    private Held alone(LoadedVersion version) {
        Route route = routes.route(version.name().product());
        return new Held(
                version,
                Route.of(
                        version.name().product(),
                        route == null ? 0 : route.epoch(),
                        version,
                        route == null ? null : route.policy(),
                        null,
                        null,
                        List.of()));
    }

    /// The versions that can be asked under a model's name, the one in force first.
    public List<String> versions(Target target) {
        List<String> names = new ArrayList<>();
        target.route().models().forEach(version -> names.add(version.name().toString()));
        held.keySet().stream()
                .filter(name -> name.product().equals(target.route().product()))
                .map(VersionName::toString)
                .filter(name -> !names.contains(name))
                .forEach(names::add);
        return names;
    }

    /// The index of the model repository.
    ///
    /// @param readyOnly true leaves out what is not loaded
    public List<Entry> index(boolean readyOnly) {
        Map<VersionName, Entry> entries = new LinkedHashMap<>();
        for (Route route : routes.all()) {
            for (LoadedVersion version : route.models()) {
                entries.put(version.name(), entry(version.name(), State.READY, role(route, version)));
            }
        }
        for (VersionName name : held.keySet()) {
            entries.putIfAbsent(name, entry(name, State.READY, "loaded by hand; on no route"));
        }
        if (!readyOnly) {
            known().stream()
                    .filter(Registered.Known::model)
                    .forEach(each -> entries.putIfAbsent(
                            each.name(), entry(each.name(), State.UNAVAILABLE, "registered; a rollout brings it in")));
        }
        return List.copyOf(entries.values());
    }

    private static Entry entry(VersionName name, State state, String reason) {
        return new Entry(name.product(), name.toString(), state, reason);
    }

    private static String role(Route route, LoadedVersion version) {
        if (version.equals(route.live())) {
            return "live";
        }
        if (route.candidate() != null && version.equals(route.candidate().version())) {
            return "candidate of rollout " + route.candidate().rollout();
        }
        Experiment experiment = route.experiment();
        return experiment != null
                        && experiment.arms().stream()
                                .anyMatch(arm -> arm.version().equals(version))
                ? "arm of experiment " + experiment.id()
                : "warm, was live before";
    }

    /// Loads a registered version into memory; nobody's traffic moves. Loading what is loaded changes
    /// nothing.
    ///
    /// @throws ProtocolException when it is not registered, is no model or cannot be loaded
    public void load(String model, Gate.Caller by) {
        if (routes.route(model) != null) {
            return;
        }
        VersionName name = exact(model);
        Route route = routes.route(name.product());
        if (held.containsKey(name) || (route != null && route.find(name).isPresent())) {
            return;
        }
        Registered.Known version = known().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(model, null, name.product()));
        if (!version.model()) {
            throw ProtocolException.invalid(model + " is no model, so it cannot be asked");
        }
        synchronized (held) {
            if (held.size() >= HELD_LIMIT) {
                throw ProtocolException.of(
                        Kind.CONFLICT, HELD_LIMIT + " versions are held by hand already: " + held.keySet());
            }
            try {
                held.put(name, alone(artifacts.load(name, version.digest())));
            } catch (ArtifactException | IllegalArgumentException e) {
                throw ProtocolException.of(Kind.CONFLICT, model + " cannot be loaded: " + e.getMessage());
            }
        }
        LOG.info("{} loaded by {}; it is on no route", name, by.name());
    }

    /// Lets go of a version that was loaded by hand. Unloading what is not loaded changes nothing.
    ///
    /// @throws ProtocolException when it is unknown, or on a route: then a rollout takes it away
    public void unload(String model, Gate.Caller by) {
        if (routes.route(model) != null) {
            throw inUse(model, "the route of " + model + " is in force");
        }
        VersionName name = exact(model);
        Route route = routes.route(name.product());
        if (route != null) {
            route.find(name).ifPresent(version -> {
                throw inUse(model, role(route, version) + " on the route of " + route.product());
            });
        }
        if (drop(name)) {
            LOG.info("{} unloaded by {}", name, by.name());
        } else if (known().stream().noneMatch(each -> each.name().equals(name))) {
            throw unknown(model, null, name.product());
        }
    }

    /// Retires the route of its own and ends the use of the version.
    private boolean drop(VersionName name) {
        synchronized (held) {
            Held gone = held.remove(name);
            if (gone != null) {
                gone.solo().retire();
                gone.version().close();
            }
            return gone != null;
        }
    }

    /// Lets go of everything that was loaded by hand.
    @Override
    public void close() {
        List.copyOf(held.keySet()).forEach(this::drop);
    }

    private static ProtocolException inUse(String model, String why) {
        return ProtocolException.of(
                Kind.CONFLICT, model + " is in use: " + why + "; only a rollout or a rollback takes it off");
    }

    private VersionName exact(String model) {
        VersionName name = parse(model, null);
        if (!name.exact()) {
            throw unknown(model, null, name.product());
        }
        return name;
    }
}
