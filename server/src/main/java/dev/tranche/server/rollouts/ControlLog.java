package dev.tranche.server.rollouts;

import dev.tranche.runtime.store.ChainVerdict;
import dev.tranche.runtime.store.ControlEvent;
import dev.tranche.runtime.store.ControlJournal;
import dev.tranche.runtime.store.NewEvent;
import dev.tranche.runtime.store.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's view of the control journal: the events seen so far, their fold, and a copy of both on disk.
///
/// Every node follows the same journal and so folds to the same state; nothing else tells it what to do.
/// Readers take one volatile read of an immutable state. Events are taken in order, whether this node
/// appended them or another did.
public final class ControlLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLog.class);

    private final ControlJournal journal;
    private final KnownGood copy;
    private final List<Consumer<ControlState>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<ControlEvent>>> readers = new CopyOnWriteArrayList<>();
    private final List<ControlEvent> events = new ArrayList<>();
    private volatile ControlState state;
    private @Nullable Subscription subscription;

    private ControlLog(ControlJournal journal, KnownGood copy) {
        this.journal = journal;
        this.copy = copy;
        this.state = ControlState.empty();
    }

    /// Folds the copy on disk; the journal is not asked yet, so this works without the database.
    static ControlLog open(ControlJournal journal, KnownGood copy) {
        ControlLog log = new ControlLog(journal, copy);
        for (ControlEvent event : copy.read()) {
            log.state = log.state.on(event);
            log.events.add(event);
        }
        return log;
    }

    /// Begins to follow the journal from its first event: what is known already is compared, not folded
    /// twice, so a copy of another journal is noticed and everything is folded again.
    synchronized void follow() {
        subscription = journal.subscribe(0, this::take);
    }

    /// Reads and folds what is new in the journal, now.
    void catchUp() {
        take(journal.readFrom(1));
    }

    private void take(List<ControlEvent> batch) {
        ControlState before = state;
        synchronized (this) {
            fold(batch);
        }
        tell(before, batch);
    }

    private void fold(List<ControlEvent> batch) {
        boolean changed = false;
        for (ControlEvent event : batch) {
            if (event.seq() <= state.seq() && !event.hash().equals(known(event.seq()))) {
                LOG.warn("event {} is not the one in this node's copy; all events are folded again", event.seq());
                again();
                return;
            }
            if (event.seq() == state.seq() + 1) {
                state = state.on(event);
                events.add(event);
                changed = true;
            }
        }
        if (changed) {
            copy.write(events);
        }
    }

    private String known(long seq) {
        return events.get(Math.toIntExact(seq - 1)).hash();
    }

    private void again() {
        List<ControlEvent> all = journal.readFrom(1);
        ControlState fresh = ControlState.empty();
        for (ControlEvent event : all) {
            fresh = fresh.on(event);
        }
        events.clear();
        events.addAll(all);
        state = fresh;
        copy.write(events);
    }

    private void tell(ControlState before, List<ControlEvent> batch) {
        ControlState now = state;
        if (now.seq() == before.seq() && now.headHash().equals(before.headHash())) {
            return;
        }
        listeners.forEach(listener -> told(() -> listener.accept(now)));
        List<ControlEvent> fresh =
                batch.stream().filter(event -> event.seq() > before.seq()).toList();
        readers.forEach(reader -> told(() -> reader.accept(fresh)));
    }

    /// What a reader of recorded events does wrong undoes nothing and holds up nobody.
    private static void told(Runnable reader) {
        try {
            reader.run();
        } catch (RuntimeException e) {
            LOG.error("a reader of the control journal failed", e);
        }
    }

    /// The fold of everything seen so far.
    public ControlState state() {
        return state;
    }

    /// The events from `first` to `last`, both included, as far as seen.
    public synchronized List<ControlEvent> events(long first, long last) {
        return events.stream()
                .filter(event -> event.seq() >= first && event.seq() <= last)
                .toList();
    }

    /// Appends as any node may, folds, and returns the state after it.
    ///
    /// @throws dev.tranche.runtime.store.StoreUnavailableException when the database is away
    ControlState append(List<NewEvent> fresh) {
        return appended(journal.appendUnfenced(fresh));
    }

    /// Appends as the leader of this epoch, folds, and returns the state after it.
    ///
    /// @throws dev.tranche.runtime.store.StaleEpochException when another node leads by now
    /// @throws dev.tranche.runtime.store.StoreUnavailableException when the database is away
    ControlState append(List<NewEvent> fresh, long epoch) {
        return appended(journal.append(fresh, epoch));
    }

    private ControlState appended(List<ControlEvent> recorded) {
        ControlState before = state;
        List<ControlEvent> batch = recorded;
        synchronized (this) {
            if (!recorded.isEmpty() && recorded.getFirst().seq() > state.seq() + 1) {
                batch = journal.readFrom(state.seq() + 1);
            }
            fold(batch);
        }
        tell(before, batch);
        return state;
    }

    /// Reads the whole chain in the database.
    ChainVerdict verify() {
        return journal.verify();
    }

    /// Calls `listener` after each change with the state after it, on the thread that made it.
    public void onChange(Consumer<ControlState> listener) {
        listeners.add(listener);
    }

    /// Calls `reader` with each event once, in order.
    public void onEvents(Consumer<List<ControlEvent>> reader) {
        readers.add(reader);
    }

    @Override
    public void close() {
        Subscription running;
        synchronized (this) {
            running = subscription;
        }
        if (running != null) {
            running.close();
        }
    }
}
