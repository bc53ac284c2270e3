package dev.tranche.server;

import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.ConfigException;
import dev.tranche.runtime.config.ConfigWatch;
import dev.tranche.runtime.config.Key;
import dev.tranche.runtime.config.SecretBox;
import dev.tranche.runtime.metrics.MetricNames;
import dev.tranche.server.http.Health.Component;
import dev.tranche.server.http.Health.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configuration of a running server: what it was started with, and what changes of its files do to it. A
/// few keys are taken while it runs; for the others it says that a restart is needed.
final class Configuration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

    /// Holds the keys when there is no key file.
    static final String KEYS_VARIABLE = "TRANCHE_CONFIG_KEYS";

    private final Flags flags;
    private final Config started;
    private final Settings settings;
    private final @Nullable ConfigWatch watch;

    private Configuration(Flags flags, Config started, @Nullable ConfigWatch watch) {
        this.flags = flags;
        this.started = started;
        this.settings = flags.over(started);
        this.watch = watch;
    }

    /// Reads the configuration.
    ///
    /// @param file null for defaults
    /// @param keys what opens its secrets
    /// @throws StartException naming everything that is wrong with the files, or that they cannot be read
    static Configuration open(@Nullable Path file, SecretBox keys, Flags flags) {
        try {
            if (file == null) {
                return new Configuration(flags, ServerKeys.SCHEMA.defaults(), null);
            }
            if (!Files.isRegularFile(file)) {
                throw new StartException("there is no configuration file " + file, null);
            }
            ConfigWatch watch = ConfigWatch.open(file, keep(file, flags), ServerKeys.SCHEMA, keys);
            return new Configuration(flags, watch.current(), watch);
        } catch (ConfigException e) {
            throw StartException.because("the configuration " + file + " is refused", e);
        } catch (IOException e) {
            throw StartException.because("the configuration " + file + " cannot be read or kept", e);
        }
    }

    /// The last good configuration lies in the data folder, which the files themselves may name.
    private static Path keep(Path file, Flags flags) throws IOException {
        Path data = flags.data();
        if (data == null) {
            data = Path.of(ConfigWatch.peek(file, ServerKeys.DATA).orElseGet(ServerKeys.DATA::fallback));
        }
        return data.resolve("config.last-good.yaml");
    }

    /// The settings to start with.
    Settings settings() {
        return settings;
    }

    /// Lets a server follow the files.
    void feed(Composition server) {
        Core core = server.core();
        ConfigWatch files = watch;
        if (files == null) {
            return;
        }
        Counter rejected = Counter.builder(MetricNames.CONFIG_REJECTED)
                .register(core.metrics().registry());
        Gauge.builder(
                        MetricNames.CONFIG_AGE,
                        files,
                        each -> each.sinceCompared().toMillis() / 1e3)
                .register(core.metrics().registry());
        core.health().component("configuration", this::state);
        files.onChange(change -> {
            switch (change) {
                case ConfigWatch.Change.Swapped(Config _, Config now) -> take(server, now);
                case ConfigWatch.Change.Rejected _ -> rejected.increment();
            }
        });
        take(server, files.current());
    }

    private void take(Composition server, Config now) {
        Settings wanted = flags.over(now);
        server.tune(wanted.limits().requestsPerSecond(), wanted.retention());
        List<String> waiting = waiting(now);
        if (!waiting.isEmpty()) {
            LOG.warn("config.restart.needed keys={}: these changes are in force after a restart", waiting);
        }
    }

    /// The keys whose change waits for a restart.
    private List<String> waiting(Config now) {
        return ServerKeys.SCHEMA.keys().stream()
                .filter(key -> !ServerKeys.WHILE_RUNNING.contains(key))
                .filter(key -> !now.value(key).equals(started.value(key)))
                .map(Key::name)
                .toList();
    }

    private Component state() {
        ConfigWatch files = watch;
        if (files == null) {
            return new Component(State.OK, "defaults");
        }
        Optional<ConfigException> refused = files.rejection();
        if (refused.isPresent()) {
            return new Component(
                    State.DEGRADED,
                    "the files are refused, the last good ones are in force: "
                            + refused.get().getMessage());
        }
        List<String> waiting = waiting(files.current());
        return waiting.isEmpty()
                ? new Component(State.OK, "as the files say")
                : new Component(State.DEGRADED, "a restart is needed for " + String.join(", ", waiting));
    }

    @Override
    public void close() {
        if (watch != null) {
            try {
                watch.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the configuration's watch did not end", e);
            }
        }
    }
}
