package dev.tranche.market.risk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The circuit breaker: a value that folds readings and the hands of people into a state. Nothing in it looks
/// at a clock, so that a journal replayed gives the same states.
///
/// Worsening acts at once: two critical violations, or one in RESTRICTED, halt; one restricts; two warnings,
/// or one that stands for longer than the patience, restrict; one warns. A state never falls while a
/// violation asks for it. Recovery takes one step each time the cooldown has passed without any violation. A
/// kill is latched: no reading ends it, only a release that a person signs.
///
/// @param state in force
/// @param since when it was entered
/// @param violations of the last reading
/// @param calmSince since when there was no violation; empty while there is one
/// @param warnedSince since when there is a warning; empty while there is none
/// @param why what led to the state, in words
public record CircuitBreaker(
        BreakerState state,
        Instant since,
        List<BreakerLimits.Violation> violations,
        Optional<Instant> calmSince,
        Optional<Instant> warnedSince,
        String why) {
    public CircuitBreaker {
        violations = List.copyOf(violations);
    }

    /// A breaker that has seen nothing.
    public static CircuitBreaker closed(Instant now) {
        return new CircuitBreaker(BreakerState.NORMAL, now, List.of(), Optional.of(now), Optional.empty(), "started");
    }

    /// After a reading.
    ///
    /// @param now not before the reading before
    public CircuitBreaker on(RiskReading reading, BreakerLimits limits, Instant now) {
        List<BreakerLimits.Violation> found = limits.violations(reading);
        boolean warned = found.stream().anyMatch(violation -> !violation.critical());
        Optional<Instant> warning = warned ? Optional.of(warnedSince.orElse(now)) : Optional.empty();
        Optional<Instant> calm = found.isEmpty() ? Optional.of(calmSince.orElse(now)) : Optional.empty();
        if (state == BreakerState.KILLED) {
            return new CircuitBreaker(state, since, found, calm, warning, why);
        }
        BreakerState asked = asked(found, warning, limits, now);
        if (asked.compareTo(state) > 0) {
            return new CircuitBreaker(asked, now, found, calm, warning, words(found));
        }
        Instant quiet = calm.isPresent() && calm.get().isAfter(since) ? calm.get() : since;
        boolean recovers =
                found.isEmpty() && state != BreakerState.NORMAL && !now.isBefore(quiet.plus(limits.cooldown()));
        if (recovers) {
            return new CircuitBreaker(
                    state.calmer(), now, found, calm, warning, "nothing violated for " + limits.cooldown());
        }
        return new CircuitBreaker(state, since, found, calm, warning, why);
    }

    private BreakerState asked(
            List<BreakerLimits.Violation> found, Optional<Instant> warning, BreakerLimits limits, Instant now) {
        long critical = found.stream().filter(BreakerLimits.Violation::critical).count();
        long warnings = found.size() - critical;
        if (critical >= 2 || (critical == 1 && state.compareTo(BreakerState.RESTRICTED) >= 0)) {
            return BreakerState.HALTED;
        }
        boolean stood = warning.isPresent() && now.isAfter(warning.get().plus(limits.patience()));
        if (critical == 1 || warnings >= 2 || (warnings == 1 && stood)) {
            return BreakerState.RESTRICTED;
        }
        return warnings == 1 ? BreakerState.WARNING : BreakerState.NORMAL;
    }

    /// Latched by a person.
    ///
    /// @param who not blank
    /// @param reason not blank
    public CircuitBreaker kill(String who, String reason, Instant now) {
        signed(who, reason);
        return new CircuitBreaker(
                BreakerState.KILLED, now, violations, calmSince, warnedSince, "killed by " + who + ": " + reason);
    }

    /// Released from a kill by a person, into RESTRICTED: recovery from there takes its time.
    ///
    /// @throws IllegalArgumentException when nothing was killed, or `who` or `reason` is blank
    public CircuitBreaker release(String who, String reason, Instant now) {
        signed(who, reason);
        if (state != BreakerState.KILLED) {
            throw new IllegalArgumentException("only a kill is released: " + state);
        }
        return new CircuitBreaker(
                BreakerState.RESTRICTED, now, violations, calmSince, warnedSince, "released by " + who + ": " + reason);
    }

    private static void signed(String who, String reason) {
        if (who.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "a kill and a release need a name and a reason: '" + who + "', '" + reason + "'");
        }
    }

    private static String words(List<BreakerLimits.Violation> found) {
        return String.join("; ", found.stream().map(Object::toString).toList());
    }
}
