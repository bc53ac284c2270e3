package dev.tranche.server.http;

import dev.tranche.credit.Reason;
import dev.tranche.release.VersionName;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.DecisionRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Renders a decision as the seeds' doors show it.
final class AnswerWriter {
    private AnswerWriter() {}

    /// The answer of `POST /score` (seed 004 §8.3.1, and what it needs besides).
    static byte[] score(DecisionId id, DecisionRecord decision) {
        Answer answer = decision.answer();
        JsonBytes out = JsonBytes.fresh().open('{');
        out.name("loan_id").text(decision.loanId());
        out.name("score").decimals(answer.score(), 6);
        out.name("risk_level").text(answer.band());
        out.name("model_version").text(decision.model().name());
        out.name("reject_reasons").open('[');
        for (Reason reason : answer.reasons()) {
            out.text(reason.code());
        }
        out.close(']');
        out.name("latency_ms").decimals(decision.latencyNanos() / 1e6, 2);
        out.name("decision_id").text(id.toString());
        out.name("decision")
                .text(answer.action() == null ? null : answer.action().name());
        out.name("source").text(answer.source().word());
        out.name("reasons").open('[');
        for (Reason reason : answer.reasons()) {
            out.open('{');
            out.name("code").text(reason.code()).name("text").text(reason.text());
            out.name("feature").text(reason.feature());
            out.name("component").text(reason.component().word());
            out.close('}');
        }
        out.close(']');
        out.name("missing").texts(answer.missing());
        out.name("defaulted").texts(answer.defaulted());
        return out.close('}').bytes();
    }

    /// The answer of `POST /predict` (seed 000 §3.2, and what it needs besides).
    static byte[] predict(DecisionId id, DecisionRecord decision) {
        Answer answer = decision.answer();
        JsonBytes out = JsonBytes.fresh().open('{');
        out.name("request_id").text(id.toString());
        out.name("prediction");
        if (answer.outputs().length > 1) {
            out.open('[');
            for (double output : answer.outputs()) {
                out.number(output);
            }
            out.close(']');
        } else {
            out.number(answer.score());
        }
        out.name("model_version")
                .text(VersionName.parse(decision.model().name()).semantic());
        out.name("timestamp")
                .text(instant(decision.receivedMicros())
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString());
        out.name("model").text(decision.model().name());
        out.name("source").text(answer.source().word());
        if (!answer.missing().isEmpty()) {
            out.name("missing").texts(answer.missing());
        }
        if (!answer.defaulted().isEmpty()) {
            out.name("defaulted").texts(answer.defaulted());
        }
        return out.close('}').bytes();
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
