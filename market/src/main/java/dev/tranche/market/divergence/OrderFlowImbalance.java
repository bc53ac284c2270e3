package dev.tranche.market.divergence;

import dev.tranche.market.feed.OrderBook;

/// Order flow imbalance: what one change of the book adds to the pressure to buy, in lots (Cont, Kukanov,
/// Stoikov, "The Price Impact of Order Book Events", J. Financial Econometrics 12(1), 2014, eq. 4; arXiv
/// 1011.6402):
///
/// ```
/// e = 1{Pb >= Pb'} qb - 1{Pb <= Pb'} qb' - 1{Pa <= Pa'} qa + 1{Pa >= Pa'} qa'
/// ```
///
/// with `Pb, qb` the best bid and its quantity after the change, `Pb', qb'` before it, `a` the ask. With
/// several levels the same is said of each level (Xu, Gould, Howison, arXiv 1907.06230) and summed with
/// weights. A level that is not there has quantity 0 and the worst price of all.
///
/// The first book after a reset is only remembered and adds 0. O(levels) a change, nothing allocated. One
/// writer.
public final class OrderFlowImbalance {
    /// Weights of the five best levels, best first (seed 003).
    private static final double[] FIVE = {.4, .25, .2, .1, .05};

    private static final int MOST_LEVELS = 20;
    private static final int BID_TICKS = 0;
    private static final int BID_LOTS = 1;
    private static final int ASK_TICKS = 2;
    private static final int ASK_LOTS = 3;
    private static final int WORDS = 4;

    private final double[] weights;
    private final long[] before;
    private boolean begun;

    private OrderFlowImbalance(double[] weights) {
        this.weights = weights;
        this.before = new long[WORDS * weights.length];
    }

    /// Of the best level alone, as in the paper.
    public static OrderFlowImbalance bestLevel() {
        return of(1);
    }

    /// Of five levels, weighted .4, .25, .2, .1, .05.
    public static OrderFlowImbalance fiveLevels() {
        return of(FIVE);
    }

    /// @param weights of the levels, best first; 1..20, each at least 0
    public static OrderFlowImbalance of(double... weights) {
        if (weights.length == 0 || weights.length > MOST_LEVELS) {
            throw new IllegalArgumentException("weights must be 1..20: " + weights.length);
        }
        for (double weight : weights) {
            if (!(weight >= 0 && weight < Double.MAX_VALUE)) {
                throw new IllegalArgumentException("a weight must be finite and at least 0: " + weight);
            }
        }
        return new OrderFlowImbalance(weights.clone());
    }

    public int levels() {
        return weights.length;
    }

    /// The next state of a valid book.
    ///
    /// @return what the change adds, in lots
    public double on(OrderBook book) {
        double sum = 0;
        for (int level = 0; level < weights.length; level++) {
            sum += weights[level]
                    * level(
                            level,
                            book.bidTicks(level),
                            book.bidLots(level),
                            book.askTicks(level),
                            book.askLots(level));
        }
        return first() ? 0 : sum;
    }

    /// The next best bid and ask; only with one level.
    ///
    /// @return what the change adds, in lots
    public double on(long bidTicks, long bidLots, long askTicks, long askLots) {
        if (weights.length != 1) {
            throw new IllegalStateException("best bid and ask are one level of " + weights.length);
        }
        double sum = weights[0] * level(0, bidTicks, bidLots, askTicks, askLots);
        return first() ? 0 : sum;
    }

    /// Forgets the book before: what comes next adds 0.
    public void reset() {
        begun = false;
    }

    private boolean first() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    private long level(int level, long bidTicks, long bidLots, long askTicks, long askLots) {
        int at = WORDS * level;
        long ask = askLots == 0 ? Long.MAX_VALUE : askTicks;
        long bidBefore = before[at + BID_TICKS];
        long askBefore = before[at + ASK_TICKS];
        long e = (bidTicks >= bidBefore ? bidLots : 0)
                - (bidTicks <= bidBefore ? before[at + BID_LOTS] : 0)
                - (ask <= askBefore ? askLots : 0)
                + (ask >= askBefore ? before[at + ASK_LOTS] : 0);
        before[at + BID_TICKS] = bidTicks;
        before[at + BID_LOTS] = bidLots;
        before[at + ASK_TICKS] = ask;
        before[at + ASK_LOTS] = askLots;
        return e;
    }
}
