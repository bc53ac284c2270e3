package dev.tranche.server.rollouts;

import dev.tranche.release.Audience;
import dev.tranche.release.Bucketing;
import dev.tranche.release.Mode;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which versions a product's traffic goes to, by name: what the control journal says, before anything is
/// loaded.
///
/// @param product the product
/// @param epoch sequence number of the event that made it so
/// @param since when that was
/// @param by who moved it
/// @param why the reason that was recorded
/// @param live the version in force in each slot
/// @param previous the versions that were in force before, newest first; they stay warm
/// @param moving what a rollout is moving in, by slot
/// @param experiment id of the running experiment
public record RouteSpec(
        String product,
        long epoch,
        Instant since,
        String by,
        String why,
        SortedMap<VersionKind, VersionName> live,
        SortedMap<VersionKind, List<VersionName>> previous,
        SortedMap<VersionKind, Moving> moving,
        Optional<String> experiment) {
    /// How many previous versions stay warm (seed 001 §3.2).
    public static final int WARM = 3;

    /// A version that a rollout is moving in.
    ///
    /// @param rollout id of the rollout
    /// @param version the candidate
    /// @param mode shadow, read-only or live
    /// @param audience whom it reaches
    /// @param bucketing how units fall into slots
    public record Moving(String rollout, VersionName version, Mode mode, Audience audience, Bucketing bucketing) {}

    public RouteSpec {
        live = Collections.unmodifiableSortedMap(new TreeMap<>(live));
        previous = Collections.unmodifiableSortedMap(new TreeMap<>(previous));
        moving = Collections.unmodifiableSortedMap(new TreeMap<>(moving));
    }

    /// A product without anything.
    static RouteSpec empty(String product) {
        return new RouteSpec(
                product,
                0,
                Instant.EPOCH,
                "",
                "",
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Optional.empty());
    }

    /// Whether both send traffic to the same versions in the same way.
    boolean sameTraffic(RouteSpec other) {
        return live.equals(other.live)
                && previous.equals(other.previous)
                && moving.equals(other.moving)
                && experiment.equals(other.experiment);
    }

    /// The same traffic, stamped with the event that made it so.
    RouteSpec stamped(long seq, Instant at, String actor, String reason) {
        return new RouteSpec(product, seq, at, actor, reason, live, previous, moving, experiment);
    }

    /// With `version` in force in its slot, or nothing; the one before becomes the newest of the previous.
    RouteSpec withLive(VersionKind kind, Optional<VersionName> version) {
        Optional<VersionName> before = Optional.ofNullable(live.get(kind));
        if (version.equals(before)) {
            return this;
        }
        SortedMap<VersionKind, VersionName> nextLive = new TreeMap<>(live);
        nextLive.remove(kind);
        version.ifPresent(name -> nextLive.put(kind, name));
        List<VersionName> kept = new ArrayList<>(previous.getOrDefault(kind, List.of()));
        version.ifPresent(kept::remove);
        before.ifPresent(kept::addFirst);
        SortedMap<VersionKind, List<VersionName>> nextPrevious = new TreeMap<>(previous);
        nextPrevious.put(kind, List.copyOf(kept.subList(0, Math.min(WARM, kept.size()))));
        return new RouteSpec(product, epoch, since, by, why, nextLive, nextPrevious, moving, experiment);
    }

    /// With what the rollouts move now.
    RouteSpec withMoving(Map<VersionKind, Moving> now) {
        return new RouteSpec(product, epoch, since, by, why, live, previous, new TreeMap<>(now), experiment);
    }

    RouteSpec withExperiment(Optional<String> id) {
        return new RouteSpec(product, epoch, since, by, why, live, previous, moving, id);
    }

    /// Whether this version answers, may answer or is kept ready on this route.
    boolean uses(VersionName version) {
        return live.containsValue(version)
                || moving.values().stream()
                        .anyMatch(candidate -> candidate.version().equals(version))
                || previous.values().stream().anyMatch(list -> list.contains(version));
    }

    /// Whether this version is in force or under way: not merely kept ready.
    boolean serves(VersionName version) {
        return live.containsValue(version)
                || moving.values().stream()
                        .anyMatch(candidate -> candidate.version().equals(version));
    }
}
