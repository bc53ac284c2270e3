package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which version was in force when, since when, who moved it and why: the moves of the routes, read up to a
/// time.
public final class Past {
    private final ControlState state;

    Past(ControlState state) {
        this.state = state;
    }

    /// A version in force, or before some of the traffic.
    ///
    /// @param product the product
    /// @param kind the slot
    /// @param version the version
    /// @param role `live`, or `candidate` while a rollout showed it to an audience
    /// @param audience whom it reached, `100%` for the live version
    /// @param mode `live`, `shadow` or `read-only`
    /// @param since when this became so
    /// @param by who moved it
    /// @param why the recorded reason
    public record Standing(
            String product,
            VersionKind kind,
            VersionName version,
            String role,
            String audience,
            String mode,
            Instant since,
            String by,
            String why) {}

    /// Everything that was in force at `at`, by product and slot, live versions first.
    ///
    /// @param product only this product; all when empty
    public List<Standing> at(Instant at, Optional<String> product) {
        Map<String, Standing> live = new TreeMap<>();
        Map<String, Standing> moving = new TreeMap<>();
        for (RouteSpec move : state.moves()) {
            if (move.since().isAfter(at)
                    || product.filter(name -> !name.equals(move.product())).isPresent()) {
                continue;
            }
            for (VersionKind kind : VersionKind.values()) {
                String key = move.product() + "/" + kind;
                keep(live, key, live(move, kind));
                keep(moving, key, moving(move, kind));
            }
        }
        List<Standing> standing = new ArrayList<>();
        for (String key : live.keySet()) {
            standing.add(live.get(key));
            Optional.ofNullable(moving.remove(key)).ifPresent(standing::add);
        }
        standing.addAll(moving.values());
        return standing;
    }

    /// A move that changes nothing for a slot does not begin its time anew.
    private static void keep(Map<String, Standing> standing, String key, Optional<Standing> next) {
        Standing before = standing.get(key);
        if (next.isEmpty()) {
            standing.remove(key);
        } else if (before == null || !same(before, next.get())) {
            standing.put(key, next.get());
        }
    }

    private static boolean same(Standing one, Standing other) {
        return one.version().equals(other.version())
                && one.audience().equals(other.audience())
                && one.mode().equals(other.mode());
    }

    private static Optional<Standing> live(RouteSpec move, VersionKind kind) {
        return Optional.ofNullable(move.live().get(kind))
                .map(version -> new Standing(
                        move.product(), kind, version, "live", "100%", "live", move.since(), move.by(), move.why()));
    }

    private static Optional<Standing> moving(RouteSpec move, VersionKind kind) {
        return Optional.ofNullable(move.moving().get(kind))
                .map(candidate -> new Standing(
                        move.product(),
                        kind,
                        candidate.version(),
                        "candidate",
                        candidate.audience().toString(),
                        candidate.mode().toString(),
                        move.since(),
                        move.by(),
                        move.why()));
    }
}
