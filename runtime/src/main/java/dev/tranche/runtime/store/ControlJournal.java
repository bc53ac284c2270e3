package dev.tranche.runtime.store;

import java.util.List;
import java.util.function.Consumer;

/// Every change of the control plane as a row of a hash chain. Thread-safe; tables elsewhere are folds of it.
@SuppressWarnings("DoNotCallSuggester")
public final class ControlJournal {
    private ControlJournal() {}

    /// The journal in `store`.
    public static ControlJournal in(Store store) {
        throw new UnsupportedOperationException();
    }

    /// Appends the events in one transaction, in order, for the leader with `epoch`, and returns them as recorded.
    ///
    /// Throws `StaleEpochException` when a newer leader exists, `StoreUnavailableException` when the database is
    /// away; when that happened in the middle the outcome is unknown: compare `head()` before repeating.
    public List<ControlEvent> append(List<NewEvent> events, long epoch) {
        throw new UnsupportedOperationException();
    }

    /// Appends as any node may: not fenced, recorded under the current epoch. For what does not depend on being the
    /// leader, such as a registration.
    public List<ControlEvent> appendUnfenced(List<NewEvent> events) {
        throw new UnsupportedOperationException();
    }

    /// Up to `limit` (1..10000) events with sequence numbers of `seq` and above, in order.
    public List<ControlEvent> readFrom(long seq, int limit) {
        throw new UnsupportedOperationException();
    }

    /// All events with sequence numbers of `seq` and above, in order.
    public List<ControlEvent> readFrom(long seq) {
        throw new UnsupportedOperationException();
    }

    /// Sequence number of the newest event; 0 when there is none.
    public long head() {
        throw new UnsupportedOperationException();
    }

    /// Reads the whole chain and says whether it holds.
    public ChainVerdict verify() {
        throw new UnsupportedOperationException();
    }

    /// Calls `reader` with every event after `afterSeq`, in order, in batches, from one thread of its own: at once for
    /// what is there, then within milliseconds of each commit (LISTEN/NOTIFY) and after a second by poll.
    /// A database that goes away only delays it. When `reader` throws, the same batch comes again a second later
    /// and the failure is logged.
    public Subscription subscribe(long afterSeq, Consumer<List<ControlEvent>> reader) {
        throw new UnsupportedOperationException();
    }
}
