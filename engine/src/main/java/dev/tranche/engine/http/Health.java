package dev.tranche.engine.http;

import java.util.List;

/// Whether the engine does what it is there for, and what is wrong.
///
/// @param problems one sentence each; none: it is well
public record Health(List<String> problems) {
    public Health {
        problems = List.copyOf(problems);
    }

    /// Whether nothing is wrong.
    public boolean up() {
        return problems.isEmpty();
    }
}
