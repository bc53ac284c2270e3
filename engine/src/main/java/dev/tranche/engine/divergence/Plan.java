package dev.tranche.engine.divergence;

import java.util.List;
import java.util.Map;

/// Everything that may change while the engine runs, as one immutable snapshot: a stream looks at it
/// between two bars, and what it sees belongs together.
///
/// @param tuning what the configuration sets
/// @param named what works on the symbols that the route names
/// @param others what works on all other symbols
public record Plan(Tuning tuning, Map<String, List<Assignment>> named, List<Assignment> others) {
    public Plan {
        named = Map.copyOf(named);
        others = List.copyOf(others);
    }

    /// What works on a symbol, the one that counts first.
    public List<Assignment> at(String symbol) {
        return named.getOrDefault(symbol, others);
    }

    /// The same with other parameters.
    public Plan with(Tuning other) {
        return new Plan(other, named, others);
    }
}
