package dev.tranche.server.serving;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What waits for one version: a bounded queue of its own and at most so many threads at work, so that a
/// version that cannot keep up fills its own lane and nobody else's. What queued while the threads were busy
/// is taken together, as one call of the model, when it may be merged; nothing ever waits in order to be
/// merged. Thread-safe.
final class Lane {
    private final LaneLimits limits;
    private final Set<Work> waiting = new LinkedHashSet<>();
    private int rows;
    private int threads;

    Lane(LaneLimits limits) {
        this.limits = limits;
    }

    /// Whether it was taken in, and if so whether another thread is to work on the lane.
    enum Offer {
        /// The queue is full.
        FULL,
        /// It waits for a thread that is at work.
        QUEUED,
        /// It waits for a thread that the caller starts now.
        START
    }

    /// Takes works in, all or none. A request that is larger than the queue is taken when nothing waits.
    synchronized Offer offer(List<Work> works) {
        int more = works.stream().mapToInt(Work::rows).sum();
        if (rows > 0 && rows + more > limits.queue()) {
            return Offer.FULL;
        }
        waiting.addAll(works);
        rows += more;
        if (threads < limits.threads()) {
            threads++;
            return Offer.START;
        }
        return Offer.QUEUED;
    }

    /// True when another thread would find work; then it is counted and the caller starts it.
    synchronized boolean more() {
        if (waiting.size() > 0 && threads < limits.threads()) {
            threads++;
            return true;
        }
        return false;
    }

    /// The next call's works, or empty; then the thread that asked is no longer counted and ends.
    ///
    /// @param merge false when each work is to be a call of its own
    synchronized List<Work> take(boolean merge) {
        if (waiting.isEmpty()) {
            threads--;
            return List.of();
        }
        Iterator<Work> each = waiting.iterator();
        Work head = each.next();
        remove(each, head);
        List<Work> taken = new ArrayList<>(List.of(head));
        int together = head.rows();
        long due = head.dueNanos();
        while (merge && each.hasNext() && together < limits.batch()) {
            Work next = each.next();
            long earliest = next.dueNanos() - due < 0 ? next.dueNanos() : due;
            if (together + next.rows() <= limits.batch()
                    && head.merges(next)
                    && inTime(head.model().costNanos(), together + next.rows(), earliest)) {
                remove(each, next);
                taken.add(next);
                together += next.rows();
                due = earliest;
            }
        }
        return taken;
    }

    private void remove(Iterator<Work> each, Work work) {
        each.remove();
        rows -= work.rows();
    }

    /// True when a call of so many rows, each as slow as a single one, still ends before the earliest
    /// deadline in it: nobody is made late by whom he is merged with.
    private static boolean inTime(long costNanos, int rows, long dueNanos) {
        return System.nanoTime() + costNanos * rows - dueNanos < 0;
    }

    /// Takes a work out that nobody waits for any more.
    ///
    /// @return false when it does not wait here
    synchronized boolean drop(Work work) {
        if (waiting.remove(work)) {
            rows -= work.rows();
            return true;
        }
        return false;
    }

    /// Counts a thread out that did not start or was broken off.
    synchronized void end() {
        threads--;
    }

    /// Rows that wait.
    synchronized int rows() {
        return rows;
    }

    /// True when nothing waits and no thread is at work.
    synchronized boolean idle() {
        return waiting.isEmpty() && threads == 0;
    }

    /// Whole seconds until what waits is worked off, at least 1.
    static int retryAfter(int rows, long costNanos, int threads) {
        long nanos = costNanos * rows / threads;
        return Math.clamp(1 + nanos / 1_000_000_000L, 1, 60);
    }

    /// The reason and the time for a refusal.
    Served.Busy refusal(LoadedVersion model) {
        int now = rows();
        return new Served.Busy(
                "the queue of " + model + " is full: " + now + " rows wait already, " + limits.queue() + " may",
                retryAfter(now, model.costNanos(), limits.threads()));
    }
}
