package dev.tranche.server;

import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.config.Key;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.store.StorePlace;
import dev.tranche.server.http.HttpDoors;
import dev.tranche.server.journal.Retention;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the command line of a server says; null where it says nothing. It wins over the configuration's files.
record Flags(
        @Nullable Path data,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String store,
        @Nullable String durability,
        @Nullable Integer node,
        @Nullable Integer rate,
        boolean testFaults) {

    /// Nothing but a data folder.
    static Flags of(Path data) {
        return new Flags(data, null, null, null, null, null, null, false);
    }

    /// The settings that these flags and a configuration make together.
    ///
    /// @throws IllegalArgumentException when a value is outside its range
    Settings over(Config config) {
        Path folder = (data == null ? Path.of(config.value(ServerKeys.DATA)) : data).toAbsolutePath();
        return new Settings(
                folder,
                host == null ? config.value(ServerKeys.HOST) : host,
                whole(port, config, ServerKeys.PORT),
                place(folder, config),
                LogSettings.of(Durability.parse(durability == null ? config.value(ServerKeys.DURABILITY) : durability))
                        .withSegmentBytes(config.value(ServerKeys.SEGMENT)),
                new Retention(config.value(ServerKeys.RETENTION), config.value(ServerKeys.MAX_BYTES)),
                whole(node, config, ServerKeys.NODE),
                testFaults,
                new HttpDoors.Limits(config.value(ServerKeys.BODY), whole(rate, config, ServerKeys.RATE)),
                new Settings.Models(
                        Math.toIntExact(config.value(ServerKeys.THREADS)),
                        Math.toIntExact(config.value(ServerKeys.QUEUE)),
                        Math.toIntExact(config.value(ServerKeys.BATCH))),
                config.value(ServerKeys.GRACE));
    }

    private StorePlace place(Path folder, Config config) {
        String url = store == null ? config.value(ServerKeys.STORE_URL) : store;
        return url.isEmpty()
                ? new StorePlace.Embedded(folder.resolve("postgres"))
                : new StorePlace.Server(
                        url, config.value(ServerKeys.STORE_USER), config.value(ServerKeys.STORE_PASSWORD));
    }

    private static int whole(@Nullable Integer flag, Config config, Key<Long> key) {
        return flag == null ? Math.toIntExact(config.value(key)) : flag;
    }
}
