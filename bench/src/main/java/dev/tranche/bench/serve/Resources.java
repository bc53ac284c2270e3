package dev.tranche.bench.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Files that travel in the jar: the peers' sources and the load script.
final class Resources {
    private Resources() {}

    static byte[] bytes(String name) {
        try (InputStream stream = Resources.class.getClassLoader().getResourceAsStream(name)) {
            if (stream == null) throw new IllegalArgumentException("no such resource: " + name);
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
