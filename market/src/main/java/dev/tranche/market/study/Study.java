package dev.tranche.market.study;

import dev.tranche.market.divergence.DivergenceEvent;
import dev.tranche.market.divergence.Kind;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Source;
import dev.tranche.market.statistics.PurgedFolds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Bars and settings, ready to be asked what a parameter set would have been worth.
///
/// The expensive part, the run of the detector, is a [Pass]: one for each parameter set, to be made on as
/// many threads as there are. All else is a filter over passes. Immutable and safe for threads.
public final class Study {
    private final List<StudyBars> bars;
    private final Settings settings;
    private final Timeline timeline;
    private final List<Source> sources;
    private final Detection detection;
    private final Map<String, List<ChanceRates>> chances;

    private Study(List<StudyBars> bars, Settings settings, Detection detection) {
        this.bars = bars;
        this.settings = settings;
        this.detection = detection;
        this.timeline = Timeline.of(bars, settings.longest());
        Set<Source> found = EnumSet.noneOf(Source.class);
        bars.forEach(one -> found.addAll(one.sources()));
        this.sources = List.copyOf(found);
        this.chances = bars.stream()
                .collect(Collectors.toUnmodifiableMap(
                        StudyBars::symbol,
                        one -> settings.horizons().stream()
                                .map(horizon -> ChanceRates.of(one, horizon))
                                .toList()));
    }

    /// @param bars of one or more symbols, at most once each
    public static Study on(List<StudyBars> bars, Settings settings) {
        return on(bars, settings, Detection.STANDARD);
    }

    /// @param detection what is judged
    public static Study on(List<StudyBars> bars, Settings settings, Detection detection) {
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("a study must have the bars of at least one symbol: 0");
        }
        if (bars.stream().map(StudyBars::symbol).distinct().count() < bars.size()) {
            throw new IllegalArgumentException("a symbol must be given once: "
                    + bars.stream().map(StudyBars::symbol).toList());
        }
        return new Study(List.copyOf(bars), settings, detection);
    }

    /// Everything about one parameter set.
    public static Findings run(List<StudyBars> bars, Parameters parameters, Settings settings) {
        Study study = on(bars, settings);
        return study.findings(study.pass(parameters));
    }

    public Settings settings() {
        return settings;
    }

    public List<StudyBars> bars() {
        return bars;
    }

    /// The sources that any of the symbols has.
    public List<Source> sources() {
        return sources;
    }

    /// The grid of seed 003 for the sources at hand, and then the total of each source.
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>(Cell.grid(sources));
        cells.addAll(Cell.totals(sources));
        return List.copyOf(cells);
    }

    /// Length of the periods that returns are summed over for Sharpe ratios and the bootstrap,
    /// milliseconds.
    public long periodMillis() {
        return timeline.periodMillis();
    }

    /// Number of those periods.
    public int periods() {
        return timeline.periods();
    }

    /// One run of the detector over all bars.
    public Pass pass(Parameters parameters) {
        List<Outcome> outcomes = new ArrayList<>();
        int conflicts = collect(parameters, outcomes);
        return Pass.of(parameters, conflicts, outcomes, settings.horizons().size(), timeline);
    }

    Pass pass(Parameters parameters, List<Outcome> outcomes) {
        return Pass.of(parameters, 0, outcomes, settings.horizons().size(), timeline);
    }

    /// The events with a direction and what came after each, symbol by symbol in the order of confirmation.
    public List<Outcome> outcomes(Parameters parameters) {
        List<Outcome> outcomes = new ArrayList<>();
        collect(parameters, outcomes);
        return List.copyOf(outcomes);
    }

    /// Number of conflicts, which are not outcomes.
    private int collect(Parameters parameters, List<Outcome> outcomes) {
        int conflicts = 0;
        for (StudyBars one : bars) {
            for (DivergenceEvent event : detection.events(one, parameters)) {
                if (event.kind() == Kind.CONFLICT) {
                    conflicts++;
                } else {
                    outcomes.add(outcome(one, event));
                }
            }
        }
        return conflicts;
    }

    private Outcome outcome(StudyBars one, DivergenceEvent event) {
        int bar = one.barClosedAt(event.confirmedMillis());
        int sign = event.kind().sign();
        return new Outcome(
                one.symbol(),
                event,
                bar,
                event.confirmedMillis(),
                settings.session(event.confirmedMillis()),
                one.liquidity(bar),
                settings.horizons().stream()
                        .map(horizon -> sign * one.forward(bar, horizon))
                        .toList());
    }

    /// All tables about one parameter set.
    public Findings findings(Pass pass) {
        return new Findings(
                pass.parameters(),
                bars.stream().map(StudyBars::symbol).toList(),
                settings,
                pass.size() + pass.conflicts(),
                pass.conflicts(),
                pass.unfinished(),
                Measurement.of(this, pass, cells(), settings.seed(), 0, timeline.periods()),
                folds().stream().map(fold -> fold(pass, fold)).toList());
    }

    /// All combinations of these passes and cells, judged together at one horizon of the settings. The
    /// number of combinations is the number of trials.
    ///
    /// @param passes one for each parameter set of the grid
    /// @param cells such as [#cells]
    public GridFindings across(List<Pass> passes, List<Cell> cells, int horizon) {
        return across(passes, cells, horizon, (long) passes.size() * cells.size());
    }

    /// A part of a grid, paid for as the whole: the best of one cell was still found among all trials.
    ///
    /// @param trials combinations tried, at least the number of these
    public GridFindings across(List<Pass> passes, List<Cell> cells, int horizon, long trials) {
        int index = settings.horizons().indexOf(horizon);
        if (index < 0 || passes.isEmpty() || cells.isEmpty()) {
            throw new IllegalArgumentException("there must be passes, cells and a horizon of " + settings.horizons()
                    + ": " + passes.size() + " passes, " + cells.size() + " cells, horizon " + horizon);
        }
        if (trials < (long) passes.size() * cells.size()) {
            throw new IllegalArgumentException(
                    "trials must be at least " + (long) passes.size() * cells.size() + ": " + trials);
        }
        return Grid.of(this, index, passes, cells, trials).findings(folds(), timeline);
    }

    /// The steps of the walk-forward; none where the time is too short for them.
    public List<Fold> folds() {
        List<Fold> folds = new ArrayList<>();
        // A period is at least as long as the longest outcome: one is the purge, one the embargo.
        if (timeline.periods() / (settings.folds() + 1) > 2) {
            for (PurgedFolds cut : PurgedFolds.walkForward(0, timeline.periods(), settings.folds(), 1, 1)) {
                folds.add(new Fold(
                        folds.size() + 1,
                        timeline.millis(cut.trainFrom()),
                        timeline.millis(cut.trainTo()),
                        timeline.millis(cut.testFrom()),
                        timeline.millis(cut.testTo())));
            }
        }
        return List.copyOf(folds);
    }

    private FoldFinding fold(Pass pass, Fold fold) {
        return new FoldFinding(
                fold,
                Measurement.of(
                        this,
                        pass,
                        Cell.totals(sources),
                        settings.seed() + fold.number(),
                        timeline.edge(fold.testFromMillis()),
                        timeline.edge(fold.testToMillis())));
    }

    /// The events of a cell, summed by period, beside what they must beat.
    ///
    /// @param firstPeriod the period that is number 0 of the resampling
    Tally tally(Pass pass, int[] members, int horizonIndex, int firstPeriod) {
        double sum = 0;
        for (int member : members) {
            List<ChanceRates> rates = chances.get(pass.symbol(member));
            if (rates == null) {
                throw new IllegalArgumentException(
                        "a pass must be of the symbols of the study, " + chances.keySet() + ": " + pass.symbol(member));
            }
            sum += rates.get(horizonIndex).of(pass.sign(member));
        }
        return Tally.of(pass, members, horizonIndex, settings.costs().roundTrip(), sum / members.length, firstPeriod);
    }

    Timeline timeline() {
        return timeline;
    }
}
