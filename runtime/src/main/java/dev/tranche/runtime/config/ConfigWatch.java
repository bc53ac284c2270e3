package dev.tranche.runtime.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps the current configuration of a process: reads it, watches its files, swaps valid snapshots, refuses invalid
/// ones and keeps the last good one. Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class ConfigWatch implements AutoCloseable {
    /// What a change of the files led to.
    public sealed interface Change {
        /// `now` has replaced `before`.
        record Swapped(Config before, Config now) implements Change {}

        /// The files were refused; the configuration is as before.
        record Rejected(ConfigException reason) implements Change {}
    }

    private ConfigWatch() {}

    /// Reads `file` (`tranche.yaml`; absent means defaults) and the `*.yaml` of the folder `conf.d` beside it, in the
    /// order of their names, later ones overriding.
    ///
    /// When they are invalid the last good configuration kept in `keep` is used instead and `rejection()` says why;
    /// without one, `ConfigException`.
    public static ConfigWatch open(Path file, Path keep, ConfigSchema schema, SecretBox secrets) {
        throw new UnsupportedOperationException();
    }

    /// The current snapshot; one volatile read.
    public Config current() {
        throw new UnsupportedOperationException();
    }

    /// Why the files as they are now are not in use; empty when they are.
    public Optional<ConfigException> rejection() {
        throw new UnsupportedOperationException();
    }

    /// Calls `listener` for every later change, from the watching thread.
    public void onChange(Consumer<Change> listener) {
        throw new UnsupportedOperationException();
    }

    /// Compares the files with the current snapshot now, as an event or the poll does.
    public void check() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
