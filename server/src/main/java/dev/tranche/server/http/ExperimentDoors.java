package dev.tranche.server.http;

import dev.tranche.release.experiment.Arm;
import dev.tranche.release.experiment.Readout;
import dev.tranche.server.journal.ArmTotals;
import dev.tranche.server.rollouts.ControlPlane;
import dev.tranche.server.rollouts.ExperimentRecord;
import dev.tranche.server.rollouts.Trials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// The doors of experiments; `POST /abtests` is seed 000's name for starting one.
public final class ExperimentDoors {
    private static final String PATH = "/api/v1/experiments";

    private final ControlPlane plane;

    private ExperimentDoors(ControlPlane plane) {
        this.plane = plane;
    }

    /// Hangs them.
    public static void hang(Doors doors, ControlPlane plane) {
        ExperimentDoors experiments = new ExperimentDoors(plane);
        doors.post("/abtests", Role.OPERATE, experiments::start);
        doors.post(PATH, Role.OPERATE, experiments::start);
        doors.get(PATH, Role.VIEW, experiments::list);
        doors.get(PATH + "/{id}", Role.VIEW, call -> Reply.json(experiments.view(call.segment("id"))));
        doors.post(PATH + "/{id}/stop", Role.OPERATE, experiments::stop);
    }

    private Reply start(Call call) {
        ExperimentRecord started =
                plane.trials().start(call.body().bytes(), call.caller().name());
        return Reply.json(201, view(started.plan().id()));
    }

    private Reply stop(Call call) {
        ExperimentRecord stopped =
                plane.trials().stop(call.segment("id"), call.caller().name(), RolloutDoors.reason(call));
        return Reply.json(view(stopped.plan().id()));
    }

    private Reply list(Call call) {
        return Reply.json(Map.of(
                "experiments",
                plane.state().experiments().values().stream()
                        .filter(experiment -> call.parameter("product")
                                .filter(product ->
                                        !product.equals(experiment.plan().product()))
                                .isEmpty())
                        .sorted(Comparator.comparing(ExperimentRecord::at).reversed())
                        .map(experiment -> view(experiment.plan().id()))
                        .toList()));
    }

    private Map<String, Object> view(String id) {
        Trials.Report report = plane.trials().report(id);
        ExperimentRecord experiment = report.experiment();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", id);
        tree.put("product", experiment.plan().product());
        tree.put("state", experiment.running() ? "RUNNING" : "STOPPED");
        tree.put("started_at", experiment.at().toString());
        tree.put("started_by", experiment.by());
        experiment.stopped().ifPresent(stop -> {
            tree.put("stopped_at", stop.at().toString());
            tree.put("stopped_by", stop.by());
            tree.put("reason", stop.reason());
        });
        tree.put("unit", experiment.plan().unit());
        tree.put("bucketing", experiment.plan().bucketing().toString());
        tree.put(
                "metrics",
                experiment.plan().metrics().stream().map(Object::toString).toList());
        tree.put("readout", readout(report));
        return tree;
    }

    private static Map<String, Object> readout(Trials.Report report) {
        List<Map<String, Object>> arms = new ArrayList<>();
        List<Map<String, Object>> comparisons = new ArrayList<>();
        Readout readout = report.readout();
        String baseline = readout.arms().getFirst().version().toString();
        for (int i = 0; i < readout.arms().size(); i++) {
            Arm arm = report.experiment().plan().arms().get(i);
            Readout.ArmReadout said = readout.arms().get(i);
            arms.add(arm(arm, said, report.totals().get(arm.version().toString())));
            said.differences().forEach(each -> comparisons.add(comparison(said, each, baseline)));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("arms", arms);
        tree.put("comparisons", comparisons);
        tree.put(
                "sample_ratio",
                Map.of(
                        "verdict",
                        readout.sampleRatio().word(),
                        "detail",
                        readout.sampleRatio().reason()));
        tree.put("confidence", Readout.CONFIDENCE);
        return tree;
    }

    private static Map<String, Object> arm(
            Arm arm, Readout.ArmReadout said, @org.jspecify.annotations.Nullable ArmTotals totals) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", arm.version().toString());
        tree.put("share", arm.share().toString());
        tree.put("share_basis_points", arm.share().basisPoints());
        tree.put("count", said.count());
        put(tree, "approval_rate", said.approvalRate());
        put(tree, "average_score", said.averageScore());
        tree.put("outcomes", said.outcomes());
        put(tree, "outcome_rate", said.outcomeRate());
        put(tree, "error_rate", said.errorRate());
        if (totals != null) {
            tree.put("errors", totals.errors());
            tree.put("fallbacks", totals.fallbacks());
            finite(tree, "latency_p50_ms", totals.latencyP50Millis());
            finite(tree, "latency_p95_ms", totals.latencyP95Millis());
            finite(tree, "latency_p99_ms", totals.latencyP99Millis());
        }
        return tree;
    }

    private static Map<String, Object> comparison(
            Readout.ArmReadout arm, Readout.Comparison comparison, String baseline) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("arm", arm.version().toString());
        tree.put("baseline", baseline);
        tree.put("metric", comparison.metric().toString());
        tree.put("difference", comparison.difference().estimate());
        tree.put("lower", comparison.difference().lower());
        tree.put("upper", comparison.difference().upper());
        tree.put("decided", comparison.decided());
        tree.put("verdict", comparison.decided() ? "pass" : "wait");
        tree.put(
                "text",
                String.format(
                        Locale.ROOT,
                        "%s of %s less %s: %+.4f, interval %+.4f to %+.4f, %s",
                        comparison.metric(),
                        arm.version(),
                        baseline,
                        comparison.difference().estimate(),
                        comparison.difference().lower(),
                        comparison.difference().upper(),
                        comparison.decided() ? "decided" : "not decided yet"));
        return tree;
    }

    private static void put(Map<String, Object> tree, String key, OptionalDouble value) {
        value.ifPresent(number -> tree.put(key, number));
    }

    private static void finite(Map<String, Object> tree, String key, double value) {
        if (Double.isFinite(value)) {
            tree.put(key, value);
        }
    }
}
