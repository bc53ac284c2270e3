package dev.tranche.server.serving;

import dev.tranche.credit.Action;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.JournalException;
import dev.tranche.server.journal.ShadowRecord;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks candidates what they would have answered, after the real answer has left, from a bounded queue. When
/// the candidate cannot keep up, copies are dropped and counted; nobody who was answered ever waits for it.
public final class Shadows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final int QUEUE = 8192;

    /// An answered question to be asked again.
    record Job(DecisionId id, DecisionRecord decision, Route route) {}

    private final DecisionJournal journal;
    private final Faults faults;
    private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopping;

    private Shadows(DecisionJournal journal, Faults faults) {
        this.journal = journal;
        this.faults = faults;
        this.thread = Thread.ofPlatform().daemon().name("shadows").unstarted(this::run);
    }

    static Shadows over(DecisionJournal journal, Faults faults) {
        Shadows shadows = new Shadows(journal, faults);
        shadows.thread.start();
        return shadows;
    }

    /// Takes a copy, which holds its route until it was asked; the caller holds the route now.
    void offer(Job job) {
        if (job.route().hold()) {
            if (queue.offer(job)) {
                offered.incrementAndGet();
                return;
            }
            job.route().release();
        }
        dropped.increment();
    }

    /// Copies that were not asked because the queue was full.
    public long dropped() {
        return dropped.sum();
    }

    /// Copies that wait.
    public int waiting() {
        return queue.size();
    }

    /// Waits until every copy offered so far was asked.
    ///
    /// @return false when it was not within the limit
    public boolean await(Duration limit) throws InterruptedException {
        long target = offered.get();
        long due = System.nanoTime() + limit.toNanos();
        synchronized (finished) {
            while (finished.get() < target) {
                long left = due - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                finished.wait(Math.min(20, left / 1_000_000 + 1));
            }
        }
        return true;
    }

    private void run() {
        while (!stopping || !queue.isEmpty()) {
            try {
                Job job = queue.poll(50, TimeUnit.MILLISECONDS);
                if (job != null) {
                    ask(job);
                    finished.incrementAndGet();
                }
                if (queue.isEmpty()) {
                    synchronized (finished) {
                        finished.notifyAll();
                    }
                }
            } catch (JournalException e) {
                LOG.warn("a shadow's answer could not be recorded: {}", e.getMessage());
                dropped.increment();
                finished.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ask(Job job) {
        try {
            journal.append(shadow(job));
        } finally {
            job.route().release();
        }
    }

    private ShadowRecord shadow(Job job) {
        Candidate candidate = job.route().candidate();
        if (candidate == null) {
            throw new IllegalStateException("a route without a candidate has no shadow: epoch "
                    + job.route().epoch());
        }
        LoadedVersion model = candidate.version() instanceof LoadedVersion own
                ? own
                : job.route().live();
        LoadedPolicy policy = candidate.version() instanceof LoadedPolicy own
                ? own
                : job.route().policy();
        long begun = System.nanoTime();
        long due = begun
                + (policy == null
                        ? Serving.DEADLINE_NANOS
                        : policy.policy().deadline().toNanos());
        try {
            faults.strike(model, () -> System.nanoTime() - due > 0);
            Scorer.Asked asked =
                    job.route().scorer(model, policy).ask(job.decision().row(), () -> System.nanoTime() - due > 0);
            return switch (asked) {
                case Scorer.Asked.Answered answered
                when answered.answer().cause() == Answer.Cause.NONE -> {
                    Answer answer = answered.answer();
                    yield finished(
                            job, candidate, model, policy, begun, answer.score(), answer.band(), answer.action(), null);
                }
                case Scorer.Asked.Answered answered ->
                    broken(
                            job,
                            candidate,
                            model,
                            policy,
                            begun,
                            answered.answer().error());
                case Scorer.Asked.Refused refused ->
                    broken(job, candidate, model, policy, begun, refused.feature() + " " + refused.reason());
            };
        } catch (DeadlinePassedException e) {
            return broken(job, candidate, model, policy, begun, e.getMessage());
        } catch (RuntimeException e) {
            LOG.debug("shadow {} failed", model, e);
            return broken(job, candidate, model, policy, begun, String.valueOf(e.getMessage()));
        }
    }

    private static ShadowRecord broken(
            Job job,
            Candidate candidate,
            LoadedVersion model,
            @Nullable LoadedPolicy policy,
            long begun,
            @Nullable String error) {
        return finished(job, candidate, model, policy, begun, Double.NaN, null, null, String.valueOf(error));
    }

    private static ShadowRecord finished(
            Job job,
            Candidate candidate,
            LoadedVersion model,
            @Nullable LoadedPolicy policy,
            long begun,
            double score,
            @Nullable String band,
            @Nullable Action action,
            @Nullable String error) {
        DecisionRecord decision = job.decision();
        boolean real = decision.answer().cause() == Answer.Cause.NONE;
        long taken = System.nanoTime() - begun;
        return new ShadowRecord(
                job.id(),
                decision.receivedMicros() + (decision.latencyNanos() + taken) / 1000,
                decision.product(),
                candidate.version().stamp().name(),
                model.stamp(),
                policy == null ? null : policy.stamp(),
                job.route().epoch(),
                score,
                band,
                action,
                real ? decision.answer().score() : Double.NaN,
                real ? decision.answer().action() : null,
                taken,
                error);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
