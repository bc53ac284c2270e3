package dev.tranche.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Numbered SQL files of one module, applied in order and once each. A file that was applied must never
/// change: its SHA-256 is kept and compared.
///
/// @param name  the module's name, unique in one database
/// @param steps the files in order
public record MigrationSet(String name, List<Step> steps) {
    /// One file; `name` is what is recorded, such as `0001-control-events.sql`.
    public record Step(String name, String sql) {}

    public MigrationSet {
        steps = List.copyOf(steps);
    }

    /// Reads the named resources that lie beside `anchor`.
    public static MigrationSet of(String name, Class<?> anchor, String... resources) {
        List<Step> steps = new ArrayList<>();
        for (String resource : resources) {
            try (InputStream in = anchor.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalArgumentException("no resource beside " + anchor.getName() + ": " + resource);
                }
                steps.add(new Step(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new MigrationSet(name, steps);
    }
}
