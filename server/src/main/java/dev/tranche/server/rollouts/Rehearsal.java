package dev.tranche.server.rollouts;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.GoldenRow;
import dev.tranche.release.VersionName;
import dev.tranche.server.serving.LoadedPolicy;
import dev.tranche.server.serving.LoadedVersion;
import dev.tranche.server.serving.Pace;
import dev.tranche.server.serving.Route;
import dev.tranche.server.serving.RouteTable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Goes to the candidate and back on a route that no request can reach, with the very objects and the very
/// swap that serving uses, and asks golden rows on each side: after going back the previous version must
/// answer as its trainer saw it.
final class Rehearsal {
    private static final String PRODUCT = "rehearsal";

    private final RouteTable table = RouteTable.create();
    private final Pace pace;

    Rehearsal(Pace pace) {
        this.pace = pace;
    }

    /// What happened.
    ///
    /// @param back nanoseconds that the swap back took
    /// @param wrong what was not as it should be; empty when all was
    record Outcome(long back, Optional<String> wrong) {}

    /// From `live` to `candidate` and back.
    Outcome rehearse(Side live, Side candidate) {
        try {
            return thereAndBack(live, candidate);
        } finally {
            table.clear();
        }
    }

    private Outcome thereAndBack(Side live, Side candidate) {
        table.swap(live.route(1));
        Optional<String> before = answers(live.model());
        table.swap(candidate.route(2));
        Optional<String> there = answers(candidate.model());
        long begun = System.nanoTime();
        table.swap(live.route(3));
        long back = System.nanoTime() - begun;
        Optional<String> after = answers(live.model());
        return new Outcome(back, before.or(() -> there).or(() -> after));
    }

    /// A model and a policy that answer together.
    record Side(LoadedVersion model, @Nullable LoadedPolicy policy) {
        private Route route(long epoch) {
            return Route.of(PRODUCT, epoch, model, policy, null, null, List.of());
        }
    }

    private Optional<String> answers(LoadedVersion expected) {
        Route route = table.route(PRODUCT);
        if (route == null || !route.live().equals(expected)) {
            return Optional.of("the route does not lead to " + expected);
        }
        return reproduces(route.live().name(), route.live().artifact(), pace);
    }

    /// Every golden row of a version, through the version itself.
    static Optional<String> reproduces(VersionName name, Artifact artifact, Pace pace) {
        Pace.Stretch stretch = pace.begin();
        for (GoldenRow row : artifact.goldenRows()) {
            Optional<String> differs = Health.differs(artifact, row);
            if (differs.isPresent()) {
                return differs.map(what -> name + ": " + what);
            }
            stretch.step();
        }
        return artifact.goldenRows().isEmpty() ? Optional.of(name + " has no golden rows to ask") : Optional.empty();
    }
}
