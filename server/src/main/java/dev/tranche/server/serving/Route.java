package dev.tranche.server.serving;

import dev.tranche.release.VersionName;
import dev.tranche.server.journal.Layout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Which versions answer for a product: one immutable object, swapped as a whole, so that a request sees the
/// old route or the new one and never both.
///
/// A route uses its models until it was retired *and* the last call that held it ended: then, and not before,
/// their leases are closed. The route table retires a route when another takes its place.
public final class Route {
    /// How many previous versions stay warm (seed 001 §3.2).
    public static final int WARM_LIMIT = 3;

    private final String product;
    private final long epoch;
    private final LoadedVersion live;
    private final @Nullable LoadedPolicy policy;
    private final @Nullable Candidate candidate;
    private final @Nullable Experiment experiment;
    private final List<LoadedVersion> warm;
    private final Layout layout;
    private final Scorers scorers;
    private final List<LoadedVersion> used;
    /// Calls under way, and one more until the route is retired; 0 is final.
    private final AtomicInteger holds = new AtomicInteger(1);

    private final AtomicBoolean retired = new AtomicBoolean();

    private Route(
            String product,
            long epoch,
            LoadedVersion live,
            @Nullable LoadedPolicy policy,
            @Nullable Candidate candidate,
            @Nullable Experiment experiment,
            List<LoadedVersion> warm,
            Layout layout) {
        this.product = product;
        this.epoch = epoch;
        this.live = live;
        this.policy = policy;
        this.candidate = candidate;
        this.experiment = experiment;
        this.warm = List.copyOf(warm);
        this.layout = layout;
        this.scorers = new Scorers(layout);
        this.used = models(live, candidate, experiment, warm).stream()
                .map(LoadedVersion::again)
                .toList();
    }

    /// A route.
    ///
    /// @param epoch number of the route change that made it, rising
    /// @param live the model in force
    /// @param policy the policy in force, null when the product has none (then there is no action and no
    ///     fallback)
    /// @param candidate what a rollout is moving in, else null
    /// @param experiment a running experiment, else null
    /// @param warm models kept loaded so that going back is one swap, newest first
    /// @throws IllegalArgumentException when more versions are to stay warm than [#WARM_LIMIT]
    public static Route of(
            String product,
            long epoch,
            LoadedVersion live,
            @Nullable LoadedPolicy policy,
            @Nullable Candidate candidate,
            @Nullable Experiment experiment,
            List<LoadedVersion> warm) {
        if (warm.size() > WARM_LIMIT) {
            throw new IllegalArgumentException("warm versions must be at most " + WARM_LIMIT + ": " + warm.size());
        }
        SequencedSet<String> names = new LinkedHashSet<>();
        for (LoadedVersion version : models(live, candidate, experiment, warm)) {
            version.artifact().schema().features().forEach(feature -> names.add(feature.name()));
        }
        Layout layout = Layout.of(product, List.copyOf(names));
        return new Route(product, epoch, live, policy, candidate, experiment, warm, layout);
    }

    /// The product.
    public String product() {
        return product;
    }

    /// Number of the route change that made it.
    public long epoch() {
        return epoch;
    }

    /// The model in force.
    public LoadedVersion live() {
        return live;
    }

    /// The policy in force, null when the product has none.
    public @Nullable LoadedPolicy policy() {
        return policy;
    }

    /// What a rollout is moving in, else null.
    public @Nullable Candidate candidate() {
        return candidate;
    }

    /// The running experiment, else null.
    public @Nullable Experiment experiment() {
        return experiment;
    }

    /// Models kept loaded so that going back is one swap, newest first.
    public List<LoadedVersion> warm() {
        return warm;
    }

    /// Every feature that any of its models may be asked with.
    public Layout layout() {
        return layout;
    }

    /// Asks one of this route's models with one of its policies.
    Scorer scorer(LoadedVersion model, @Nullable LoadedPolicy policy) {
        return scorers.of(model, policy);
    }

    /// Keeps its models in memory until [#release()]. Nobody waits for it.
    ///
    /// @return false when the route is retired and nobody holds it any more: the table has another one
    public boolean hold() {
        int now = holds.get();
        while (now > 0) {
            if (holds.compareAndSet(now, now + 1)) {
                return true;
            }
            now = holds.get();
        }
        return false;
    }

    /// Ends one [#hold()].
    public void release() {
        if (holds.decrementAndGet() == 0) {
            used.forEach(LoadedVersion::close);
        }
    }

    /// Ends the route's own use of its models; those who hold it keep theirs. A second time does nothing.
    public void retire() {
        if (retired.compareAndSet(false, true)) {
            release();
        }
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
