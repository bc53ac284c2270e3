package dev.tranche.server.measured;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which part of what is told a judge asks about.
///
/// @param entered when the stage began; empty before the first stage
/// @param entities whom the stage reaches; empty: whoever is heard of
public record Scope(Optional<Instant> entered, List<String> entities) {
    public Scope {
        entities = List.copyOf(entities);
    }
}
