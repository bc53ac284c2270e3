package dev.tranche.server.serving;

import dev.tranche.release.VersionName;
import dev.tranche.server.journal.Layout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Which versions answer for a product: one immutable object, swapped as a whole, so that a request sees the old route
/// or the new one and never both.
///
/// @param product the product
/// @param epoch number of the route change that made it, rising
/// @param live the model in force
/// @param policy the policy in force, null when the product has none (then there is no action and no fallback)
/// @param candidate what a rollout is moving in, else null
/// @param experiment a running experiment, else null
/// @param warm models kept loaded so that going back is one swap, newest first, at most [#WARM_LIMIT]
/// @param layout every feature that any of these models may be asked with
public record Route(
        String product,
        long epoch,
        LoadedVersion live,
        @Nullable LoadedPolicy policy,
        @Nullable Candidate candidate,
        @Nullable Experiment experiment,
        List<LoadedVersion> warm,
        Layout layout) {

    /// How many previous versions stay warm (seed 001 §3.2).
    public static final int WARM_LIMIT = 3;

    /// @throws IllegalArgumentException when more versions are to stay warm than [#WARM_LIMIT]
    public Route {
        warm = List.copyOf(warm);
        if (warm.size() > WARM_LIMIT) {
            throw new IllegalArgumentException("warm versions must be at most " + WARM_LIMIT + ": " + warm.size());
        }
    }

    /// The route of these versions, with the layout worked out.
    public static Route of(
            String product,
            long epoch,
            LoadedVersion live,
            @Nullable LoadedPolicy policy,
            @Nullable Candidate candidate,
            @Nullable Experiment experiment,
            List<LoadedVersion> warm) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (LoadedVersion version : models(live, candidate, experiment, warm)) {
            version.artifact().schema().features().forEach(feature -> names.add(feature.name()));
        }
        Layout layout = Layout.of(product, List.copyOf(names));
        return new Route(product, epoch, live, policy, candidate, experiment, warm, layout);
    }

    /// Every model on the route, the live one first.
    public List<LoadedVersion> models() {
        return models(live, candidate, experiment, warm);
    }

    private static List<LoadedVersion> models(
            LoadedVersion live,
            @Nullable Candidate candidate,
            @Nullable Experiment experiment,
            List<LoadedVersion> warm) {
        SequencedSet<LoadedVersion> models = new LinkedHashSet<>();
        models.add(live);
        if (candidate != null && candidate.version() instanceof LoadedVersion model) {
            models.add(model);
        }
        if (experiment != null) {
            experiment.arms().forEach(arm -> models.add(arm.version()));
        }
        models.addAll(warm);
        return new ArrayList<>(models);
    }

    /// The newest model on the route that a requested name covers.
    public Optional<LoadedVersion> find(VersionName requested) {
        return models().stream()
                .filter(model -> requested.covers(model.name()))
                .max((one, other) -> one.name().compareTo(other.name()));
    }
}
