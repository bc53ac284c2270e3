package dev.tranche.server.measured;

import java.util.Optional;
import java.util.OptionalDouble;

/// Levels that an engine tells beside its counts: each stands until it is told anew.
///
/// @param memoryUsed memory in use of memory allowed, 0..1
/// @param drawdown fall of equity from its highest, as a share of that, 0 or more
/// @param pnl dollars earned since the engine's day began, below 0 when lost
/// @param breaker the state of the circuit breaker, in capital letters
record Levels(OptionalDouble memoryUsed, OptionalDouble drawdown, OptionalDouble pnl, Optional<String> breaker) {
    static final Levels NONE =
            new Levels(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());

    /// These, and where they say nothing the older ones.
    Levels over(Levels older) {
        return new Levels(
                newer(memoryUsed, older.memoryUsed),
                newer(drawdown, older.drawdown),
                newer(pnl, older.pnl),
                breaker.or(older::breaker));
    }

    private static OptionalDouble newer(OptionalDouble one, OptionalDouble otherwise) {
        return one.isPresent() ? one : otherwise;
    }
}
