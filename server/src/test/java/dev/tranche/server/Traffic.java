package dev.tranche.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/// Applicants that keep coming until closed; what they were told is counted.
final class Traffic implements AutoCloseable {
    private final Thread thread;
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private Traffic(Lab lab, List<JsonNode> applicants) {
        this.thread = Thread.ofPlatform().name("traffic").unstarted(() -> {
            while (!stopping) {
                Lab.Said said = lab.score(applicants);
                String key = said.status() == 200
                        ? said.json().path("model_version").asString("") + "/"
                                + said.json().path("source").asString("")
                        : "status " + said.status();
                answers.computeIfAbsent(key, _ -> new LongAdder()).increment();
            }
        });
    }

    static Traffic flow(Lab lab, String example) {
        Traffic traffic = new Traffic(lab, Lab.applicants(example));
        traffic.thread.start();
        return traffic;
    }

    /// How many got this answer: `VERSION/model`, `VERSION/fallback_rules`, `status 503`.
    long count(String answer) {
        LongAdder counted = answers.get(answer);
        return counted == null ? 0 : counted.sum();
    }

    Map<String, LongAdder> answers() {
        return answers;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
