package dev.tranche.market.study;

import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One run of the detector over all bars with one parameter set, reduced to what cells, folds and
/// bootstraps need:
/// every table of a study is a filter over it. Immutable; about 60 bytes an event.
public final class Pass {
    private final Parameters parameters;
    private final int conflicts;
    private final int[] periods;
    private final int[] signs;
    private final Source[] sources;
    private final Session[] sessions;
    private final @Nullable Liquidity[] liquidities;
    private final double[] scores;
    private final String[] symbols;
    private final double[][] gross;

    private Pass(Parameters parameters, int conflicts, List<Outcome> outcomes, int horizons, Timeline timeline) {
        this.parameters = parameters;
        this.conflicts = conflicts;
        this.periods = outcomes.stream()
                .mapToInt(outcome -> timeline.period(outcome.entryMillis()))
                .toArray();
        this.signs = outcomes.stream()
                .mapToInt(outcome -> outcome.event().kind().sign())
                .toArray();
        this.sources =
                outcomes.stream().map(outcome -> outcome.event().source()).toArray(Source[]::new);
        this.sessions = outcomes.stream().map(Outcome::session).toArray(Session[]::new);
        this.liquidities = new Liquidity[outcomes.size()];
        this.scores = outcomes.stream()
                .mapToDouble(outcome -> outcome.event().score().points())
                .toArray();
        this.symbols = outcomes.stream().map(Outcome::symbol).toArray(String[]::new);
        this.gross = new double[horizons][outcomes.size()];
        for (int i = 0; i < outcomes.size(); i++) {
            liquidities[i] = outcomes.get(i).liquidity().orElse(null);
            for (int horizon = 0; horizon < horizons; horizon++) {
                gross[horizon][i] = outcomes.get(i).gross().get(horizon);
            }
        }
    }

    static Pass of(Parameters parameters, int conflicts, List<Outcome> outcomes, int horizons, Timeline timeline) {
        List<Outcome> inTime = outcomes.stream()
                .sorted(Comparator.comparingLong(Outcome::entryMillis))
                .toList();
        return new Pass(parameters, conflicts, inTime, horizons, timeline);
    }

    public Parameters parameters() {
        return parameters;
    }

    /// Events with a direction.
    public int size() {
        return periods.length;
    }

    /// Events without one.
    public int conflicts() {
        return conflicts;
    }

    /// Directed events whose longest outcome is not known.
    public int unfinished() {
        double[] longest = gross[gross.length - 1];
        return (int)
                IntStream.range(0, size()).filter(i -> Double.isNaN(longest[i])).count();
    }

    int period(int event) {
        return periods[event];
    }

    int sign(int event) {
        return signs[event];
    }

    double score(int event) {
        return scores[event];
    }

    String symbol(int event) {
        return symbols[event];
    }

    /// Return in the direction announced, before costs; NaN where unknown.
    double gross(int horizonIndex, int event) {
        return gross[horizonIndex][event];
    }

    /// The events of a cell whose outcome is known and whose entry lies in the periods `from..to`,
    /// exclusive of `to`;
    /// in the order of time.
    int[] members(Cell cell, int horizonIndex, int from, int to) {
        return IntStream.range(0, size())
                .filter(i -> periods[i] >= from
                        && periods[i] < to
                        && !Double.isNaN(gross[horizonIndex][i])
                        && cell.holds(sources[i], sessions[i], Optional.ofNullable(liquidities[i])))
                .toArray();
    }
}
