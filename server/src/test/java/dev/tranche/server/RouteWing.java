package dev.tranche.server;

import dev.tranche.runtime.store.MigrationSet;
import dev.tranche.server.http.Doors;
import dev.tranche.server.serving.Candidate;
import dev.tranche.server.serving.Route;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A wing that puts one fixed route of the example in force: the scorecard live, the XGBoost version warm.
public final class RouteWing implements Wing {
    private final Core core;
    private final Examples examples;

    private RouteWing(Core core, Examples examples) {
        this.core = core;
        this.examples = examples;
    }

    public static Wing.Builder builder(Examples examples) {
        return new Wing.Builder() {
            @Override
            public List<MigrationSet> migrations() {
                return List.of();
            }

            @Override
            public Wing build(Core core) {
                return new RouteWing(core, examples);
            }
        };
    }

    @Override
    public void start() {
        core.artifacts().source(digest -> Optional.ofNullable(examples.folders().get(digest)));
        core.routes().swap(route(examples, 1, Examples.SCORECARD, null));
    }

    public static Route route(Examples examples, long epoch, String live, @Nullable Candidate candidate) {
        String other = live.equals(Examples.XGB) ? Examples.SCORECARD : Examples.XGB;
        return Route.of(
                "consumer_apply",
                epoch,
                examples.version(live),
                examples.policy(),
                candidate,
                null,
                candidate == null ? List.of(examples.version(other)) : List.of());
    }

    @Override
    public void hang(Doors doors) {}

    @Override
    public void close() {}
}
