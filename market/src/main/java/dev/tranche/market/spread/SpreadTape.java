package dev.tranche.market.spread;

import java.util.Arrays;

/// A recording as training and validation see it: the samples that are ready, with their features, and the
/// trades between them. Only [SpreadRecorder] writes it. For one thread.
public final class SpreadTape {
    private static final int FIRST_ROOM = 1 << 10;
    private static final int WIDTH = SpreadFeature.values().length;

    private final long interval;
    private double[] features = new double[FIRST_ROOM * WIDTH];
    private long[] nanos = new long[FIRST_ROOM];
    private double[] mids = new double[FIRST_ROOM];
    private double[] volatilities = new double[FIRST_ROOM];
    private int[] firstTrade = new int[FIRST_ROOM];
    private int size;

    private long[] tradeNanos = new long[FIRST_ROOM];
    private long[] tradeTicks = new long[FIRST_ROOM];
    private long[] tradeLots = new long[FIRST_ROOM];
    private byte[] tradeSign = new byte[FIRST_ROOM];
    private int trades;

    SpreadTape(long intervalNanos) {
        this.interval = intervalNanos;
    }

    /// Samples.
    public int size() {
        return size;
    }

    /// Length of a sample, nanoseconds.
    public long intervalNanos() {
        return interval;
    }

    /// When a sample was taken.
    public long nanos(int sample) {
        return nanos[sample];
    }

    /// Mid of a sample, in ticks, halves included.
    public double mid(int sample) {
        return mids[sample];
    }

    /// A feature of a sample; NaN where it has no value.
    public double feature(int sample, int place) {
        return features[sample * WIDTH + place];
    }

    /// Realised volatility at a sample, annual.
    public double volatility(int sample) {
        return volatilities[sample];
    }

    /// Whether so many samples follow one another without a hole from this one on.
    ///
    /// @param ahead 0 or more
    public boolean whole(int sample, int ahead) {
        return sample + ahead < size && nanos[sample + ahead] - nanos[sample] == ahead * interval;
    }

    /// The first trade after a sample; the trades of its interval end before [#tradesTo].
    public int tradesFrom(int sample) {
        return firstTrade[sample];
    }

    /// The first trade that is not of the interval after a sample.
    public int tradesTo(int sample) {
        long end = nanos[sample] + interval;
        int trade = firstTrade[sample];
        while (trade < trades && tradeNanos[trade] < end) {
            trade++;
        }
        return trade;
    }

    public int trades() {
        return trades;
    }

    /// Price of a trade, in ticks.
    public long tradeTicks(int trade) {
        return tradeTicks[trade];
    }

    public long tradeLots(int trade) {
        return tradeLots[trade];
    }

    /// 1: a taker bought; -1: a taker sold; 0: the source does not say.
    public int tradeSign(int trade) {
        return tradeSign[trade];
    }

    void sample(SpreadFeatures of) {
        if (size == nanos.length) {
            int room = 2 * size;
            features = Arrays.copyOf(features, room * WIDTH);
            nanos = Arrays.copyOf(nanos, room);
            mids = Arrays.copyOf(mids, room);
            volatilities = Arrays.copyOf(volatilities, room);
            firstTrade = Arrays.copyOf(firstTrade, room);
        }
        for (int place = 0; place < WIDTH; place++) {
            features[size * WIDTH + place] = of.value(place);
        }
        nanos[size] = of.sampledNanos();
        mids[size] = of.mid();
        volatilities[size] = of.volatility();
        firstTrade[size] = trades;
        size++;
    }

    void trade(long at, long ticks, long lots, int sign) {
        if (trades == tradeNanos.length) {
            int room = 2 * trades;
            tradeNanos = Arrays.copyOf(tradeNanos, room);
            tradeTicks = Arrays.copyOf(tradeTicks, room);
            tradeLots = Arrays.copyOf(tradeLots, room);
            tradeSign = Arrays.copyOf(tradeSign, room);
        }
        tradeNanos[trades] = at;
        tradeTicks[trades] = ticks;
        tradeLots[trades] = lots;
        tradeSign[trades] = (byte) sign;
        trades++;
    }
}
