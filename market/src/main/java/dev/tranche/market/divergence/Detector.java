package dev.tranche.market.divergence;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;

/// Finds divergences between a price and the flow of orders, bar by bar. Its memory does not grow; a bar
/// costs O(1) amortised and allocates nothing unless an event is told.
///
/// The line of a source is the running sum of its z-scores. Two successive pivots of the price of one
/// side, and the line beside them, make a pair: the price went one way, and the line the other by at
/// least `z_mid` standard deviations. A pivot is known `swing_L` bars after it was made, and so is the
/// event: see [DivergenceEvent#confirmedMillis]. See `docs/concepts/divergence.md`.
///
/// One writer; not safe for several threads.
public final class Detector implements IndicatorSink {
    /// Of the rules: another version may tell other events from the same bars, so a calibration names it.
    public static final String VERSION = "divergence-1";

    private static final int SIDES = 2;
    private static final int CONFLICT = History.SOURCES;
    private static final Source[] SOURCES = Source.values();

    private final History history = new History();
    private final Pivots[] pivots = {new Pivots(0), new Pivots(1)};
    private final Swing[] earlier = {new Swing(), new Swing()};
    private final Swing[] later = {new Swing(), new Swing()};
    private final boolean[] told = new boolean[History.SOURCES];
    private final long[][] toldBar = new long[SIDES][History.SOURCES + 1];
    private final long[][] toldMillis = new long[SIDES][History.SOURCES + 1];
    private final double[] flows = new double[History.SOURCES];
    private final Consumer<? super DivergenceEvent> sink;
    private Parameters parameters;

    private Detector(Parameters parameters, Set<Source> sources, Consumer<? super DivergenceEvent> sink) {
        this.parameters = parameters;
        this.sink = sink;
        sources.forEach(source -> told[source.slot()] = true);
        for (long[] bars : toldBar) {
            Arrays.fill(bars, Swing.NONE);
        }
    }

    /// A detector at the start of its warm-up.
    ///
    /// @param sources the lines whose divergences are told; conflicts are told with [Source#FUSION]
    /// @param sink is handed each event, within the call of [#on] that confirmed it
    public static Detector of(Parameters parameters, Set<Source> sources, Consumer<? super DivergenceEvent> sink) {
        return new Detector(parameters, sources, sink);
    }

    /// Takes one closed bar.
    ///
    /// @param closeMillis epoch milliseconds, later than the bar before, a reset in between or not
    /// @param high finite, at least low, as close
    /// @param zOfi standardised order flow imbalance of this bar alone, not of a sum over bars; NaN when
    ///     unknown
    /// @param zCvd standardised volume delta of this bar alone; NaN when unknown
    /// @param zFusion both weighted; NaN when unknown
    /// @throws IllegalArgumentException for time that stands still, prices that are not finite or not in
    ///     order, or an infinite z-score; the detector is as before
    @Override
    public void on(long closeMillis, double high, double low, double close, double zOfi, double zCvd, double zFusion) {
        check(closeMillis, high, low, close, zOfi, zCvd, zFusion);
        long bar = history.size();
        history.add(closeMillis, high, low, close, zOfi, zCvd, zFusion);
        for (int side = 0; side < SIDES; side++) {
            if (advance(side, bar, history.start())) {
                if (earlier[side].bar != Swing.NONE) {
                    compare(side, closeMillis);
                }
                Swing spent = earlier[side];
                earlier[side] = later[side];
                later[side] = spent;
            }
        }
    }

    /// Forgets all bars and pivots, as after a gap in the feed: the warm-up begins again and no pair
    /// spans the gap. When a source last spoke is remembered for its cooldown.
    public void reset() {
        history.clear();
        forgetPivots();
    }

    /// As [#reset].
    @Override
    public void gap(long fromMillis, long toMillis) {
        reset();
    }

    /// The parameters in force.
    public Parameters parameters() {
        return parameters;
    }

    /// Goes on with other parameters from the next bar. What was told stays told: no second event for a
    /// pair, and the cooldown counts from the last event. When `swing_L`, `max_lag` or `warmup` change,
    /// the pivots are found anew in the last 1024 bars; otherwise they stay. Either way what follows is
    /// what the new parameters would have given from the start, but for an earlier pivot of a pair that
    /// lies further back.
    public void swap(Parameters next) {
        boolean same = next.swingL() == parameters.swingL()
                && next.maxLag() == parameters.maxLag()
                && next.warmup() == parameters.warmup();
        parameters = next;
        if (!same) {
            forgetPivots();
            long from = history.oldest();
            for (long bar = from; bar < history.size(); bar++) {
                for (int side = 0; side < SIDES; side++) {
                    if (advance(side, bar, from)) {
                        Swing spent = earlier[side];
                        earlier[side] = later[side];
                        later[side] = spent;
                    }
                }
            }
        }
    }

    private void forgetPivots() {
        for (int side = 0; side < SIDES; side++) {
            pivots[side].clear();
            earlier[side].bar = Swing.NONE;
        }
    }

    /// Measures the pivot that this bar confirms, into `later`.
    private boolean advance(int side, long bar, long from) {
        int half = parameters.swingL();
        if (!pivots[side].add(history, bar, half, from) || bar - half - history.start() < parameters.warmup()) {
            return false;
        }
        later[side].measure(history, side, bar - half, parameters);
        return true;
    }

    private void compare(int side, long confirmedMillis) {
        Swing first = earlier[side];
        Swing second = later[side];
        if (second.bar - first.bar < parameters.minSeparation()) {
            return;
        }
        for (int source = 0; source < History.SOURCES; source++) {
            flows[source] = flow(first, second, source);
        }
        double move = second.depth - first.depth;
        if (move != 0) {
            // Seen from its side, a pivot beyond the last one asks for flow the other way, one short of it for more.
            double way = (side == 0 ? 1 : -1) * (move < 0 ? 1 : -1);
            for (int source = 0; source < History.SOURCES; source++) {
                double flow = way * flows[source];
                if (told[source] && flow >= parameters.zMid()) {
                    tell(side, source, kind(side, move), flow, others(source, way), confirmedMillis);
                }
            }
        }
        double ofi = flows[0];
        double cvd = flows[1];
        double apart = Math.min(Math.abs(ofi), Math.abs(cvd));
        if (told[Source.FUSION.slot()] && ofi * cvd < 0 && apart >= parameters.zMid()) {
            tell(side, CONFLICT, Kind.CONFLICT, apart, Double.NaN, confirmedMillis);
        }
    }

    /// NaN when the source was silent since `max_lag` bars before the first pivot.
    private double flow(Swing first, Swing second, int source) {
        if (history.silent(source) >= first.bar - parameters.maxLag()) {
            return Double.NaN;
        }
        double bars = (second.bar + second.lags[source]) - (first.bar + first.lags[source]);
        return (second.lines[source] - first.lines[source]) / Math.sqrt(bars);
    }

    /// Flow one way of the sources that could agree with this one; of two, which make up the third, the
    /// weaker.
    private double others(int source, double way) {
        return switch (SOURCES[source]) {
            case OFI -> way * flows[1];
            case CVD -> way * flows[0];
            case FUSION -> Math.min(way * flows[0], way * flows[1]);
        };
    }

    private static Kind kind(int side, double move) {
        if (side == 0) {
            return move < 0 ? Kind.BULL : Kind.HIDDEN_BULL;
        }
        return move < 0 ? Kind.BEAR : Kind.HIDDEN_BEAR;
    }

    private void tell(int side, int slot, Kind kind, double flow, double agreement, long confirmedMillis) {
        Swing first = earlier[side];
        Swing second = later[side];
        long before = toldBar[side][slot];
        if (before != Swing.NONE
                && (second.bar <= before || confirmedMillis - toldMillis[side][slot] < parameters.cooldownMillis())) {
            return;
        }
        double price = Swing.deviations(Math.abs(second.depth - first.depth), second.travel - first.travel);
        Score score = Score.of(parameters, flow, Math.min(first.size, second.size), price, agreement);
        if (score.points() < parameters.weakThreshold()) {
            return;
        }
        toldBar[side][slot] = second.bar;
        toldMillis[side][slot] = confirmedMillis;
        sink.accept(new DivergenceEvent(
                slot == CONFLICT ? Source.FUSION : SOURCES[slot],
                kind,
                pivot(side, first, slot),
                pivot(side, second, slot),
                history.size() - 1,
                confirmedMillis,
                new Flows(flows[0], flows[1], flows[2]),
                score));
    }

    private static Pivot pivot(int side, Swing swing, int slot) {
        double price = side == 0 ? swing.depth : -swing.depth;
        return slot == CONFLICT
                ? new Pivot(swing.bar, swing.millis, price, 0, Double.NaN)
                : new Pivot(swing.bar, swing.millis, price, swing.lags[slot], swing.lines[slot]);
    }

    private void check(
            long closeMillis, double high, double low, double close, double zOfi, double zCvd, double zFusion) {
        if (history.size() > 0 && closeMillis <= history.millis(history.size() - 1)) {
            throw new IllegalArgumentException(
                    "closeMillis must lie after " + history.millis(history.size() - 1) + ": " + closeMillis);
        }
        if (!(low <= close && close <= high && low > Double.NEGATIVE_INFINITY && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("prices must be finite with low <= close <= high: low " + low
                    + ", close " + close + ", high " + high);
        }
        if (Double.isInfinite(zOfi) || Double.isInfinite(zCvd) || Double.isInfinite(zFusion)) {
            throw new IllegalArgumentException(
                    "z-scores must be finite, or NaN when unknown: " + zOfi + ", " + zCvd + ", " + zFusion);
        }
    }
}
