package dev.tranche.server.http;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.rollouts.Backups;
import dev.tranche.server.rollouts.Change;
import dev.tranche.server.rollouts.ConfigurationRecord;
import dev.tranche.server.rollouts.ControlPlane;
import dev.tranche.server.rollouts.RouteSpec;
import dev.tranche.server.rollouts.WayBack;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// The doors of the ways back for versions that engines work with, and of the configurations kept for
/// them.
public final class WayBackDoors {
    /// A configuration file is a few KiB.
    private static final int TEXT_LIMIT = 64 << 10;

    private static final int SHOWN = 50;

    private final ControlPlane plane;
    private final InstantSource clock;

    private WayBackDoors(ControlPlane plane, InstantSource clock) {
        this.plane = plane;
        this.clock = clock;
    }

    /// Hangs them.
    public static void hang(Doors doors, ControlPlane plane, InstantSource clock) {
        WayBackDoors own = new WayBackDoors(plane, clock);
        doors.post("/api/v1/rollback", Role.OPERATE, own::rollback);
        doors.get("/api/v1/backups", Role.VIEW, own::backups);
        doors.post("/api/v1/configurations", Role.MEASURE, own::keep);
    }

    private Reply rollback(Call call) {
        JsonNode body = call.body().object();
        String reason = RolloutDoors.reason(call);
        String actor = call.caller().name();
        String product = plane.wayBack().product(optional(body, "product"));
        WayBack.Outcome outcome = switch (optional(body, "type").orElse("")) {
            case "emergency" -> plane.wayBack().emergency(product, actor, reason);
            case "full" -> plane.wayBack().full(product, timestamp(body), actor, reason);
            case String other ->
                throw Refused.of(Refused.Kind.MALFORMED, "bad_value", "no such way back", other, "emergency, full");
        };
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("product", outcome.product());
        tree.put("changed", outcome.changed());
        tree.put("rolled_back", outcome.rolledBack());
        tree.put("live", live(outcome.live()));
        tree.put(
                "configurations",
                outcome.configurations().stream().map(each -> view(each, true)).toList());
        return Reply.json(tree);
    }

    private static Instant timestamp(JsonNode body) {
        String text = optional(body, "backup_timestamp").orElse("nothing");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "bad_value",
                    "a full rollback needs backup_timestamp, one of those that GET /api/v1/backups lists",
                    text,
                    "ISO 8601, 2026-03-03T14:00:00Z");
        }
    }

    private Reply backups(Call call) {
        boolean nobody = plane.wayBack().products().isEmpty();
        String product = nobody ? "" : plane.wayBack().product(call.parameter("product"));
        List<Backups.Backup> all = plane.backups().of(product).reversed();
        return Reply.json(Map.of(
                "product",
                product,
                "backups",
                all.stream().limit(SHOWN).map(WayBackDoors::view).toList()));
    }

    private static Map<String, Object> view(Backups.Backup backup) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("timestamp", backup.at().toString());
        tree.put("by", backup.by());
        tree.put("why", backup.why());
        tree.put("live", live(backup.live()));
        Map<String, String> moving = new LinkedHashMap<>();
        backup.moving().forEach((kind, candidate) -> moving.put(kind.toString(), said(candidate)));
        tree.put("moving", moving);
        tree.put(
                "configurations",
                backup.configurations().values().stream()
                        .map(each -> view(each, false))
                        .toList());
        return tree;
    }

    private static String said(RouteSpec.Moving candidate) {
        return candidate.version() + " " + candidate.mode() + " " + candidate.audience();
    }

    private static Map<String, String> live(SortedMap<VersionKind, VersionName> live) {
        Map<String, String> tree = new TreeMap<>();
        live.forEach((kind, version) -> tree.put(kind.toString(), version.toString()));
        return tree;
    }

    private static Map<String, Object> view(ConfigurationRecord configuration, boolean whole) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sender", configuration.sender());
        tree.put("file", configuration.file());
        tree.put("digest", configuration.digest());
        tree.put("at", configuration.at().toString());
        if (whole) {
            tree.put("text", configuration.text());
        }
        return tree;
    }

    /// Keeps the configuration that an engine has in force; the same again changes nothing.
    private Reply keep(Call call) {
        JsonNode body = call.body().object();
        String text = optional(body, "text").orElse("");
        if (text.isEmpty() || text.length() > TEXT_LIMIT) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "bad_value",
                    "text must be the whole configuration file",
                    text.length() + " characters",
                    "1.." + TEXT_LIMIT + " characters");
        }
        ConfigurationRecord told = new ConfigurationRecord(
                word(body, "product", "[A-Za-z0-9_-]{1,128}"),
                word(body, "sender", "[A-Za-z0-9._:/-]{1,64}"),
                word(body, "file", "[A-Za-z0-9._-]{1,128}"),
                text,
                clock.instant());
        boolean known = plane.state()
                .configuration(told.product(), told.sender())
                .filter(before ->
                        before.file().equals(told.file()) && before.text().equals(text))
                .isPresent();
        if (!known) {
            plane.change(new Change.ConfigurationKept(told), call.caller().name());
        }
        return Reply.json(known ? 200 : 201, view(told, false));
    }

    private static Optional<String> optional(JsonNode body, String key) {
        JsonNode value = body.path(key);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static String word(JsonNode body, String key, String pattern) {
        return optional(body, key)
                .filter(value -> value.matches(pattern))
                .orElseThrow(() -> Refused.of(
                        Refused.Kind.MALFORMED,
                        "bad_value",
                        key + " is missing or is not what it should be",
                        body.path(key).toString(),
                        pattern));
    }
}
