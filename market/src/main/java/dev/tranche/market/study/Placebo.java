package dev.tranche.market.study;

import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Kind;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.statistics.Resampling;
import dev.tranche.market.statistics.SimultaneousBand;
import dev.tranche.market.study.PlaceboFindings.Control;
import dev.tranche.market.study.PlaceboFindings.Illusion;
import dev.tranche.market.study.PlaceboFindings.PlaceboCell;
import java.util.ArrayList;
import java.util.List;

/// The detector where there is nothing to find: on prices that walk at random beside indicators that do not
/// know them, and on the real prices beside the real indicators of another time. An honest detector, timed
/// from the confirmation, is right as often as the same announcements made at any time; one that peeks is
/// right more often, and one that finds patterns of the price instead of divergences shows it in the second
/// control.
///
/// The gate: all cells of a control inside one simultaneous band, as wide as the most deviant cell of the
/// block bootstrap is in 99.9 % of the replicates, with a standard error not below that of independent
/// outcomes.
public final class Placebo {
    /// Of the simultaneous band.
    public static final double LEVEL = 0.999;

    /// Enough that five replicates lie beyond the level.
    private static final int REPLICATES = 4999;

    private final Parameters parameters;
    private final Settings settings;
    private final Detection detection;
    private final double level;
    private final List<PlaceboCell> cells = new ArrayList<>();
    private final List<Illusion> illusions = new ArrayList<>();

    private Placebo(Parameters parameters, Settings settings, Detection detection, double level) {
        this.parameters = parameters;
        this.settings = settings;
        this.detection = detection;
        this.level = level;
    }

    /// The gate for our detector.
    public static PlaceboFindings run(List<StudyBars> bars, Parameters parameters, Settings settings, long seed) {
        return run(bars, parameters, settings, seed, Detection.STANDARD);
    }

    /// @param bars the real ones
    /// @param seed of walks, shuffles and bootstrap
    /// @param detection what is judged
    public static PlaceboFindings run(
            List<StudyBars> bars, Parameters parameters, Settings settings, long seed, Detection detection) {
        return run(bars, parameters, settings, seed, detection, LEVEL);
    }

    static PlaceboFindings run(
            List<StudyBars> bars,
            Parameters parameters,
            Settings settings,
            long seed,
            Detection detection,
            double level) {
        Placebo placebo = new Placebo(parameters, settings.withSeed(seed), detection, level);
        placebo.judge(Control.RANDOM_WALK, Controls.walks(bars, seed));
        placebo.judge(Control.SHUFFLED_INDICATORS, Controls.shuffled(bars, parameters, settings.longest(), seed));
        return new PlaceboFindings(parameters, level, seed, placebo.cells, placebo.illusions);
    }

    private void judge(Control control, List<StudyBars> bars) {
        Study study = Study.on(bars, settings, detection);
        List<Outcome> outcomes = study.outcomes(parameters);
        Pass pass = study.pass(parameters, outcomes);
        List<Candidate> candidates = new ArrayList<>();
        for (int h = 0; h < settings.horizons().size(); h++) {
            for (Cell cell : study.cells()) {
                int[] members = pass.members(cell, h, 0, study.periods());
                if (members.length < settings.minimum()) {
                    cells.add(new PlaceboCell.TooSmall(
                            control, cell, settings.horizons().get(h), members.length, settings.minimum()));
                } else {
                    Tally tally = study.tally(pass, members, h, 0);
                    candidates.add(new Candidate(cell, settings.horizons().get(h), tally));
                }
            }
            illusions.add(illusion(control, bars, h));
        }
        band(control, candidates, study.periods());
    }

    private record Candidate(Cell cell, int horizon, Tally tally) {}

    private void band(Control control, List<Candidate> candidates, int periods) {
        if (candidates.isEmpty()) {
            return;
        }
        Resampling resampling = Resampling.stationary(
                periods, Timeline.block(periods), Math.max(REPLICATES, settings.replicates()), settings.seed());
        double[][] deviations = new double[resampling.replicates()][candidates.size()];
        resampling.forEach((replicate, drawn) -> {
            for (int k = 0; k < candidates.size(); k++) {
                Tally tally = candidates.get(k).tally();
                tally.replicate(drawn);
                deviations[replicate][k] = tally.replicateAccuracy - tally.accuracy();
            }
        });
        SimultaneousBand band = SimultaneousBand.of(deviations, level);
        for (int k = 0; k < candidates.size(); k++) {
            Candidate candidate = candidates.get(k);
            double chance = candidate.tally().chance;
            double independent = Math.sqrt(chance * (1 - chance) / candidate.tally().n);
            cells.add(new PlaceboCell.Judged(
                    control,
                    candidate.cell(),
                    candidate.horizon(),
                    candidate.tally().n,
                    candidate.tally().hits,
                    chance,
                    band.around(chance, k, independent)));
        }
    }

    /// All events of all sources, as if each had been known, and dealt on, at the price of its pivot.
    private Illusion illusion(Control control, List<StudyBars> bars, int horizonIndex) {
        int horizon = settings.horizons().get(horizonIndex);
        int n = 0;
        int hits = 0;
        for (StudyBars one : bars) {
            for (DivergenceEvent event : detection.events(one, parameters)) {
                int exit = one.barClosedAt(event.pivotMillis()) + horizon;
                if (event.kind() != Kind.CONFLICT && exit < one.size()) {
                    double move = one.close(exit) - event.second().price();
                    n++;
                    hits += move * event.kind().sign() > 0 ? 1 : 0;
                }
            }
        }
        return new Illusion(control, horizon, n, hits);
    }
}
