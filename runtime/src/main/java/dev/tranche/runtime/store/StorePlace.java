package dev.tranche.runtime.store;

import java.nio.file.Path;

/// Where the database is.
public sealed interface StorePlace {
    /// A PostgreSQL that this process starts in `folder` (normally `DATA/postgres`) and stops with itself.
    record Embedded(Path folder) implements StorePlace {}

    /// A PostgreSQL that somebody else runs, as `jdbc:postgresql://host:port/name`; user and password may be
    /// empty when the URL carries them.
    record Server(String url, String user, String password) implements StorePlace {
        public Server {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("store URL must begin with jdbc:postgresql: " + url);
            }
        }

        /// Without the password.
        @Override
        public String toString() {
            return "Server[url=" + url.replaceAll("(?i)(password=)[^&]*", "$1***") + ", user=" + user + "]";
        }
    }
}
