package dev.tranche.server.http;

import dev.tranche.release.rollout.Order;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.rollouts.ControlPlane;
import dev.tranche.server.rollouts.RolloutRecord;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// The doors of rollouts: start, look, and the verbs.
public final class RolloutDoors {
    private static final String PATH = "/api/v1/rollouts";

    private final ControlPlane plane;
    private final InstantSource clock;

    private RolloutDoors(ControlPlane plane, InstantSource clock) {
        this.plane = plane;
        this.clock = clock;
    }

    /// Hangs them.
    public static void hang(Doors doors, ControlPlane plane, InstantSource clock) {
        RolloutDoors rollouts = new RolloutDoors(plane, clock);
        doors.post(PATH, Role.OPERATE, rollouts::start);
        doors.get(PATH, Role.VIEW, rollouts::list);
        doors.get(PATH + "/{id}", Role.VIEW, call -> Reply.json(rollouts.whole(call.segment("id"))));
        doors.get(
                PATH + "/{id}/evidence",
                Role.VIEW,
                call -> Reply.json(plane.evidence(call.segment("id")))
                        .with(
                                "content-disposition",
                                "attachment; filename=\"evidence-" + call.segment("id") + ".json\""));
        rollouts.verb(doors, "promote", Role.OPERATE, Order.Promote::new);
        rollouts.verb(doors, "pause", Role.OPERATE, Order.Pause::new);
        rollouts.verb(doors, "resume", Role.OPERATE, Order.Resume::new);
        rollouts.verb(doors, "abort", Role.OPERATE, Order.Abort::new);
        rollouts.verb(doors, "rollback", Role.OPERATE, Order.RollBack::new);
        rollouts.verb(doors, "approve", Role.APPROVE, Order.Approve::new);
    }

    private Reply start(Call call) {
        RolloutRecord started = plane.moves()
                .start(
                        call.body().bytes(),
                        call.caller().name(),
                        call.parameter("reason")
                                .orElse("started by " + call.caller().name()));
        return Reply.json(201, whole(started.id()));
    }

    private Reply list(Call call) {
        List<Map<String, Object>> rollouts = plane.state().rollouts().values().stream()
                .filter(rollout -> call.parameter("product")
                        .filter(product -> !product.equals(rollout.product()))
                        .isEmpty())
                .sorted(Comparator.comparingLong(RolloutRecord::firstSeq).reversed())
                .map(rollout -> RolloutView.summary(rollout, plane.inForce(rollout.product()), clock.instant()))
                .toList();
        return Reply.json(Map.of("rollouts", rollouts));
    }

    private Map<String, Object> whole(String id) {
        RolloutRecord rollout = plane.rollout(id);
        boolean inForce = plane.inForce(rollout.product());
        return RolloutView.whole(rollout, inForce, plane.assess(id), plane.checklist(id), clock.instant());
    }

    private void verb(Doors doors, String word, Role role, BiFunction<String, String, Order> order) {
        doors.post(PATH + "/{id}/" + word, role, call -> {
            String id = call.segment("id");
            plane.moves().order(id, order.apply(call.caller().name(), reason(call)));
            return Reply.json(whole(id));
        });
    }

    /// Why: never empty, because it is kept for ever.
    static String reason(Call call) {
        JsonNode reason = call.body().object().path("reason");
        if (!reason.isString()
                || reason.stringValue().isBlank()
                || reason.stringValue().length() > 1000) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "missing_reason",
                    "say why: the reason is kept in the journal",
                    reason.isMissingNode() ? "nothing" : reason.toString(),
                    "{\"reason\": \"1 to 1000 characters\"}");
        }
        return reason.stringValue().strip();
    }
}
