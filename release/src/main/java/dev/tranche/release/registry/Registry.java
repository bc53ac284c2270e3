package dev.tranche.release.registry;

import dev.tranche.release.Version;
import dev.tranche.release.VersionKind;
import dev.tranche.release.VersionName;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// All versions, as a fold over their events; an immutable value. What may happen is asked first (the methods
/// that return an [Answer]), recorded, and then folded in with [#on].
public record Registry(SortedMap<VersionName, Entry> entries) {
    public static final Registry EMPTY = new Registry(Collections.emptySortedMap());

    public Registry {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /// The registry after this event; an event that does not fit changes nothing.
    public Registry on(VersionEvent event, Instant now) {
        if (event instanceof VersionEvent.Registered(Version version, Signature signature, String product)) {
            return entries.containsKey(version.name())
                    ? this
                    : with(new Entry(version, signature, product, VersionState.REGISTERED, 0, now));
        }
        Entry entry = entries.get(event.name());
        if (entry == null || entry.state() == VersionState.RETIRED) {
            return this;
        }
        VersionState state = entry.state();
        return switch (event) {
            case VersionEvent.Registered _ -> this;
            case VersionEvent.Validated(VersionName _, int rows) ->
                state == VersionState.REGISTERED
                        ? with(new Entry(
                                entry.version(), entry.signature(), entry.product(), VersionState.VALIDATED, rows, now))
                        : this;
            case VersionEvent.WentLive _ ->
                state == VersionState.VALIDATED ? with(entry.in(VersionState.LIVE, now)) : this;
            case VersionEvent.LeftLive _ ->
                state == VersionState.LIVE ? with(entry.in(VersionState.VALIDATED, now)) : this;
            case VersionEvent.Retired _ ->
                state == VersionState.LIVE ? this : with(entry.in(VersionState.RETIRED, now));
        };
    }

    /// Whether these bytes may be registered under their name. The same bytes again are fine; other bytes are
    /// not; and within a major the signature stays as it is.
    public Answer register(Version version, Signature signature, String product) {
        Entry same = entries.get(version.name());
        if (same != null) {
            return same.version().equals(version)
                    ? new Answer.Unchanged(version.name() + " is registered with these bytes")
                    : new Answer.Refused(
                            "other-bytes",
                            version.name() + " is registered with other bytes ("
                                    + same.version().digest() + "); versions are immutable, take the next minor");
        }
        return entries.values().stream()
                .filter(entry -> entry.version().name().sameMajor(version.name()))
                .map(entry -> incompatible(entry, version, signature))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Answer.Accepted(new VersionEvent.Registered(version, signature, product)));
    }

    /// Whether a rollout of this version may start.
    public Answer release(VersionName name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return new Answer.Refused("unknown-version", "no version is registered as " + name);
        }
        return switch (entry.state()) {
            case REGISTERED ->
                new Answer.Refused(
                        "not-validated",
                        name
                                + (entry.version().kind() == VersionKind.CALIBRATION
                                        ? " has an acceptance that is not met"
                                        : " has no golden rows that reproduce; register it with samples.jsonl"));
            case VALIDATED -> new Answer.Accepted(new VersionEvent.WentLive(name));
            case LIVE -> new Answer.Unchanged(name + " is live");
            case RETIRED -> new Answer.Refused("retired", name + " is retired");
        };
    }

    /// Whether this version may be withdrawn.
    public Answer retire(VersionName name, String reason) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return new Answer.Refused("unknown-version", "no version is registered as " + name);
        }
        return switch (entry.state()) {
            case REGISTERED, VALIDATED -> new Answer.Accepted(new VersionEvent.Retired(name, reason));
            case LIVE -> new Answer.Refused("live", name + " is live; roll it back or replace it first");
            case RETIRED -> new Answer.Unchanged(name + " is retired");
        };
    }

    /// The exact version a name means: itself, or the newest that it covers and that is not retired.
    public Optional<Entry> resolve(VersionName name) {
        if (name.exact()) {
            return Optional.ofNullable(entries.get(name));
        }
        return entries.values().stream()
                .filter(entry -> name.covers(entry.version().name()) && entry.state() != VersionState.RETIRED)
                .max(Comparator.comparingInt(
                                (Entry entry) -> entry.version().name().major().orElse(0))
                        .thenComparingInt(
                                entry -> entry.version().name().minor().orElse(0))
                        .thenComparing(Entry::since)
                        .thenComparing(entry -> entry.version().name()));
    }

    /// The versions of one product, by name.
    public List<Entry> of(String product) {
        return entries.values().stream()
                .filter(entry -> entry.product().equals(product))
                .toList();
    }

    private static Optional<Answer> incompatible(Entry entry, Version version, Signature signature) {
        Signature kept = entry.signature();
        String against = " than " + entry.version().name() + "; take a new major";
        if (entry.version().kind() != version.kind()) {
            return refused("other-kind", version.name() + " is of another kind (" + version.kind() + ")" + against);
        }
        if (!kept.features().equals(signature.features())) {
            return refused("features-changed", version.name() + " has other features" + against);
        }
        if (!kept.output().equals(signature.output())) {
            return refused(
                    "output-changed", version.name() + " has another output (" + signature.output() + ")" + against);
        }
        if (!kept.label().equals(signature.label())) {
            return refused("label-changed", version.name() + " has another label definition" + against);
        }
        return Optional.empty();
    }

    private static Optional<Answer> refused(String code, String reason) {
        return Optional.of(new Answer.Refused(code, reason));
    }

    private Registry with(Entry entry) {
        SortedMap<VersionName, Entry> changed = new TreeMap<>(entries);
        changed.put(entry.version().name(), entry);
        return new Registry(changed);
    }
}
