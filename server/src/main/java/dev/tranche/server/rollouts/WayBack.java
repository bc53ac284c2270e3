package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import dev.tranche.release.rollout.Rollout;
import dev.tranche.release.rollout.RolloutEvent;
import dev.tranche.runtime.store.NewEvent;
import dev.tranche.server.artifact.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The two ways back of seed 003, for versions that engines work with: the candidate off for all
/// entities at once, whatever its rollout is doing; and route and configuration as they were at a time.
/// Both are recorded with actor and reason, and asking twice changes nothing the second time.
public final class WayBack {
    private static final int SHOWN = 20;

    private final ControlLog log;
    private final InstantSource clock;
    private final Runnable wake;

    WayBack(ControlLog log, InstantSource clock, Runnable wake) {
        this.log = log;
        this.clock = clock;
        this.wake = wake;
    }

    /// What came of it.
    ///
    /// @param rolledBack ids of the rollouts that ended
    /// @param changed whether anything was recorded
    /// @param live the versions now in force, by kind
    /// @param configurations the engines' configurations of the time gone back to; none in an emergency
    public record Outcome(
            String product,
            List<String> rolledBack,
            boolean changed,
            SortedMap<VersionKind, VersionName> live,
            List<ConfigurationRecord> configurations) {
        public Outcome {
            rolledBack = List.copyOf(rolledBack);
            configurations = List.copyOf(configurations);
        }
    }

    /// The product that is meant: the named one, or the only one that engines work for.
    ///
    /// @throws Refused `unknown_product`
    public String product(Optional<String> named) {
        NavigableSet<String> known = products();
        if (named.isPresent() ? known.contains(named.get()) : known.size() == 1) {
            return named.orElseGet(known::first);
        }
        throw Refused.of(
                Refused.Kind.UNKNOWN,
                "unknown_product",
                named.isPresent()
                        ? "no version that engines work with was ever rolled out for this product"
                        : "say which product is meant",
                named.orElse("none named"),
                String.join(", ", known));
    }

    /// The products that engines work for.
    public NavigableSet<String> products() {
        ControlState state = log.state();
        NavigableSet<String> known = new TreeSet<>();
        state.rollouts().values().stream()
                .filter(rollout -> rollout.kind().servedElsewhere())
                .forEach(rollout -> known.add(rollout.product()));
        state.configurations().forEach(each -> known.add(each.product()));
        return known;
    }

    /// Takes the newest candidate of each slot off, for all entities at once: the one of the rollout
    /// under way, or, when that is over, the one it brought in. What was in force before it is in force
    /// again; without such, nothing is.
    public Outcome emergency(String product, String actor, String reason) {
        List<NewEvent> rows = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        Instant now = clock.instant();
        ControlState state = log.state();
        for (VersionKind kind : VersionKind.values()) {
            newest(state, product, kind)
                    .filter(rollout -> takesPart(state, rollout))
                    .ifPresent(rollout -> {
                        ended.add(rollout.id());
                        rows.add(back(rollout.id(), actor, "emergency: " + reason, now));
                    });
        }
        return recorded(product, ended, rows, List.of());
    }

    private static Optional<RolloutRecord> newest(ControlState state, String product, VersionKind kind) {
        return state.rollouts().values().stream()
                .filter(rollout ->
                        rollout.product().equals(product) && rollout.kind() == kind && kind.servedElsewhere())
                .max(Comparator.comparingLong(RolloutRecord::firstSeq));
    }

    private static boolean takesPart(ControlState state, RolloutRecord rollout) {
        Rollout is = rollout.state();
        return !is.ended()
                || (is.revertible()
                        && state.live(rollout.product(), rollout.kind())
                                .equals(Optional.of(is.charter().plan().candidate())));
    }

    /// Brings route and configurations back as they came into force at `at`. A rollout under way is
    /// rolled back first; a candidate that was on trial then is not brought back, since what was rolled
    /// back never comes again.
    ///
    /// @throws Refused `unknown_backup` with the times there are; `version_deleted`
    public Outcome full(String product, Instant at, String actor, String reason) {
        ControlState state = log.state();
        Backups backups = new Backups(state);
        Backups.Backup backup = backups.at(product, at).orElseThrow(() -> unknown(backups.of(product), at));
        for (VersionName version : backup.live().values()) {
            if (state.deleted().contains(version)) {
                throw Refused.of(
                        Refused.Kind.CONFLICT,
                        "version_deleted",
                        version + " was in force then and has been deleted since: register it again first");
            }
        }
        Instant now = clock.instant();
        List<NewEvent> rows = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        for (RolloutRecord rollout : state.active()) {
            if (rollout.product().equals(product) && rollout.kind().servedElsewhere()) {
                ended.add(rollout.id());
                rows.add(back(rollout.id(), actor, "full rollback to " + at + ": " + reason, now));
            }
        }
        if (!ended.isEmpty() || !sameAsNow(state, product, backup)) {
            rows.add(ChangeText.write(new Change.RouteRestored(product, at, backup.live(), reason), now, actor));
        }
        return recorded(
                product, ended, rows, List.copyOf(backup.configurations().values()));
    }

    private static boolean sameAsNow(ControlState state, String product, Backups.Backup backup) {
        List<Backups.Backup> all = new Backups(state).of(product);
        Backups.Backup newest = all.getLast();
        return newest.live().equals(backup.live()) && texts(newest).equals(texts(backup));
    }

    private static Map<String, String> texts(Backups.Backup backup) {
        Map<String, String> texts = new TreeMap<>();
        backup.configurations().forEach((sender, told) -> texts.put(sender, told.text()));
        return texts;
    }

    private static Refused unknown(List<Backups.Backup> backups, Instant at) {
        List<String> times = backups.reversed().stream()
                .limit(SHOWN)
                .map(each -> each.at().toString())
                .toList();
        return Refused.of(
                Refused.Kind.UNKNOWN,
                "unknown_backup",
                "nothing came into force at this time; see GET /api/v1/backups",
                at.toString(),
                times.isEmpty() ? "none yet" : String.join(", ", times));
    }

    private static NewEvent back(String id, String actor, String reason, Instant now) {
        return ChangeText.write(new Change.RolloutMoved(id, new RolloutEvent.RolledBack(actor, reason)), now, actor);
    }

    private Outcome recorded(
            String product, List<String> ended, List<NewEvent> rows, List<ConfigurationRecord> configurations) {
        ControlState after = rows.isEmpty() ? log.state() : log.append(rows);
        wake.run();
        SortedMap<VersionKind, VersionName> live = new TreeMap<>();
        RouteSpec route = after.routes().getOrDefault(product, RouteSpec.empty(product));
        route.live().forEach((kind, version) -> {
            if (kind.servedElsewhere()) {
                live.put(kind, version);
            }
        });
        return new Outcome(product, ended, !rows.isEmpty(), live, configurations);
    }
}
