package dev.tranche.server.http;

import dev.tranche.runtime.clock.Ticks;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.DecisionJournal;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.DecisionView;
import dev.tranche.server.journal.Decisions;
import dev.tranche.server.journal.Outcomes;
import dev.tranche.server.journal.Recent;
import dev.tranche.server.journal.VersionWindow;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.serving.Fault;
import dev.tranche.server.serving.Faults;
import dev.tranche.server.serving.Replay;
import dev.tranche.server.serving.RouteTable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The doors to what was decided: decisions, replay, outcomes, windows, and faults for tests.
public final class DecisionDoors {
    /// Most decisions listed at once.
    private static final int LIST_LIMIT = 1000;

    /// Most outcomes taken in at once.
    private static final int OUTCOME_LIMIT = 10_000;

    private static final long OUTCOME_BODY_BYTES = 16L << 20;

    /// Where the doors lead.
    ///
    /// @param journal the decisions of this node
    /// @param decisions finds one wherever it is kept
    /// @param recent the newest of them
    /// @param outcomes takes in outcomes
    /// @param replay answers again
    /// @param windows what each version did lately
    /// @param routes for the product that a request implies
    /// @param faults injected faults
    /// @param clock the clock
    public record Rooms(
            DecisionJournal journal,
            Decisions decisions,
            Recent recent,
            Outcomes outcomes,
            Replay replay,
            Windows windows,
            RouteTable routes,
            Faults faults,
            Ticks clock) {}

    private final Rooms rooms;

    private DecisionDoors(Rooms rooms) {
        this.rooms = rooms;
    }

    /// Hangs the doors.
    public static void hang(Doors doors, Rooms rooms) {
        DecisionDoors own = new DecisionDoors(rooms);
        doors.get("/api/v1/decisions", Role.VIEW, own::list);
        doors.get("/api/v1/decisions/{id}", Role.VIEW, own::one);
        doors.post("/api/v1/decisions/{id}/replay", Role.VIEW, own::replay);
        doors.post("/api/v1/outcomes", Role.PREDICT, OUTCOME_BODY_BYTES, own::outcomes);
        doors.get("/api/v1/windows", Role.VIEW, own::windows);
        if (rooms.faults().allowed()) {
            doors.post("/api/v1/faults", Role.OPERATE, own::fault);
            doors.get(
                    "/api/v1/faults",
                    Role.VIEW,
                    _ -> Reply.json(Map.of("faults", rooms.faults().all())));
        }
    }

    private Reply list(Call call) {
        int limit = call.number("limit", 50, 1, LIST_LIMIT);
        List<Object> found = new ArrayList<>();
        for (DecisionId id : rooms.recent().latest(call.parameter("product").orElse(null), limit)) {
            rooms.journal().decision(id).ifPresent(decision -> found.add(DecisionView.of(id, decision)));
        }
        return Reply.json(Map.of("decisions", found));
    }

    private Reply one(Call call) {
        DecisionId id = id(call.segment("id"));
        return Reply.json(DecisionView.of(id, decision(id)));
    }

    private Reply replay(Call call) {
        DecisionId id = id(call.segment("id"));
        Replay.Finding finding = rooms.replay().replay(decision(id));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id.toString());
        answer.put("verdict", finding.verdict().name());
        answer.put("differences", finding.differences());
        return Reply.json(answer);
    }

    static DecisionId id(String text) {
        try {
            return DecisionId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                            400,
                            "invalid_decision_id",
                            String.valueOf(e.getMessage()),
                            text,
                            "d<node>-<position>, both in base 36")
                    .raised();
        }
    }

    private DecisionRecord decision(DecisionId id) {
        return found(rooms.decisions(), id);
    }

    static DecisionRecord found(Decisions decisions, DecisionId id) {
        return decisions
                .find(id)
                .orElseThrow(() -> Problem.of(
                                404,
                                "unknown_decision",
                                "neither this node's journal nor the archive holds a decision " + id,
                                id.toString(),
                                "an id that an answer carried")
                        .raised());
    }

    private Reply outcomes(Call call) throws InterruptedException {
        JsonNode body = call.body().object();
        List<Outcomes.Report> reports = new ArrayList<>();
        JsonNode many = body.path("outcomes");
        if (many.isArray()) {
            if (many.size() > OUTCOME_LIMIT) {
                throw Problem.of(
                                400,
                                "too_many",
                                "too many outcomes at once",
                                Integer.toString(many.size()),
                                "1.." + OUTCOME_LIMIT)
                        .raised();
            }
            for (JsonNode each : many) {
                reports.add(report(each));
            }
        } else {
            reports.add(report(body));
        }
        return Reply.json(rooms.outcomes().accept(reports));
    }

    private Outcomes.Report report(JsonNode node) {
        JsonNode outcome = node.path("outcome");
        if (!outcome.isIntegralNumber() || (outcome.intValue() != 0 && outcome.intValue() != 1)) {
            throw Problem.of(
                            400,
                            "invalid_outcome",
                            "outcome must be 0 (good) or 1 (bad)",
                            outcome.isMissingNode() ? null : outcome.toString(),
                            "0, 1")
                    .raised();
        }
        Instant observed = instant(node.path("observed_at"));
        JsonNode decision = node.path("decision_id");
        if (decision.isString()) {
            return new Outcomes.Report(id(decision.stringValue()), null, null, outcome.intValue(), observed);
        }
        JsonNode loan = node.path("loan_id");
        if (loan.isMissingNode() || loan.isNull()) {
            throw Problem.of(
                            400,
                            "missing_field",
                            "an outcome must name a decision_id or a loan_id",
                            null,
                            "decision_id, loan_id")
                    .raised();
        }
        JsonNode named = node.path("product");
        String product = named.isString() ? named.stringValue() : implied();
        return new Outcomes.Report(null, product, loan.asString(), outcome.intValue(), observed);
    }

    private String implied() {
        return rooms.routes()
                .implied()
                .orElseThrow(() -> Problem.of(
                                400,
                                "product_missing",
                                "more or fewer than one product is served, so an outcome by loan_id must name its product")
                        .raised());
    }

    private Instant instant(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return rooms.clock().now();
        }
        try {
            return Instant.parse(node.asString(""));
        } catch (DateTimeException e) {
            throw Problem.of(
                            400,
                            "invalid_instant",
                            "observed_at must be an instant: " + e.getMessage(),
                            node.toString(),
                            "ISO 8601 in UTC, for instance 2026-03-31T00:00:00Z")
                    .raised();
        }
    }

    private Reply windows(Call call) {
        Optional<String> asked = call.parameter("product");
        Map<String, List<VersionWindow>> products = new LinkedHashMap<>();
        for (String product :
                asked.map(List::of).orElseGet(() -> List.copyOf(rooms.windows().products()))) {
            products.put(
                    product, rooms.windows().snapshot(product, rooms.clock().now()));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("at", rooms.clock().now().toString());
        answer.put("products", products);
        return Reply.json(answer);
    }

    private Reply fault(Call call) {
        JsonNode body = call.body().object();
        JsonNode version = body.path("version");
        if (!version.isString()) {
            throw Problem.of(400, "missing_field", "the field version is missing", null, "the name of a version")
                    .raised();
        }
        Fault fault = new Fault(
                body.path("delay_ms").asInt(0),
                body.path("error_share").asDouble(0),
                body.path("remaining").asLong(-1));
        rooms.faults().set(version.stringValue(), fault);
        return Reply.json(Map.of("faults", rooms.faults().all()));
    }
}
