package dev.tranche.server.serving;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.release.Mode;
import dev.tranche.runtime.log.Durability;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.JournalException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers questions: which version serves this unit, what it says within the deadline, and what is recorded.
///
/// A version quick enough answers on the thread that asks. A slower one answers on a bounded pool; its deadline counts
/// the time it waited there, and when the deadline passes first the fallback rules answer, the loser is discarded and
/// counted. Nothing is answered that is not in the journal. Thread-safe.
public final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /// The deadline of a product without a policy (seed 004 §8.6).
    static final long DEADLINE_NANOS = 200_000_000L;

    private final DecisionJournal journal;
    private final Pool pool;
    private final Executor waiting;
    private final ScheduledThreadPoolExecutor clock;
    private final Faults faults;
    private final Shadows shadows;
    private final boolean appendWaits;
    private final LongAdder late = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();

    private Serving(DecisionJournal journal, Durability durability, Pool pool, Faults faults, Shadows shadows) {
        this.journal = journal;
        this.pool = pool;
        this.faults = faults;
        this.shadows = shadows;
        this.appendWaits = durability == Durability.SYNCED;
        this.waiting = Executors.newVirtualThreadPerTaskExecutor();
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("deadlines").factory());
        this.clock.setRemoveOnCancelPolicy(true);
    }

    /// Serving over a journal.
    ///
    /// @param durability what the journal promises; with `SYNCED` an append waits, so no event loop makes one
    /// @param pool where slow versions run
    public static Serving over(DecisionJournal journal, Durability durability, Pool pool, Faults faults) {
        return new Serving(journal, durability, pool, faults, Shadows.over(journal, faults));
    }

    /// Answers a question, on this thread or later on another; `then` is called exactly once.
    public void decide(Question question, Consumer<Served> then) {
        begun.increment();
        Consumer<Served> once = served -> {
            ended.increment();
            then.accept(served);
        };
        Selection selection;
        switch (Selection.of(question)) {
            case Selection.Choice.Chosen chosen -> selection = chosen.selection();
            case Selection.Choice.None none -> {
                once.accept(new Served.NotServing(none.version(), none.reason()));
                return;
            }
        }
        long dueNanos = question.arrivedNanos() + Math.min(selection.deadlineNanos(), question.limitNanos());
        boolean faulty = faults.active(selection.model().stamp().name());
        if (selection.model().inline() && !faulty) {
            if (appendWaits) {
                waiting.execute(() -> once.accept(answer(question, selection, dueNanos)));
            } else {
                once.accept(answer(question, selection, dueNanos));
            }
        } else {
            race(question, selection, dueNanos, once);
        }
    }

    /// Answers the rows of one request. Each row is selected, answered and recorded as if it had come
    /// alone: a row that is refused or fails does so alone. `then` is called exactly once, with one entry
    /// for each question, in order.
    ///
    /// @param questions rows that arrived together; an empty list is answered with an empty list
    public void decideAll(List<Question> questions, Consumer<List<Served>> then) {
        if (questions.isEmpty()) {
            then.accept(List.of());
            return;
        }
        Served[] answers = new Served[questions.size()];
        AtomicInteger open = new AtomicInteger(answers.length);
        for (int i = 0; i < answers.length; i++) {
            int at = i;
            decide(questions.get(i), served -> {
                answers[at] = served;
                if (open.decrementAndGet() == 0) {
                    then.accept(List.of(answers));
                }
            });
        }
    }

    private Served answer(Question question, Selection selection, long dueNanos) {
        try {
            return record(question, selection, ask(question, selection, () -> System.nanoTime() - dueNanos > 0));
        } catch (DeadlinePassedException e) {
            return record(question, selection, fallBack(question, selection, Answer.Cause.DEADLINE, e));
        } catch (JournalException e) {
            return new Served.NotRecorded(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return failed(question, selection, e);
        }
    }

    private Served failed(Question question, Selection selection, RuntimeException failure) {
        failures.increment();
        long so = failures.sum();
        if (Long.bitCount(so) == 1) {
            LOG.warn("version {} failed; failure number {} of this process", selection.model(), so, failure);
        }
        return record(question, selection, fallBack(question, selection, Answer.Cause.FAILURE, failure));
    }

    private Scorer.Asked ask(Question question, Selection selection, Deadline deadline) {
        if (deadline.passed()) {
            throw DeadlinePassedException.after(
                    0, selection.model().artifact().model().trees());
        }
        faults.strike(selection.model(), deadline);
        return selection.scorer().ask(question.row(), deadline);
    }

    private static Scorer.Asked fallBack(
            Question question, Selection selection, Answer.Cause cause, RuntimeException failure) {
        String error = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return selection.policy() == null
                ? new Scorer.Asked.Answered(Answer.none(cause, error))
                : selection.scorer().fallBack(question.row(), cause, error);
    }

    private Served record(Question question, Selection selection, Scorer.Asked asked) {
        Answer answer;
        switch (asked) {
            case Scorer.Asked.Refused refused -> {
                return new Served.Rejected(refused.feature(), refused.reason());
            }
            case Scorer.Asked.Answered answered -> answer = answered.answer();
        }
        DecisionRecord decision = new DecisionRecord(
                journal.node(),
                question.receivedMicros(),
                Math.max(0, System.nanoTime() - question.arrivedNanos()),
                question.route().product(),
                selection.unit(),
                question.loanId(),
                question.row(),
                selection.model().stamp(),
                selection.policy() == null ? null : selection.policy().stamp(),
                selection.placement(),
                answer);
        DecisionId id;
        try {
            id = journal.append(decision);
        } catch (JournalException e) {
            return new Served.NotRecorded(String.valueOf(e.getMessage()));
        }
        if (selection.shadowed()) {
            shadows.offer(new Shadows.Job(id, decision, question.route()));
        }
        if (answer.unanswered()) {
            return new Served.Unanswered(id, selection.model().toString(), String.valueOf(answer.error()));
        }
        return new Served.Decided(id, decision);
    }

    /// Lets a slow version race against its deadline; whoever is first answers.
    private void race(Question question, Selection selection, long dueNanos, Consumer<Served> then) {
        AtomicBoolean over = new AtomicBoolean();
        ScheduledFuture<?> atDeadline = clock.schedule(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        waiting.execute(() -> then.accept(late(question, selection)));
                    }
                },
                Math.max(0, dueNanos - System.nanoTime()),
                TimeUnit.NANOSECONDS);
        try {
            pool.execute(() -> {
                try {
                    Scorer.Asked asked = ask(question, selection, () -> over.get() || System.nanoTime() - dueNanos > 0);
                    if (over.compareAndSet(false, true)) {
                        then.accept(record(question, selection, asked));
                    } else {
                        late.increment();
                    }
                } catch (DeadlinePassedException e) {
                    late.increment();
                    if (over.compareAndSet(false, true)) {
                        then.accept(late(question, selection));
                    }
                } catch (RuntimeException e) {
                    if (over.compareAndSet(false, true)) {
                        then.accept(failed(question, selection, e));
                    } else {
                        LOG.warn("version {} failed after its deadline", selection.model(), e);
                    }
                } finally {
                    atDeadline.cancel(false);
                }
            });
        } catch (RejectedExecutionException e) {
            if (over.compareAndSet(false, true)) {
                atDeadline.cancel(false);
                then.accept(new Served.Busy(String.valueOf(e.getMessage()), 1));
            }
        }
    }

    private Served late(Question question, Selection selection) {
        return record(
                question,
                selection,
                fallBack(
                        question,
                        selection,
                        Answer.Cause.DEADLINE,
                        DeadlinePassedException.after(
                                0, selection.model().artifact().model().trees())));
    }

    /// Predictions that came after their deadline and were thrown away.
    public long latePredictions() {
        return late.sum();
    }

    /// Questions asked and not yet answered.
    public long inFlight() {
        return Math.max(0, begun.sum() - ended.sum());
    }

    /// The scoring beside the answers.
    public Shadows shadows() {
        return shadows;
    }

    /// The injected faults.
    public Faults faults() {
        return faults;
    }

    /// Stops the pools; what is being answered is answered.
    @Override
    public void close() {
        shadows.close();
        pool.close();
        clock.shutdownNow();
    }

    static boolean shadowing(Mode mode, boolean included) {
        return switch (mode) {
            case SHADOW, READ_ONLY -> included;
            case LIVE -> !included;
        };
    }
}
