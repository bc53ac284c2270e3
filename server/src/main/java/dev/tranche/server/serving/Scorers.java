package dev.tranche.server.serving;

import dev.tranche.server.journal.Layout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The scorers of one route, each made once, when it is first asked for.
final class Scorers {
    private record Pair(LoadedVersion model, @Nullable LoadedPolicy policy) {}

    private final Layout layout;
    private final Map<Pair, Scorer> made = new ConcurrentHashMap<>();

    Scorers(Layout layout) {
        this.layout = layout;
    }

    Scorer of(LoadedVersion model, @Nullable LoadedPolicy policy) {
        Pair pair = new Pair(model, policy);
        Scorer known = made.get(pair);
        return known != null
                ? known
                : made.computeIfAbsent(
                        pair,
                        _ -> Scorer.of(
                                model.artifact(),
                                policy == null ? null : policy.policy(),
                                Projection.of(layout, model.artifact().schema())));
    }
}
