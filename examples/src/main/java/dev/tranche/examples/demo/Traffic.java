package dev.tranche.examples.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Applicants that keep coming at a steady rate, and their outcomes, posted a moment later. Counts every
/// request that was sent and every one that got an answer; the two must be equal in the end.
final class Traffic implements AutoCloseable {
    private static final int SENDERS = 8;
    private static final int OUTCOMES_A_POST = 200;
    private static final long OUTCOME_PAUSE_NANOS = 200_000_000L;

    private final Api api;
    private final Applicants applicants;
    private final long nanosBetween;
    private final AtomicLong turn = new AtomicLong();
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, LongAdder> bySource = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Applicants.Applicant> outcomes = new ConcurrentLinkedQueue<>();
    private final CountDownLatch done = new CountDownLatch(SENDERS + 1);
    private volatile boolean open = true;
    private volatile String lastDecision = "";

    private Traffic(Api api, Applicants applicants, int perSecond) {
        this.api = api;
        this.applicants = applicants;
        this.nanosBetween = 1_000_000_000L / perSecond;
    }

    static Traffic start(Api api, Applicants applicants, int perSecond) {
        Traffic traffic = new Traffic(api, applicants, perSecond);
        long begin = System.nanoTime();
        for (int s = 0; s < SENDERS; s++) {
            Thread.ofPlatform().daemon().name("applicants-" + s).start(() -> traffic.send(begin));
        }
        Thread.ofPlatform().daemon().name("outcomes").start(traffic::postOutcomes);
        return traffic;
    }

    private void send(long begin) {
        while (open) {
            long due = begin + turn.getAndIncrement() * nanosBetween;
            for (long wait = due - System.nanoTime(); wait > 0 && open; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (!open) break;
            Applicants.Applicant applicant = applicants.draw();
            sent.increment();
            try {
                Api.Answer answer = api.post("/score", applicant.body());
                if (answer.ok()) {
                    answered.increment();
                    String source = answer.body().path("source").asString();
                    bySource.computeIfAbsent(source, s -> new LongAdder()).increment();
                    lastDecision = answer.body().path("decision_id").asString();
                    outcomes.add(applicant);
                } else {
                    refused.increment();
                    bySource.computeIfAbsent("HTTP " + answer.status(), s -> new LongAdder())
                            .increment();
                }
            } catch (IOException broken) {
                bySource.computeIfAbsent("no answer: " + broken.getClass().getSimpleName(), s -> new LongAdder())
                        .increment();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        done.countDown();
    }

    private void postOutcomes() {
        List<Applicants.Applicant> batch = new ArrayList<>();
        while (open || !outcomes.isEmpty()) {
            for (Applicants.Applicant a = outcomes.poll(); a != null; a = outcomes.poll()) {
                batch.add(a);
                if (batch.size() == OUTCOMES_A_POST) break;
            }
            if (batch.isEmpty()) {
                LockSupport.parkNanos(OUTCOME_PAUSE_NANOS);
                continue;
            }
            StringBuilder body = new StringBuilder("{\"outcomes\":[");
            for (Applicants.Applicant a : batch) {
                if (body.charAt(body.length() - 1) == '}') body.append(',');
                body.append("{\"loan_id\":\"")
                        .append(a.id())
                        .append("\",\"outcome\":")
                        .append(a.bad() ? 1 : 0)
                        .append('}');
            }
            try {
                api.post("/api/v1/outcomes", body.append("]}").toString());
                batch.clear();
            } catch (IOException retried) {
                LockSupport.parkNanos(OUTCOME_PAUSE_NANOS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        done.countDown();
    }

    long sent() {
        return sent.sum();
    }

    long answered() {
        return answered.sum();
    }

    long fallbacks() {
        LongAdder count = bySource.get("fallback_rules");
        return count == null ? 0 : count.sum();
    }

    Map<String, Long> bySource() {
        Map<String, Long> counts = new TreeMap<>();
        bySource.forEach((source, count) -> counts.put(source, count.sum()));
        return counts;
    }

    String lastDecision() {
        return lastDecision;
    }

    /// Stops the applicants and waits for every request in flight and for the last outcomes.
    @Override
    public void close() {
        open = false;
        try {
            done.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
