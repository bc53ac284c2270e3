package dev.tranche.server.artifact;

import dev.tranche.credit.Policy;
import dev.tranche.inference.Artifact;
import dev.tranche.release.Digest;
import dev.tranche.release.Version;
import dev.tranche.release.VersionKind;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;

/// Takes a folder in: reads it within bounds, asks every check, keeps it under its digest, and records the
/// version. Thread-safe: what two callers register at once is decided by the catalogue.
///
/// The same bytes again are the same version; other bytes under its name are refused.
public final class Registration {
    private final Shelf shelf;
    private final Catalogue catalogue;
    private final InstantSource clock;

    private Registration(Shelf shelf, Catalogue catalogue, InstantSource clock) {
        this.shelf = shelf;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    public static Registration of(Shelf shelf, Catalogue catalogue, InstantSource clock) {
        return new Registration(shelf, catalogue, clock);
    }

    /// What came of it.
    ///
    /// @param version as recorded
    /// @param created false when the same bytes were registered before
    public record Outcome(VersionRecord version, boolean created) {}

    /// Registers the folder in `zip`.
    ///
    /// @param name names an MLflow folder, which has no name of its own; must agree with `model.yaml`
    ///     otherwise
    /// @param actor who registers
    /// @throws Refused when a check does not pass, the name is taken, or the zip is not taken
    /// @throws dev.tranche.runtime.store.StoreUnavailableException when the database is away
    public Outcome register(byte[] zip, Optional<String> name, String actor) {
        Folder folder = Folder.read(ZipFolder.read(zip, ZipFolder.Bounds.DEFAULT), name);
        Digest digest = Digest.parse(Artifact.digest(folder.files()));
        Optional<VersionRecord> before = catalogue.find(folder.name());
        if (before.isPresent()) {
            return same(before.get(), digest);
        }
        Checks.Result result = Checks.ask(folder, catalogue, this::artifact);
        SortedMap<String, String> manifest = shelf.keep(folder.files());
        VersionRecord recorded = catalogue.add(new VersionRecord(
                new Version(folder.name(), folder.kind(), digest),
                result.state(),
                manifest,
                result.checks(),
                result.signature(),
                clock.instant(),
                actor));
        same(recorded, digest);
        return new Outcome(recorded, true);
    }

    /// The artifact of a registered model, from the shelf; the caller closes it.
    ///
    /// @throws Refused `corrupted_artifact`, or `not_a_model` for another kind
    public Artifact artifact(VersionRecord version) {
        if (version.kind() != VersionKind.MODEL) {
            throw Refused.of(
                    Refused.Kind.RULE,
                    "not_a_model",
                    version.name() + " is not a model",
                    version.kind().toString(),
                    VersionKind.MODEL.toString());
        }
        return Formats.open(files(version));
    }

    /// The files of a registered version, from the shelf.
    ///
    /// @throws Refused `corrupted_artifact`
    public SortedMap<String, byte[]> files(VersionRecord version) {
        return shelf.load(version.name().toString(), version.digest().hex(), version.files());
    }

    /// Why this policy and this model cannot share a route, or empty.
    public static Optional<String> gap(Policy policy, Artifact artifact) {
        return Checks.gap(policy, artifact);
    }

    private static Outcome same(VersionRecord recorded, Digest digest) {
        if (!recorded.digest().equals(digest)) {
            throw Refused.of(
                    Refused.Kind.CONFLICT,
                    "version_taken",
                    recorded.name() + " is registered with other bytes; a version never changes: raise the minor",
                    digest.hex(),
                    recorded.digest().hex());
        }
        return new Outcome(recorded, false);
    }
}
