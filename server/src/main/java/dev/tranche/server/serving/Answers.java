package dev.tranche.server.serving;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Computes and records answers, one at a time or many in one call of the model. A row that is refused, late
/// or broken is so alone: each is made ready by itself before they are put together, and when a call fails
/// its rows are asked again one by one. Thread-safe; the caller sees to it that the model stays in memory.
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final DecisionJournal journal;
    private final Faults faults;
    private final Shadows shadows;
    private final Executor recording;
    private final LongAdder late = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder calls = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder reruns = new LongAdder();

    /// @param recording where the answers of one call are recorded: at once, or each on a thread of its own
    ///     when recording waits for the disk, so that they wait together
    Answers(DecisionJournal journal, Faults faults, Shadows shadows, Executor recording) {
        this.recording = recording;
        this.journal = journal;
        this.faults = faults;
        this.shadows = shadows;
    }

    /// A row that waits for the model's call.
    private record Pending(Ask ask, Scorer.Prepared.Ready row) {}

    /// Answers one question.
    void one(Ask ask) {
        Scorer.Asked asked;
        try {
            if (ask.over()) {
                throw late(ask);
            }
            faults.strike(ask.selection().model(), ask::over);
            asked = ask.selection().scorer().ask(ask.question().row(), ask::over);
        } catch (DeadlinePassedException _) {
            tooLate(ask);
            return;
        } catch (RuntimeException e) {
            failed(ask, e);
            return;
        }
        give(ask, asked);
    }

    /// Answers questions about one model in one call of it.
    ///
    /// @param asks questions to versions with one and the same body
    void together(List<Ask> asks) {
        if (asks.size() == 1) {
            one(asks.getFirst());
            return;
        }
        List<Pending> pending = new ArrayList<>(asks.size());
        for (Ask ask : asks) {
            prepare(ask, pending);
        }
        if (!pending.isEmpty()) {
            call(pending);
        }
    }

    private void prepare(Ask ask, List<Pending> pending) {
        if (ask.over()) {
            tooLate(ask);
            return;
        }
        try {
            switch (ask.selection().scorer().prepare(ask.question().row())) {
                case Scorer.Prepared.Done done -> give(ask, done.asked());
                case Scorer.Prepared.Ready ready -> pending.add(new Pending(ask, ready));
            }
        } catch (RuntimeException e) {
            failed(ask, e);
        }
    }

    private void call(List<Pending> pending) {
        LoadedVersion model = pending.getFirst().ask().selection().model();
        Predictions predictions;
        try {
            predictions = Predictions.of(
                    model.body(),
                    pending.stream().map(each -> each.row().vector()).toList(),
                    allOver(pending));
            calls.increment();
            rows.add(pending.size());
        } catch (DeadlinePassedException _) {
            pending.forEach(each -> tooLate(each.ask()));
            return;
        } catch (RuntimeException e) {
            LOG.debug("a call of {} with {} rows failed; they are asked one by one", model, pending.size(), e);
            reruns.add(pending.size());
            pending.forEach(each -> one(each.ask()));
            return;
        }
        for (int i = 0; i < pending.size(); i++) {
            Ask ask = pending.get(i).ask();
            try {
                Scorer.Asked asked =
                        ask.selection().scorer().answer(pending.get(i).row(), predictions.at(i), ask::over);
                recording.execute(() -> give(ask, asked));
            } catch (DeadlinePassedException _) {
                tooLate(ask);
            } catch (RuntimeException e) {
                failed(ask, e);
            }
        }
    }

    /// A call goes on as long as somebody waits for one of its answers.
    private static Deadline allOver(List<Pending> pending) {
        return () -> {
            for (Pending each : pending) {
                if (!each.ask().over()) {
                    return false;
                }
            }
            return true;
        };
    }

    private void give(Ask ask, Scorer.Asked asked) {
        if (ask.claim()) {
            ask.give(record(ask, asked));
        } else {
            late.increment();
        }
    }

    private static DeadlinePassedException late(Ask ask) {
        return DeadlinePassedException.after(
                0, ask.selection().model().artifact().model().trees());
    }

    /// Lets the fallback rules answer a question whose time is up, unless it was answered.
    void expire(Ask ask) {
        if (ask.claim()) {
            ask.give(record(ask, fallBack(ask, Answer.Cause.DEADLINE, late(ask))));
        }
    }

    private void tooLate(Ask ask) {
        late.increment();
        expire(ask);
    }

    private void failed(Ask ask, RuntimeException failure) {
        failures.increment();
        long so = failures.sum();
        if (Long.bitCount(so) == 1) {
            LOG.warn(
                    "version {} failed; failure number {} of this process",
                    ask.selection().model(),
                    so,
                    failure);
        }
        if (ask.claim()) {
            ask.give(record(ask, fallBack(ask, Answer.Cause.FAILURE, failure)));
        }
    }

    private static Scorer.Asked fallBack(Ask ask, Answer.Cause cause, RuntimeException failure) {
        String error = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        Selection selection = ask.selection();
        return selection.policy() == null
                ? new Scorer.Asked.Answered(Answer.none(cause, error))
                : selection.scorer().fallBack(ask.question().row(), cause, error);
    }

    private Served record(Ask ask, Scorer.Asked asked) {
        Question question = ask.question();
        Selection selection = ask.selection();
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

    /// Predictions that came after their deadline and were thrown away.
    long latePredictions() {
        return late.sum();
    }

    /// Calls with more than one row.
    long calls() {
        return calls.sum();
    }

    /// Rows in calls with more than one row.
    long rows() {
        return rows.sum();
    }

    /// Rows that were asked again one by one because their call failed.
    long reruns() {
        return reruns.sum();
    }
}
