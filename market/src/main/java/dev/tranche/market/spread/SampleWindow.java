package dev.tranche.market.spread;

import dev.tranche.market.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The last samples, and the features of the newest. Sums are made anew over each window, oldest first, so
/// that nothing drifts. One writer.
final class SampleWindow {
    /// Samples that the longest feature looks back over.
    static final int HELD = 300;

    private static final int ROOM = 512;
    private static final int WINDOW = 20;
    private static final int MEDIUM = 10;
    private static final int SHORT = 5;
    private static final double BASIS_POINTS = 1e4;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double SECONDS_A_YEAR = 365 * 86_400.0;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final double seconds;
    private final double[] values = new double[SpreadFeature.values().length];

    private final double[] mid = new double[ROOM];
    private final double[] move = new double[ROOM];
    private final double[] spread = new double[ROOM];
    private final double[] imbalance = new double[ROOM];
    private final double[] depth = new double[ROOM];
    private final double[] bought = new double[ROOM];
    private final double[] sold = new double[ROOM];
    private final double[] traded = new double[ROOM];
    private final double[] trades = new double[ROOM];
    private final double[] moves = new double[ROOM];
    private final double[] flowBest = new double[ROOM];
    private final double[] flowFive = new double[ROOM];

    /// Samples since the last reset.
    private long count;
    private double volatility = Double.NaN;

    private long boughtNow;
    private long soldNow;
    private long tradedNow;
    private long tradesNow;
    private long movesNow;
    private double flowBestNow;
    private double flowFiveNow;

    SampleWindow(long intervalNanos) {
        this.seconds = intervalNanos / NANOS_A_SECOND;
        Arrays.fill(values, Double.NaN);
    }

    boolean ready() {
        return count > WINDOW;
    }

    double value(int place) {
        return values[place];
    }

    void copy(double[] into) {
        System.arraycopy(values, 0, into, 0, values.length);
    }

    double volatility() {
        return volatility;
    }

    double mid() {
        return count == 0 ? Double.NaN : mid[back(0)];
    }

    void trade(long lots, @Nullable Side aggressor) {
        tradedNow += lots;
        tradesNow++;
        if (aggressor == Side.BUY) {
            boughtNow += lots;
        } else if (aggressor == Side.SELL) {
            soldNow += lots;
        }
    }

    void best(double flow, boolean moved) {
        flowBestNow += flow;
        movesNow += moved ? 1 : 0;
    }

    void five(double flow) {
        flowFiveNow += flow;
    }

    void reset() {
        count = 0;
        volatility = Double.NaN;
        Arrays.fill(values, Double.NaN);
        clearFlows();
    }

    /// Counts so many samples without taking them: of these nothing is left once [#HELD] and one more were
    /// taken.
    void skip(long samples) {
        count += samples;
        clearFlows();
    }

    /// Takes a sample.
    ///
    /// @param fiveBid lots of five levels; below 0 where there is no book
    /// @param described whether its features are made; one that another follows before anybody looks needs none
    void close(
            long bidTicks, long bidLots, long askTicks, long askLots, long fiveBid, long fiveAsk, boolean described) {
        int at = (int) (count & (ROOM - 1));
        mid[at] = (bidTicks + askTicks) / 2.0;
        spread[at] = BASIS_POINTS * (askTicks - bidTicks) / mid[at];
        imbalance[at] = (double) (bidLots - askLots) / (bidLots + askLots);
        depth[at] = (bidLots + askLots) / 2.0;
        bought[at] = boughtNow;
        sold[at] = soldNow;
        traded[at] = tradedNow;
        trades[at] = tradesNow;
        moves[at] = movesNow;
        flowBest[at] = flowBestNow;
        flowFive[at] = flowFiveNow;
        move[at] = count == 0 ? 0 : BASIS_POINTS * Math.log(mid[at] / mid[(at - 1) & (ROOM - 1)]);
        count++;
        clearFlows();
        if (described && ready()) {
            describe(bidTicks, bidLots, askTicks, askLots);
            set(SpreadFeature.DEPTH_IMBALANCE, fiveBid < 0 ? Double.NaN : share((double) fiveBid, (double) fiveAsk));
            if (fiveBid < 0) {
                set(SpreadFeature.FLOW_FIVE_5, Double.NaN);
                set(SpreadFeature.FLOW_FIVE_20, Double.NaN);
            }
        }
    }

    private void describe(long bidTicks, long bidLots, long askTicks, long askLots) {
        double mean = sum(traded, WINDOW) / WINDOW;
        double quantity = sum(depth, WINDOW) / WINDOW;
        double micro = ((double) bidTicks * askLots + (double) askTicks * bidLots) / (bidLots + askLots);
        set(SpreadFeature.CURRENT_SPREAD_BPS, spread[back(0)]);
        set(SpreadFeature.CURRENT_IMBALANCE, imbalance[back(0)]);
        set(SpreadFeature.VOLUME_RATIO, mean > 0 ? traded[back(0)] / mean : 1);
        set(SpreadFeature.VOLATILITY_5, deviation(SHORT));
        set(SpreadFeature.VOLATILITY_20, deviation(WINDOW));
        set(SpreadFeature.PRICE_CHANGE_5, BASIS_POINTS * Math.log(mid() / mid[back(SHORT)]));
        set(SpreadFeature.PRICE_CHANGE_10, BASIS_POINTS * Math.log(mid() / mid[back(MEDIUM)]));
        set(SpreadFeature.IMBALANCE_CHANGE, imbalance[back(0)] - imbalance[back(1)]);
        set(SpreadFeature.SPREAD_PERCENTILE, percentile());
        set(SpreadFeature.VOLUME_IMBALANCE, share(sum(bought, WINDOW), sum(sold, WINDOW)));
        set(SpreadFeature.MICROPRICE_BPS, BASIS_POINTS * (micro - mid()) / mid());
        set(SpreadFeature.FLOW_BEST_5, sum(flowBest, SHORT) / quantity);
        set(SpreadFeature.FLOW_BEST_20, sum(flowBest, WINDOW) / quantity);
        set(SpreadFeature.FLOW_FIVE_5, sum(flowFive, SHORT) / quantity);
        set(SpreadFeature.FLOW_FIVE_20, sum(flowFive, WINDOW) / quantity);
        set(SpreadFeature.TRADE_RATE, sum(trades, WINDOW) / (WINDOW * seconds));
        set(SpreadFeature.VOLUME_IMBALANCE_5, share(sum(bought, SHORT), sum(sold, SHORT)));
        set(SpreadFeature.MOVE_RATE, sum(moves, WINDOW) / (WINDOW * seconds));
        double realised = realised();
        set(SpreadFeature.REALISED_BPS, realised);
        set(SpreadFeature.SAMPLE_MILLIS, seconds * 1e3);
        volatility = realised / BASIS_POINTS * Math.sqrt(SECONDS_A_YEAR);
    }

    /// Over as many moves as there are, at most [#HELD]: the first sample has none.
    private double realised() {
        int length = (int) Math.min(HELD, count - 1);
        double sum = 0;
        for (int n = length - 1; n >= 0; n--) {
            sum += move[back(n)] * move[back(n)];
        }
        return Math.sqrt(sum / (length * seconds));
    }

    private double deviation(int length) {
        double mean = sum(move, length) / length;
        double sum = 0;
        for (int n = length - 1; n >= 0; n--) {
            double off = move[back(n)] - mean;
            sum += off * off;
        }
        return Math.sqrt(sum / (length - 1));
    }

    private double percentile() {
        double now = spread[back(0)];
        double below = 0;
        for (int n = WINDOW - 1; n >= 0; n--) {
            double other = spread[back(n)];
            below += other < now ? 1 : other == now ? .5 : 0;
        }
        return below / WINDOW;
    }

    private double sum(double[] of, int length) {
        double sum = 0;
        for (int n = length - 1; n >= 0; n--) {
            sum += of[back(n)];
        }
        return sum;
    }

    private static double share(double one, double other) {
        return one + other > 0 ? (one - other) / (one + other) : 0;
    }

    private int back(int samples) {
        return (int) ((count - 1 - samples) & (ROOM - 1));
    }

    private void set(SpreadFeature feature, double value) {
        values[feature.place()] = value;
    }

    private void clearFlows() {
        boughtNow = 0;
        soldNow = 0;
        tradedNow = 0;
        tradesNow = 0;
        movesNow = 0;
        flowBestNow = 0;
        flowFiveNow = 0;
    }

    /// Of every number that a feature may still be made of.
    long hash() {
        int held = (int) Math.min(count, HELD + 1L);
        long hash = mixed(held, boughtNow);
        hash = mixed(hash, soldNow);
        hash = mixed(hash, tradedNow);
        hash = mixed(hash, tradesNow);
        hash = mixed(hash, movesNow);
        hash = mixed(hash, flowBestNow);
        hash = mixed(hash, flowFiveNow);
        for (double value : values) {
            hash = mixed(hash, value);
        }
        for (int n = 0; n < held - 1; n++) {
            hash = mixed(hash, move[back(n)]);
        }
        for (int n = 0; n < Math.min(held, WINDOW); n++) {
            int at = back(n);
            hash = mixed(mixed(mixed(hash, mid[at]), spread[at]), imbalance[at]);
            hash = mixed(mixed(mixed(hash, depth[at]), bought[at]), sold[at]);
            hash = mixed(mixed(mixed(hash, traded[at]), trades[at]), moves[at]);
            hash = mixed(mixed(hash, flowBest[at]), flowFive[at]);
        }
        return hash;
    }

    private static long mixed(long hash, double word) {
        return mixed(hash, Double.doubleToLongBits(word));
    }

    /// One word more into a hash (the finaliser of SplitMix64 after Stafford's mix 13).
    static long mixed(long hash, long word) {
        long z = hash * MULTIPLIER + word;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
