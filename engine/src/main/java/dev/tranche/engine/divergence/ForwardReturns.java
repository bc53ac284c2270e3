package dev.tranche.engine.divergence;

import dev.tranche.engine.signal.Outcome;
import dev.tranche.engine.signal.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/// Measures what follows signals, as a study does: entered at the open of the bar after the one that
/// confirmed the signal, left at the close of the bar a horizon after it, never across a gap. Memory is
/// bounded. One writer.
final class ForwardReturns {
    /// Signals that wait for their horizons; the oldest give way.
    private static final int MOST = 1024;

    private static final class Pending {
        private final Signal signal;
        private final long id;
        private double entry = Double.NaN;
        private int bars;

        private Pending(Signal signal, long id) {
            this.signal = signal;
            this.id = id;
        }
    }

    private final List<Integer> horizons;
    private final int longest;
    private final Consumer<Outcome> sink;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long unmeasured;

    ForwardReturns(List<Integer> horizons, Consumer<Outcome> sink) {
        this.horizons = List.copyOf(horizons);
        this.longest = horizons.stream().mapToInt(Integer::intValue).max().orElse(0);
        this.sink = sink;
    }

    /// A signal that was told with the bar that closed last; one without a direction is not measured.
    void follow(Signal signal, long id) {
        if (signal.event().kind().sign() == 0 || longest == 0) {
            return;
        }
        if (pending.size() == MOST) {
            pending.removeFirst();
            unmeasured++;
        }
        pending.addLast(new Pending(signal, id));
    }

    /// The next bar.
    void bar(long closeMillis, double open, double close) {
        List<Outcome> passed = new ArrayList<>();
        for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
            Pending one = each.next();
            one.bars++;
            if (one.bars == 1) {
                one.entry = open;
            }
            if (horizons.contains(one.bars)) {
                double move =
                        (close / one.entry - 1) * one.signal.event().kind().sign();
                passed.add(new Outcome(one.signal, one.id, one.bars, closeMillis, move));
            }
            if (one.bars >= longest) {
                each.remove();
            }
        }
        passed.forEach(sink);
    }

    /// Something is missing: what waited cannot be measured any more.
    void gap() {
        unmeasured += pending.size();
        pending.clear();
    }

    /// Signals of which at least one horizon was never measured.
    long unmeasured() {
        return unmeasured;
    }

    /// Signals that wait.
    int waiting() {
        return pending.size();
    }
}
