package dev.tranche.server.rollouts;

import dev.tranche.release.VersionKind;
import dev.tranche.release.experiment.Arm;
import dev.tranche.release.experiment.ArmTally;
import dev.tranche.release.experiment.Experiment;
import dev.tranche.release.experiment.Moments;
import dev.tranche.release.experiment.Readout;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.journal.ArmTotals;
import dev.tranche.server.journal.Windows;
import dev.tranche.server.serving.RouteTable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Experiments: started, read out at any time, stopped.
public final class Trials {
    private final ControlLog log;
    private final Windows windows;
    private final RouteTable routes;
    private final InstantSource clock;

    Trials(ControlLog log, Windows windows, RouteTable routes, InstantSource clock) {
        this.log = log;
        this.windows = windows;
        this.routes = routes;
        this.clock = clock;
    }

    /// An experiment with what its arms did so far.
    ///
    /// @param totals by version name
    public record Report(ExperimentRecord experiment, Readout readout, Map<String, ArmTotals> totals) {}

    /// Starts the experiment of a file.
    ///
    /// @throws Refused when the file, an arm or the moment does not allow it
    public ExperimentRecord start(byte[] file, String actor) {
        ControlState state = log.state();
        Experiment plan = ExperimentFile.read(file, name -> Moves.resolve(state, name), routes.implied());
        if (state.experiments().containsKey(plan.id())) {
            throw Refused.of(
                    Refused.Kind.CONFLICT, "experiment_exists", "an experiment has this id already: " + plan.id());
        }
        state.running(plan.product()).ifPresent(other -> {
            throw Refused.of(
                    Refused.Kind.CONFLICT,
                    "experiment_running",
                    other.plan().id() + " runs on " + plan.product() + ": stop it first");
        });
        if (state.live(plan.product(), VersionKind.MODEL).isEmpty()) {
            throw Refused.of(
                    Refused.Kind.RULE, "nothing_live", "no model of " + plan.product() + " is live, so nobody asks it");
        }
        for (Arm arm : plan.arms()) {
            if (ControlPlane.kind(state, arm.version()) != VersionKind.MODEL) {
                throw Refused.of(Refused.Kind.RULE, "not_a_model", arm.version() + " is not a model");
            }
            if (state.registry().release(arm.version())
                    instanceof dev.tranche.release.registry.Answer.Refused(String code, String reason)) {
                throw Refused.of(Refused.Kind.RULE, code, reason);
            }
        }
        ControlState after =
                log.append(List.of(ChangeText.write(new Change.ExperimentStarted(plan), clock.instant(), actor)));
        return experiment(after, plan.id());
    }

    /// Stops an experiment; its units go back to the route.
    ///
    /// @throws Refused `unknown_experiment`, or `stopped` when it is over
    public ExperimentRecord stop(String id, String actor, String reason) {
        if (!experiment(log.state(), id).running()) {
            throw Refused.of(Refused.Kind.CONFLICT, "stopped", "the experiment is over: " + id);
        }
        return experiment(
                log.append(List.of(ChangeText.write(new Change.ExperimentStopped(id, reason), clock.instant(), actor))),
                id);
    }

    /// What the arms did so far; it may be looked at at any time.
    ///
    /// @throws Refused `unknown_experiment`
    public Report report(String id) {
        ExperimentRecord record = experiment(log.state(), id);
        Map<String, ArmTotals> totals = windows.arms(id);
        List<ArmTally> tallies = new ArrayList<>();
        for (Arm arm : record.plan().arms()) {
            tallies.add(Optional.ofNullable(totals.get(arm.version().toString()))
                    .map(Trials::tally)
                    .orElse(ArmTally.EMPTY));
        }
        return new Report(record, Readout.of(record.plan(), tallies), totals);
    }

    /// The windows keep quantiles of the latency, not its moments, so no mean of it is compared.
    private static ArmTally tally(ArmTotals totals) {
        return new ArmTally(
                totals.requests(),
                totals.errors(),
                totals.decided(),
                totals.approved(),
                new Moments(
                        totals.scores(), totals.scoreMean(), totals.scoreVariance() * Math.max(0, totals.scores() - 1)),
                Moments.EMPTY,
                totals.outcomes(),
                totals.bad());
    }

    static ExperimentRecord experiment(ControlState state, String id) {
        ExperimentRecord experiment = state.experiments().get(id);
        if (experiment == null) {
            throw Refused.of(Refused.Kind.UNKNOWN, "unknown_experiment", "no experiment has this id: " + id);
        }
        return experiment;
    }
}
