package dev.tranche.server.http;

import dev.tranche.credit.Reason;
import dev.tranche.inference.Contributions;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.Decisions;
import dev.tranche.server.journal.VersionStamp;
import dev.tranche.server.serving.Explained;
import dev.tranche.server.serving.Explanations;
import dev.tranche.server.serving.Question;
import dev.tranche.server.serving.RouteTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The door `POST /explain`: why a row would be answered as it would, or why a past decision came out as it
/// did. Nothing is recorded; a request counts against its caller's rate like any other question.
final class ExplainDoor implements Door {
    private final RouteTable routes;
    private final Explanations explanations;
    private final Decisions decisions;
    private final RateLimit rate;
    private final Ticks clock;
    private final Readiness readiness;

    private ExplainDoor(
            RouteTable routes,
            Explanations explanations,
            Decisions decisions,
            RateLimit rate,
            Ticks clock,
            Readiness readiness) {
        this.routes = routes;
        this.explanations = explanations;
        this.decisions = decisions;
        this.rate = rate;
        this.clock = clock;
        this.readiness = readiness;
    }

    static ExplainDoor of(HttpDoors.Hot hot, RateLimit rate) {
        return new ExplainDoor(hot.routes(), hot.explanations(), hot.decisions(), rate, hot.clock(), hot.readiness());
    }

    @Override
    public Reply answer(Call call) {
        if (!rate.take(call.caller().name(), clock.nanos())) {
            throw Problem.of(
                            429,
                            "rate_limit",
                            "too many requests from " + call.caller().name())
                    .retryAfter(1)
                    .raised();
        }
        readiness.refuseWhenStopping();
        JsonNode named = call.body().object().path("decision_id");
        return named.isMissingNode() ? row(call) : decision(call, named);
    }

    private Reply row(Call call) {
        byte[] body = call.body().bytes();
        RequestReader.Read read = RequestReader.held(routes, body, body.length);
        try {
            Question question = new Question(
                    read.route(),
                    read.row(),
                    read.unit(),
                    read.loanId(),
                    read.entity(),
                    read.pinned(),
                    call.caller().may(Role.OPERATE),
                    clock.nanos(),
                    clock.epochNanos() / 1000);
            return reply(explanations.explain(question), null);
        } finally {
            read.route().release();
        }
    }

    private Reply decision(Call call, JsonNode named) {
        if (!call.caller().may(Role.VIEW)) {
            throw Problem.of(
                            403,
                            "not_allowed",
                            "a past decision needs the role view, which the token "
                                    + call.caller().name() + " does not carry",
                            null,
                            Role.VIEW.word())
                    .raised();
        }
        if (!named.isString() || call.body().object().size() > 1) {
            throw Problem.of(
                            400,
                            "wrong_type",
                            "decision_id must be a text and stand alone: everything else is in the decision",
                            call.body().object().toString(),
                            "{\"decision_id\": \"d1-5yc1\"}")
                    .raised();
        }
        DecisionId id = DecisionDoors.id(named.stringValue());
        return reply(explanations.explain(DecisionDoors.found(decisions, id)), id);
    }

    private static Reply reply(Explained explained, @Nullable DecisionId id) {
        return switch (explained) {
            case Explained.Why why -> Reply.json(view(why, id));
            case Explained.Rejected rejected ->
                throw Problem.of(
                                422,
                                "feature_rejected",
                                "the feature " + rejected.feature() + " " + rejected.reason(),
                                rejected.feature(),
                                rejected.reason())
                        .raised();
            case Explained.NotScored not ->
                throw Problem.of(422, "not_scored", not.reason()).raised();
            case Explained.NotServing not ->
                throw Problem.of(404, "unknown_model", not.version() + ": " + not.reason(), not.version(), not.reason())
                        .raised();
            case Explained.Gone gone ->
                throw Problem.of(
                                409,
                                "artifact_gone",
                                "no registered folder has the digest that decided any more: " + gone.version())
                        .raised();
            case Explained.Busy busy ->
                throw Problem.of(503, "busy", busy.reason()).retryAfter(1).raised();
        };
    }

    private static Map<String, @Nullable Object> view(Explained.Why why, @Nullable DecisionId id) {
        Answer answer = why.answer();
        Contributions contributions = why.contributions();
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        if (id != null) {
            view.put("decision_id", id.toString());
            view.put("verdict", Boolean.TRUE.equals(why.reproduced()) ? "EXACT" : "DIFFERENT");
        }
        view.put("model", stamp(why.model()));
        view.put("policy", why.policy() == null ? null : stamp(why.policy()));
        view.put("score", answer.score());
        view.put("risk_level", answer.band());
        view.put("decision", answer.action() == null ? null : answer.action().name());
        view.put("method", contributions.method().word());
        view.put("reference", contributions.reference());
        view.put("margin_index", why.margin());
        view.put("margin", answer.margins()[why.margin()]);
        view.put("base", contributions.base());
        view.put("direction", contributions.direction());
        view.put("contributions", contributions(contributions));
        view.put("reasons", answer.reasons().stream().map(ExplainDoor::reason).toList());
        view.put("missing", answer.missing());
        view.put("defaulted", answer.defaulted());
        return view;
    }

    private static Map<String, Object> stamp(VersionStamp stamp) {
        return Map.of("name", stamp.name(), "digest", stamp.digest());
    }

    /// What each feature says, the largest push towards the positive label first, and under it the columns
    /// that the transform makes of it. A column made of several features stands for itself.
    private static List<Map<String, Object>> contributions(Contributions contributions) {
        Map<String, List<Contributions.Part>> byName = new LinkedHashMap<>();
        for (Contributions.Part part : contributions.parts()) {
            String name = part.features().size() == 1 ? part.features().getFirst() : part.column();
            byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(part);
        }
        Map<String, Double> sums = contributions.byFeature();
        List<Map<String, Object>> view = new ArrayList<>();
        byName.entrySet().stream()
                .sorted((one, other) ->
                        Double.compare(sums.getOrDefault(other.getKey(), 0.0), sums.getOrDefault(one.getKey(), 0.0)))
                .forEach(entry -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("name", entry.getKey());
                    line.put("features", entry.getValue().getFirst().features());
                    line.put("part", sums.getOrDefault(entry.getKey(), 0.0));
                    line.put(
                            "columns",
                            entry.getValue().stream().map(ExplainDoor::column).toList());
                    view.add(line);
                });
        return view;
    }

    private static Map<String, Object> column(Contributions.Part part) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("column", part.column());
        column.put("part", part.value());
        if (!part.code().isEmpty()) {
            column.put("code", part.code());
        }
        return column;
    }

    private static Map<String, @Nullable Object> reason(Reason reason) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("code", reason.code());
        view.put("text", reason.text());
        view.put("feature", reason.feature());
        view.put("component", reason.component().word());
        return view;
    }
}
