package dev.tranche.server.rollouts;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.GoldenRow;
import dev.tranche.inference.Verification;
import dev.tranche.release.Reading;
import dev.tranche.release.VersionName;
import dev.tranche.server.serving.Lease;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Probes a candidate with its own golden rows, one a look, and counts failures in a row (seeds 002 and 003:
/// three failed health checks roll back). A probe fails when the version does not answer, or answers
/// otherwise than its trainer saw. Thread-safe.
final class Health {
    private record State(int failures, int next, Instant at, String last) {}

    private final Map<VersionName, State> states = new ConcurrentHashMap<>();

    /// Asks the next golden row and returns what is wrong, or empty.
    ///
    /// @param artifact opens the version; what it throws is a failure
    Optional<String> probe(VersionName version, ArtifactSource artifact, Instant now) {
        State before = states.getOrDefault(version, new State(0, 0, now, ""));
        Optional<String> wrong = ask(artifact, before.next());
        states.put(
                version,
                new State(wrong.isPresent() ? before.failures() + 1 : 0, before.next() + 1, now, wrong.orElse("")));
        return wrong;
    }

    /// Gives a use of a version's artifact.
    interface ArtifactSource {
        Lease open();
    }

    /// Failures in a row, or why nobody knows.
    Reading reading(VersionName version) {
        State state = states.get(version);
        return state == null
                ? new Reading.Unavailable(version + " has not been probed yet")
                : new Reading.Count(state.failures(), state.at());
    }

    /// Stops to remember a version.
    void forget(VersionName version) {
        states.remove(version);
    }

    private static Optional<String> ask(ArtifactSource source, int turn) {
        try (Lease lease = source.open()) {
            Artifact artifact = lease.artifact();
            if (artifact.goldenRows().isEmpty()) {
                return Optional.of("there are no golden rows to ask");
            }
            GoldenRow row =
                    artifact.goldenRows().get(turn % artifact.goldenRows().size());
            return differs(artifact, row);
        } catch (RuntimeException e) {
            return Optional.of(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /// What differs from what the trainer saw: a margin in its bits, as far as the model answers with the
    /// same bits on every machine.
    static Optional<String> differs(Artifact artifact, GoldenRow golden) {
        return switch (artifact.verify(golden)) {
            case Verification.Reproduced _, Verification.Absent _ -> Optional.empty();
            case Verification.Differs(int row, String what, String expected, String actual) ->
                Optional.of("golden row " + row + ": " + what + " is " + actual + ", the trainer saw " + expected);
        };
    }
}
