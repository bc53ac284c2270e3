package dev.tranche.server.http;

import dev.tranche.release.Audience;
import dev.tranche.release.Mode;
import dev.tranche.release.Share;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.rollouts.ControlPlane;
import dev.tranche.server.rollouts.Past;
import dev.tranche.server.rollouts.RouteSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The doors of routes: where the traffic goes now, and where it went then.
public final class RouteDoors {
    private final ControlPlane plane;
    private final InstantSource clock;

    private RouteDoors(ControlPlane plane, InstantSource clock) {
        this.plane = plane;
        this.clock = clock;
    }

    /// Hangs them.
    public static void hang(Doors doors, ControlPlane plane, InstantSource clock) {
        RouteDoors routes = new RouteDoors(plane, clock);
        doors.get(
                "/api/v1/routes",
                Role.VIEW,
                _ -> Reply.json(Map.of(
                        "routes",
                        plane.state().routes().values().stream()
                                .map(routes::view)
                                .toList())));
        doors.get("/api/v1/routes/{product}", Role.VIEW, call -> Reply.json(routes.view(routes.find(call))));
        doors.get("/api/v1/live", Role.VIEW, routes::live);
    }

    private RouteSpec find(Call call) {
        String product = call.segment("product");
        RouteSpec route = plane.state().routes().get(product);
        if (route == null) {
            throw Refused.of(
                    Refused.Kind.UNKNOWN,
                    "unknown_product",
                    "nothing was ever released for this product",
                    product,
                    String.join(", ", plane.state().routes().keySet()));
        }
        return route;
    }

    private Map<String, Object> view(RouteSpec route) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("product", route.product());
        tree.put("epoch", route.epoch());
        List<Past.Standing> standing = plane.past().at(clock.instant(), Optional.of(route.product()));
        for (VersionKind kind : VersionKind.values()) {
            Map<String, Object> slot = slot(route, kind, standing);
            if (!slot.isEmpty()) {
                tree.put(kind.toString(), slot);
            }
        }
        route.experiment().ifPresent(id -> tree.put("experiment", id));
        Optional.ofNullable(plane.problems().get(route.product())).ifPresent(why -> tree.put("problem", why));
        return tree;
    }

    private static Map<String, Object> slot(RouteSpec route, VersionKind kind, List<Past.Standing> standing) {
        Map<String, Object> slot = new LinkedHashMap<>();
        standing.stream()
                .filter(each -> each.kind() == kind && each.role().equals("live"))
                .findFirst()
                .ifPresent(live -> {
                    slot.put("live", live.version().toString());
                    slot.put("since", live.since().toString());
                    slot.put("actor", live.by());
                    slot.put("reason", live.why());
                });
        List<VersionName> warm = route.previous().getOrDefault(kind, List.of());
        if (!warm.isEmpty()) {
            slot.put("warm", warm.stream().map(VersionName::toString).toList());
        }
        RouteSpec.Moving moving = route.moving().get(kind);
        if (moving != null) {
            Map<String, Object> candidate = new LinkedHashMap<>();
            candidate.put("version", moving.version().toString());
            candidate.put("rollout", moving.rollout());
            candidate.put("mode", moving.mode().toString());
            candidate.put("audience", moving.audience().toString());
            candidate.put("bucketing", moving.bucketing().toString());
            slot.put("candidate", candidate);
        }
        if (kind.servedElsewhere() && !slot.isEmpty()) {
            Optional<VersionName> live = Optional.ofNullable(route.live().get(kind));
            Map<String, Object> entities = new LinkedHashMap<>();
            if (moving != null && moving.audience() instanceof Audience.Entities(List<String> names)) {
                names.forEach(name -> entities.put(name, works(live, moving, 0, name)));
            }
            slot.put("entities", entities);
            slot.put("others", works(live, moving, Share.WHOLE.basisPoints() - 1, ""));
        }
        return slot;
    }

    /// Which versions an engine works with for an entity, and how.
    private static List<Map<String, String>> works(
            Optional<VersionName> live, RouteSpec.@Nullable Moving moving, int slot, String entity) {
        List<Map<String, String>> works = new ArrayList<>();
        Optional<RouteSpec.Moving> met = Optional.ofNullable(moving)
                .filter(candidate -> candidate.audience().includes(slot, entity));
        if (met.filter(candidate -> candidate.mode() == Mode.LIVE).isEmpty()) {
            live.ifPresent(version -> works.add(Map.of("version", version.toString(), "mode", Mode.LIVE.toString())));
        }
        met.ifPresent(candidate -> works.add(Map.of(
                "version",
                candidate.version().toString(),
                "mode",
                candidate.mode().toString(),
                "rollout",
                candidate.rollout())));
        return works;
    }

    private Reply live(Call call) {
        Instant at = call.parameter("at").map(RouteDoors::instant).orElseGet(clock::instant);
        return Reply.json(Map.of(
                "live",
                plane.past().at(at, call.parameter("product")).stream()
                        .map(RouteDoors::standing)
                        .toList(),
                "at",
                at.toString()));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refused.of(
                    Refused.Kind.MALFORMED, "bad_value", "at must be a time", text, "ISO 8601, 2026-03-03T14:00:00Z");
        }
    }

    private static Map<String, Object> standing(Past.Standing standing) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("product", standing.product());
        tree.put("kind", standing.kind().name());
        tree.put("version", standing.version().toString());
        tree.put("role", standing.role());
        tree.put("audience", standing.audience());
        tree.put("mode", standing.mode());
        tree.put("since", standing.since().toString());
        tree.put("by", standing.by());
        tree.put("why", standing.why());
        return tree;
    }
}
