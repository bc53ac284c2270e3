package dev.tranche.market.spread;

import java.util.Arrays;
import java.util.Locale;

/// What a spread should have been, seen from afterwards: for training and validation only. All are spreads,
/// bid to ask, in basis points of the mid at the sample; NaN where the recording does not reach far enough, or
/// says nothing. `docs/concepts/spread-model.md` says what each is worth.
public enum SpreadTarget {
    /// The seed's: of 12 candidates, 5 to 100 basis points apart evenly, the one of least cost
    /// `max(0, |mean future move| - half) + 0.1 max(0, spread - 50)`, the narrowest of several.
    SEED,
    /// Twice the size of the mid's move over the horizon: to be learnt at a quantile. Half a spread of its
    /// quantile `q` is passed by the mid with chance `1 - q`.
    MOVE,
    /// Twice the mean move, in the takers' direction, of the mid over the horizon after the trades of the next
    /// interval, weighted with their quantities; without trades NaN. To be learnt as a mean: half of it is
    /// what a maker at the mid loses to those who trade, so that half a spread of it earns nothing and loses
    /// nothing.
    MARKOUT;

    private static final int CANDIDATES = 12;
    private static final double NARROWEST = 5;
    private static final double WIDEST = 100;
    private static final double FREE = 50;
    private static final double PENALTY = 0.1;
    private static final double BASIS_POINTS = 1e4;

    /// The target of every sample.
    ///
    /// @param horizon in samples, at least 1
    public double[] of(SpreadTape tape, int horizon) {
        if (horizon < 1) {
            throw new IllegalArgumentException("horizon must be at least 1 sample: " + horizon);
        }
        double[] targets = new double[tape.size()];
        Arrays.setAll(targets, sample -> switch (this) {
            case SEED -> seed(tape, sample, horizon);
            case MOVE -> tape.whole(sample, horizon) ? 2 * Math.abs(move(tape, sample, sample + horizon)) : Double.NaN;
            case MARKOUT -> markout(tape, sample, horizon);
        });
        return targets;
    }

    /// The name on the command line and in reports.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of the seed's candidates that costs least for a mean future move.
    ///
    /// @param move in basis points
    static double cheapest(double move) {
        double least = Double.POSITIVE_INFINITY;
        double chosen = Double.NaN;
        for (int i = 0; i < CANDIDATES; i++) {
            double spread = NARROWEST + i * (WIDEST - NARROWEST) / (CANDIDATES - 1);
            double cost = Math.max(0, Math.abs(move) - spread / 2) + PENALTY * Math.max(0, spread - FREE);
            if (cost < least) {
                least = cost;
                chosen = spread;
            }
        }
        return chosen;
    }

    private static double seed(SpreadTape tape, int sample, int horizon) {
        if (!tape.whole(sample, horizon)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int ahead = 1; ahead <= horizon; ahead++) {
            sum += move(tape, sample, sample + ahead);
        }
        return cheapest(sum / horizon);
    }

    private static double markout(SpreadTape tape, int sample, int horizon) {
        if (!tape.whole(sample, horizon + 1)) {
            return Double.NaN;
        }
        double weighted = 0;
        double weight = 0;
        int end = tape.tradesTo(sample);
        for (int trade = tape.tradesFrom(sample); trade < end; trade++) {
            weighted += tape.tradeSign(trade) * (double) tape.tradeLots(trade);
            weight += tape.tradeSign(trade) == 0 ? 0 : tape.tradeLots(trade);
        }
        return weight == 0 ? Double.NaN : 2 * move(tape, sample, sample + horizon + 1) * weighted / weight;
    }

    private static double move(SpreadTape tape, int from, int to) {
        return BASIS_POINTS * Math.log(tape.mid(to) / tape.mid(from));
    }
}
