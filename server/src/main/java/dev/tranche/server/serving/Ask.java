package dev.tranche.server.serving;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One question with who answers it and until when. It is answered once: whoever claims it first records the
/// answer and gives it, everybody else throws theirs away. Thread-safe.
final class Ask {
    private static final Logger LOG = LoggerFactory.getLogger(Ask.class);

    private final Question question;
    private final Selection selection;
    private final long dueNanos;
    private final Consumer<Served> then;
    private final AtomicBoolean claimed = new AtomicBoolean();

    Ask(Question question, Selection selection, Consumer<Served> then) {
        this.question = question;
        this.selection = selection;
        this.then = then;
        long limit = Math.min(selection.deadlineNanos(), question.limitNanos());
        this.dueNanos = question.arrivedNanos() + limit;
    }

    Question question() {
        return question;
    }

    Selection selection() {
        return selection;
    }

    /// When its answer is worthless, on the clock of [System#nanoTime()].
    long dueNanos() {
        return dueNanos;
    }

    /// Takes the right to answer.
    ///
    /// @return false when somebody else took it
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /// True when nobody waits for an answer any more: it was claimed, or its time is up.
    boolean over() {
        return claimed.get() || System.nanoTime() - dueNanos > 0;
    }

    /// Hands over the answer; only for the one who claimed it. Whoever takes it must not throw: what he
    /// throws is logged, because other answers of the same call come after this one.
    void give(Served served) {
        try {
            then.accept(served);
        } catch (RuntimeException e) {
            LOG.error("an answer could not be handed over: {}", served, e);
        }
    }
}
