package dev.tranche.server.serving;

import dev.tranche.server.journal.VersionStamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Where versions run that are too slow for the event loop: a [Lane] for each, made when it is first needed
/// and gone when nothing waits in it. Threads are shared among the lanes and end when they are not needed.
/// Thread-safe.
public final class Pool implements AutoCloseable {
    private final LaneLimits limits;
    private final Map<VersionStamp, Lane> lanes = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    private Pool(LaneLimits limits) {
        this.limits = limits;
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("models-", 1).factory());
    }

    /// A pool.
    public static Pool of(LaneLimits limits) {
        return new Pool(limits);
    }

    /// What each lane may take.
    LaneLimits limits() {
        return limits;
    }

    /// Queues works of one version, all or none.
    ///
    /// @param alone true for a version whose works must not be merged
    /// @param call computes works that were taken together
    /// @return empty when they were taken in
    Optional<Served.Busy> offer(List<Work> works, Predicate<LoadedVersion> alone, Consumer<List<Work>> call) {
        LoadedVersion model = works.getFirst().model();
        Lane.Offer[] offer = {Lane.Offer.FULL};
        Lane lane = lanes.compute(model.stamp(), (_, known) -> {
            Lane mine = known == null ? new Lane(limits) : known;
            offer[0] = mine.offer(works);
            return mine;
        });
        return switch (offer[0]) {
            case FULL -> Optional.of(lane.refusal(model));
            case QUEUED -> Optional.empty();
            case START -> {
                Optional<Served.Busy> refused = start(lane, model, alone, call);
                yield refused.isPresent() && works.stream().filter(lane::drop).count() > 0 ? refused : Optional.empty();
            }
        };
    }

    private Optional<Served.Busy> start(
            Lane lane, LoadedVersion model, Predicate<LoadedVersion> alone, Consumer<List<Work>> call) {
        try {
            threads.execute(() -> work(lane, model, alone, call));
            return Optional.empty();
        } catch (RejectedExecutionException e) {
            lane.end();
            return Optional.of(new Served.Busy("the server is stopping", 1));
        }
    }

    private void work(Lane lane, LoadedVersion model, Predicate<LoadedVersion> alone, Consumer<List<Work>> call) {
        boolean ended = false;
        try {
            List<Work> taken = lane.take(!alone.test(model));
            while (!taken.isEmpty()) {
                if (lane.more()) {
                    start(lane, model, alone, call);
                }
                call.accept(taken);
                taken = lane.take(!alone.test(model));
            }
            ended = true;
        } finally {
            if (!ended) {
                lane.end();
            }
            lanes.computeIfPresent(model.stamp(), (_, known) -> known.idle() ? null : known);
        }
    }

    /// Takes a work out that nobody waits for any more.
    ///
    /// @return false when it does not wait
    boolean drop(Work work) {
        Lane lane = lanes.get(work.model().stamp());
        return lane != null && lane.drop(work);
    }

    /// Rows that wait, of all versions.
    public int waiting() {
        return lanes.values().stream().mapToInt(Lane::rows).sum();
    }

    /// Versions that something waits for or is computed by.
    public int busy() {
        return lanes.size();
    }

    /// Takes no more works; those that wait are worked off.
    @Override
    public void close() {
        threads.shutdown();
    }
}
