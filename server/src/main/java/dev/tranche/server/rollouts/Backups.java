package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The states one can go back to: every moment at which a product's route or an engine's configuration
/// changed, as the control journal has it. Nothing is saved before going back, so what is gone back to
/// cannot be what was just saved.
public final class Backups {
    private final ControlState state;

    Backups(ControlState state) {
        this.state = state;
    }

    /// The state of a product from a moment on.
    ///
    /// @param at when it came into force: the timestamp to go back by
    /// @param why what moved it
    /// @param live the versions in force of the kinds that engines work with, by kind
    /// @param moving what a rollout showed beside them; it is not brought back
    /// @param configurations the configurations in force, by sender
    public record Backup(
            Instant at,
            String by,
            String why,
            SortedMap<VersionKind, VersionName> live,
            SortedMap<VersionKind, RouteSpec.Moving> moving,
            SortedMap<String, ConfigurationRecord> configurations) {
        public Backup {
            live = Collections.unmodifiableSortedMap(new TreeMap<>(live));
            moving = Collections.unmodifiableSortedMap(new TreeMap<>(moving));
            configurations = Collections.unmodifiableSortedMap(new TreeMap<>(configurations));
        }
    }

    /// The states of a product, oldest first.
    public List<Backup> of(String product) {
        NavigableMap<Instant, RouteSpec> routes = new TreeMap<>();
        state.moves().stream()
                .filter(move -> move.product().equals(product))
                .forEach(move -> routes.put(move.since(), move));
        NavigableMap<Instant, String> moments = new TreeMap<>();
        List<ConfigurationRecord> told = state.configurations().stream()
                .filter(each -> each.product().equals(product))
                .toList();
        told.forEach(each -> moments.put(each.at(), "configuration " + each.file() + " of " + each.sender()));
        routes.forEach((at, route) -> moments.put(at, route.why()));
        List<Backup> backups = new ArrayList<>();
        moments.forEach((at, why) -> {
            Map.Entry<Instant, RouteSpec> before = routes.floorEntry(at);
            RouteSpec route = before == null ? RouteSpec.empty(product) : before.getValue();
            SortedMap<String, ConfigurationRecord> configurations = new TreeMap<>();
            told.stream()
                    .filter(each -> !each.at().isAfter(at))
                    .forEach(each -> configurations.put(each.sender(), each));
            backups.add(new Backup(
                    at,
                    routes.containsKey(at) ? route.by() : "",
                    why,
                    elsewhere(route.live()),
                    elsewhere(route.moving()),
                    configurations));
        });
        return List.copyOf(backups);
    }

    /// The state that came into force at exactly this time.
    public Optional<Backup> at(String product, Instant at) {
        return of(product).stream().filter(each -> each.at().equals(at)).findFirst();
    }

    private static <V> SortedMap<VersionKind, V> elsewhere(Map<VersionKind, V> slots) {
        SortedMap<VersionKind, V> kept = new TreeMap<>(slots);
        kept.keySet().removeIf(kind -> !kind.servedElsewhere());
        return kept;
    }
}
