package dev.tranche.market.study;

import dev.tranche.market.divergence.Liquidity;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.divergence.Session;
import dev.tranche.market.divergence.Source;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One run of the detector over all bars with one parameter set, reduced to what cells, folds and
/// bootstraps need: every table of a study is a filter over it. Immutable; about 60 bytes an event.
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

    private Pass(Parameters parameters, int conflicts, List<Row> rows, int horizons) {
        this.parameters = parameters;
        this.conflicts = conflicts;
        this.periods = rows.stream().mapToInt(Row::period).toArray();
        this.signs = rows.stream().mapToInt(Row::sign).toArray();
        this.sources = rows.stream().map(Row::source).toArray(Source[]::new);
        this.sessions = rows.stream().map(Row::session).toArray(Session[]::new);
        this.liquidities = new Liquidity[rows.size()];
        this.scores = rows.stream().mapToDouble(Row::score).toArray();
        this.symbols = rows.stream().map(Row::symbol).toArray(String[]::new);
        this.gross = new double[horizons][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            liquidities[i] = rows.get(i).liquidity().orElse(null);
            for (int horizon = 0; horizon < horizons; horizon++) {
                gross[horizon][i] = rows.get(i).gross().get(horizon);
            }
        }
    }

    static Pass of(Parameters parameters, int conflicts, List<Outcome> outcomes, int horizons, Timeline timeline) {
        List<Row> inTime = outcomes.stream()
                .sorted(Comparator.comparingLong(Outcome::entryMillis))
                .map(outcome -> row(outcome, timeline))
                .toList();
        return new Pass(parameters, conflicts, inTime, horizons);
    }

    private static Row row(Outcome outcome, Timeline timeline) {
        return new Row(
                timeline.period(outcome.entryMillis()),
                outcome.event().kind().sign(),
                outcome.event().source(),
                outcome.session(),
                outcome.liquidity(),
                outcome.event().score().points(),
                outcome.symbol(),
                outcome.gross());
    }

    /// One event with a direction, as much as tables need: what a long run writes down, to go on after it
    /// was killed.
    ///
    /// @param period of its entry, as [Study#periodMillis] cuts time
    /// @param gross by horizon of the settings; NaN where unknown
    public record Row(
            int period,
            int sign,
            Source source,
            Session session,
            Optional<Liquidity> liquidity,
            double score,
            String symbol,
            List<Double> gross) {
        public Row {
            gross = List.copyOf(gross);
        }
    }

    /// A pass that was written down.
    ///
    /// @param rows in the order of [#rows]
    public static Pass of(Parameters parameters, int conflicts, List<Row> rows, int horizons) {
        return new Pass(parameters, conflicts, rows, horizons);
    }

    /// Its events with a direction, in the order of time.
    public List<Row> rows() {
        return IntStream.range(0, size())
                .mapToObj(i -> new Row(
                        periods[i],
                        signs[i],
                        sources[i],
                        sessions[i],
                        Optional.ofNullable(liquidities[i]),
                        scores[i],
                        symbols[i],
                        Arrays.stream(gross).map(each -> each[i]).toList()))
                .toList();
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
    /// exclusive of `to`; in the order of time.
    int[] members(Cell cell, int horizonIndex, int from, int to) {
        return IntStream.range(0, size())
                .filter(i -> periods[i] >= from
                        && periods[i] < to
                        && !Double.isNaN(gross[horizonIndex][i])
                        && cell.holds(sources[i], sessions[i], Optional.ofNullable(liquidities[i])))
                .toArray();
    }
}
