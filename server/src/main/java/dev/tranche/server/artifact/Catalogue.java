package dev.tranche.server.artifact;

import dev.tranche.release.VersionName;
import dev.tranche.release.registry.Registry;
import java.util.List;
import java.util.Optional;

/// What is registered, as registration needs it. Thread-safe.
public interface Catalogue {
    /// The version of this exact name, also when it was deleted since: a name is never used for other bytes.
    Optional<VersionRecord> find(VersionName name);

    /// The versions of a product that are not deleted, oldest first.
    List<VersionRecord> ofProduct(String product);

    /// All of them, with the rules of what may follow what.
    Registry registry();

    /// Records a version and returns what is recorded under its name: another node may have been quicker.
    ///
    /// @throws dev.tranche.runtime.store.StoreUnavailableException when the database is away
    VersionRecord add(VersionRecord version);
}
