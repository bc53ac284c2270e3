package dev.tranche.server.serving;

import dev.tranche.release.Mode;
import dev.tranche.runtime.log.Durability;
import dev.tranche.server.journal.DecisionJournal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Answers questions: which version serves this unit, what it says within the deadline, and what is recorded.
///
/// A version quick enough answers on the thread that asks. A slower one answers in a [Lane] of its own; its
/// deadline counts the time it waited there, and when the deadline passes first the fallback rules answer,
/// the loser is discarded and counted. Nothing is answered that is not in the journal. Thread-safe.
public final class Serving implements AutoCloseable {
    /// The deadline of a product without a policy (seed 004 §8.6).
    static final long DEADLINE_NANOS = 200_000_000L;

    /// Rows of one request are computed on the event loop when all of them together take at most this: what
    /// comes after the model, reasons above all, may take as long again.
    private static final long TOGETHER_INLINE_NANOS = 250_000;

    private final Pool pool;
    private final Executor waiting;
    private final ScheduledThreadPoolExecutor clock;
    private final Faults faults;
    private final Shadows shadows;
    private final boolean appendWaits;
    private final Answers answers;
    private final LongAdder refused = new LongAdder();
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();

    private Serving(DecisionJournal journal, Durability durability, Pool pool, Faults faults, Shadows shadows) {
        this.pool = pool;
        this.faults = faults;
        this.shadows = shadows;
        this.appendWaits = durability == Durability.SYNCED;
        this.waiting = Executors.newVirtualThreadPerTaskExecutor();
        this.answers = new Answers(journal, faults, shadows, appendWaits ? waiting : Runnable::run);
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

    /// Questions so far, answered or not.
    public long asked() {
        return begun.sum();
    }

    /// Answers a question, on this thread or later on another; `then` is called exactly once.
    ///
    /// The question's route is held until the model is done with it. A caller that read the route from the
    /// table some time ago holds it until this method returns ([Route#hold()]); else a route that was replaced
    /// meanwhile and is used by nobody any more makes the answer [Served.Busy].
    public void decide(Question question, Consumer<Served> then) {
        begun.increment();
        Consumer<Served> once = ending(then);
        if (!question.route().hold()) {
            once.accept(replaced(question));
            return;
        }
        Selection.Choice choice;
        try {
            choice = Selection.of(question);
        } catch (RuntimeException | Error e) {
            ended.increment();
            question.route().release();
            throw e;
        }
        Ask ask;
        switch (choice) {
            case Selection.Choice.Chosen chosen -> ask = new Ask(question, chosen.selection(), once);
            case Selection.Choice.None none -> {
                question.route().release();
                once.accept(new Served.NotServing(none.version(), none.reason()));
                return;
            }
        }
        if (!inline(ask.selection().model(), 1)) {
            queue(List.of(new Work(List.of(ask))));
        } else if (appendWaits) {
            waiting.execute(() -> answerHere(List.of(ask)));
        } else {
            answerHere(List.of(ask));
        }
    }

    /// Answers the rows of one request. Each row is selected, answered and recorded as if it had come
    /// alone: a row that is refused or fails does so alone. `then` is called exactly once, with one entry
    /// for each question, in order. Rows of the same version and policy are computed in calls of up to
    /// `models.batch` rows.
    ///
    /// @param questions rows that arrived together; an empty list is answered with an empty list
    public void decideAll(List<Question> questions, Consumer<List<Served>> then) {
        if (questions.isEmpty()) {
            then.accept(List.of());
            return;
        }
        begun.add(questions.size());
        Served[] answers = new Served[questions.size()];
        AtomicInteger open = new AtomicInteger(answers.length);
        Map<Together, List<Ask>> groups = new LinkedHashMap<>();
        for (int i = 0; i < answers.length; i++) {
            int at = i;
            Question question = questions.get(i);
            Consumer<Served> once = ending(served -> {
                answers[at] = served;
                if (open.decrementAndGet() == 0) {
                    then.accept(List.of(answers));
                }
            });
            switch (Selection.of(question)) {
                case Selection.Choice.Chosen(Selection selection) -> {
                    Ask ask = new Ask(question, selection, once);
                    groups.computeIfAbsent(new Together(selection.scorer(), ask.dueNanos()), _ -> new ArrayList<>())
                            .add(ask);
                }
                case Selection.Choice.None none -> once.accept(new Served.NotServing(none.version(), none.reason()));
            }
        }
        groups.values().forEach(this::answerTogether);
    }

    /// Rows that one model and policy of one route answer until one instant.
    private record Together(Scorer scorer, long dueNanos) {}

    private void answerTogether(List<Ask> asks) {
        Route route = asks.getFirst().question().route();
        boolean here = inline(asks.getFirst().selection().model(), asks.size()) && !appendWaits;
        int batch = here ? asks.size() : pool.limits().batch();
        List<Work> works = new ArrayList<>();
        for (int from = 0; from < asks.size(); from += batch) {
            List<Ask> part = asks.subList(from, Math.min(asks.size(), from + batch));
            if (!route.hold()) {
                part.forEach(ask -> refuse(ask, replaced(ask.question())));
            } else if (here) {
                answerHere(part);
            } else {
                works.add(new Work(part));
            }
        }
        if (!works.isEmpty()) {
            queue(works);
        }
    }

    /// Answers on this thread; the route is held and released here.
    private void answerHere(List<Ask> asks) {
        try {
            answers.together(asks);
        } finally {
            asks.getFirst().question().route().release();
        }
    }

    /// True when so many rows of a version are computed on the thread that asks.
    private boolean inline(LoadedVersion model, int rows) {
        return model.inline() && (rows == 1 || model.costNanos() * rows <= TOGETHER_INLINE_NANOS) && !alone(model);
    }

    /// True when a version's rows are computed one by one: an injected fault is felt by each.
    private boolean alone(LoadedVersion model) {
        return faults.active(model.stamp().name());
    }

    private static Served replaced(Question question) {
        return new Served.Busy(
                "the route of " + question.route().product() + " was replaced while the request was read", 1);
    }

    private Consumer<Served> ending(Consumer<Served> then) {
        return served -> {
            ended.increment();
            then.accept(served);
        };
    }

    private static void refuse(Ask ask, Served refusal) {
        if (ask.claim()) {
            ask.give(refusal);
        }
    }

    /// Lets works of one version race against their deadline: whoever is first answers.
    private void queue(List<Work> works) {
        for (Work work : works) {
            work.watchedBy(clock.schedule(
                    () -> waiting.execute(() -> expire(work)),
                    Math.max(0, work.dueNanos() - System.nanoTime()),
                    TimeUnit.NANOSECONDS));
        }
        pool.offer(works, this::alone, this::call)
                .ifPresent(busy -> works.forEach(work -> {
                    refused.add(work.rows());
                    work.end();
                    work.asks().forEach(ask -> refuse(ask, busy));
                }));
    }

    private void expire(Work work) {
        work.asks().forEach(answers::expire);
        if (pool.drop(work)) {
            work.end();
        }
    }

    /// Computes works that a lane gave out together.
    private void call(List<Work> works) {
        try {
            List<Ask> asks =
                    works.stream().flatMap(work -> work.asks().stream()).toList();
            if (alone(works.getFirst().model())) {
                asks.forEach(answers::one);
            } else {
                answers.together(asks);
            }
        } finally {
            works.forEach(Work::end);
        }
    }

    /// Predictions that came after their deadline and were thrown away.
    public long latePredictions() {
        return answers.latePredictions();
    }

    /// Calls of a model that computed more than one row.
    public long calls() {
        return answers.calls();
    }

    /// Rows that were computed in a call with others.
    public long calledTogether() {
        return answers.rows();
    }

    /// Rows that were asked again one by one because the call they were in failed.
    public long askedAgain() {
        return answers.reruns();
    }

    /// Rows that were refused because the queue of their version was full.
    public long refused() {
        return refused.sum();
    }

    /// Where slow versions run.
    public Pool pool() {
        return pool;
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
