package dev.tranche.server.journal;

import dev.tranche.credit.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decision as people and reports read it: names instead of positions, words instead of bytes.
public final class DecisionView {
    private DecisionView() {}

    /// The decision as an ordered tree of texts, numbers, flags, lists and maps, ready to be written as JSON.
    public static Map<String, @Nullable Object> of(DecisionId id, DecisionRecord decision) {
        Answer answer = decision.answer();
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", id.toString());
        view.put("at", instant(decision.receivedMicros()).toString());
        view.put("product", decision.product());
        view.put("unit", decision.unit());
        view.put("loan_id", decision.loanId());
        view.put("model", stamp(decision.model()));
        view.put("policy", decision.policy() == null ? null : stamp(decision.policy()));
        view.put("placement", placement(decision.placement()));
        view.put("score", Double.isFinite(answer.score()) ? answer.score() : null);
        view.put("risk_level", answer.band());
        view.put("decision", answer.action() == null ? null : answer.action().name());
        view.put("source", answer.source().word());
        if (answer.cause() != Answer.Cause.NONE) {
            view.put("fallback_cause", answer.cause().name().toLowerCase(Locale.ROOT));
            view.put("error", answer.error());
        }
        view.put("reasons", answer.reasons().stream().map(DecisionView::reason).toList());
        if (!answer.reasons().isEmpty() && !answer.method().isEmpty()) {
            view.put("reasons_method", answer.method());
            view.put("reasons_reference", answer.reference().isEmpty() ? null : answer.reference());
        }
        view.put("missing", answer.missing());
        view.put("defaulted", answer.defaulted());
        view.put("latency_ms", decision.latencyNanos() / 1e6);
        view.put("margins", numbers(answer.margins()));
        view.put("outputs", numbers(answer.outputs()));
        view.put("features", features(decision.row()));
        return view;
    }

    private static Map<String, @Nullable Object> stamp(VersionStamp stamp) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("name", stamp.name());
        view.put("digest", stamp.digest());
        return view;
    }

    private static Map<String, @Nullable Object> placement(Placement placement) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("role", placement.role().word());
        view.put("route_epoch", placement.epoch());
        view.put("slot", placement.slot() < 0 ? null : placement.slot());
        view.put("experiment", placement.experiment());
        view.put("arm", placement.arm());
        return view;
    }

    private static Map<String, @Nullable Object> reason(Reason reason) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("code", reason.code());
        view.put("text", reason.text());
        view.put("feature", reason.feature());
        view.put("component", reason.component().word());
        return view;
    }

    /// The features that were given, by name.
    public static Map<String, @Nullable Object> features(RawRow row) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        for (int i = 0; i < row.layout().size(); i++) {
            String name = row.layout().names().get(i);
            switch (row.kind(i)) {
                case MISSING -> {}
                case NUMBER -> view.put(name, row.number(i));
                case FLAG -> view.put(name, row.flag(i));
                case TEXT, ITEMS -> view.put(name, row.text(i));
            }
        }
        return view;
    }

    private static List<Double> numbers(double[] values) {
        List<Double> numbers = new ArrayList<>(values.length);
        for (double value : values) {
            numbers.add(value);
        }
        return numbers;
    }

    /// The instant of microseconds since 1970.
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
