package dev.tranche.market.quoting;

/// How often orders come that reach a distance from the mid price, `arrival exp(-decay distance)` a second:
/// the `A` and `k` of Avellaneda and Stoikov, estimated from trades as they come. Causal.
///
/// Trades of one side within one millisecond are one order that swept the book, which reached as far as the
/// farthest of them. Distances beyond a threshold are exponential under the law, so that the likelihood is
/// largest at `decay = n / sum(distance - threshold)`, and `arrival = n exp(decay threshold) / seconds`; both
/// sides of the market count towards one law, which is that of either side: `seconds` counts twice. Old
/// orders and old time count less and less, by half after a half-life. O(1) an event, allocates nothing. One
/// writer.
public final class OrderFlowIntensity {
    private final double threshold;
    private final double perNano;
    private final long[] orderMillis = {Long.MIN_VALUE, Long.MIN_VALUE};
    private final double[] orderDistance = new double[2];
    private double orders;
    private double beyond;
    private double seconds;
    private long lastNanos;
    private boolean begun;

    private OrderFlowIntensity(double threshold, double halfLifeSeconds) {
        this.threshold = threshold;
        this.perNano = Math.log(2) / halfLifeSeconds * 1e-9;
    }

    /// An estimate that has seen nothing.
    ///
    /// @param threshold least distance that counts, at least 0: half of the usual spread, below which nothing
    ///     rests
    /// @param halfLifeSeconds positive
    public static OrderFlowIntensity of(double threshold, double halfLifeSeconds) {
        if (!(threshold >= 0 && threshold < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("threshold must be at least 0 and finite: " + threshold);
        }
        Positive.number("halfLifeSeconds", halfLifeSeconds);
        return new OrderFlowIntensity(threshold, halfLifeSeconds);
    }

    /// A trade.
    ///
    /// @param nowNanos never less than before
    /// @param millis the venue's time of it; trades of one time and side are one order
    /// @param buy whether the order bought
    /// @param distance from the mid price before the order to the price of the trade, in any unit: above 0
    ///     when a buy traded above or a sell below; what is not above the threshold only lets time pass
    public void trade(long nowNanos, long millis, boolean buy, double distance) {
        time(nowNanos);
        int side = buy ? 0 : 1;
        if (!(distance > threshold) || distance == Double.POSITIVE_INFINITY) {
            return;
        }
        double reached = distance - threshold;
        if (orderMillis[side] == millis) {
            double farther = reached - orderDistance[side];
            if (farther > 0) {
                beyond += farther;
                orderDistance[side] = reached;
            }
            return;
        }
        orderMillis[side] = millis;
        orderDistance[side] = reached;
        orders++;
        beyond += reached;
    }

    /// Time passes without a trade.
    public void time(long nowNanos) {
        if (!begun) {
            begun = true;
            lastNanos = nowNanos;
            return;
        }
        long passed = nowNanos - lastNanos;
        if (passed <= 0) {
            return;
        }
        lastNanos = nowNanos;
        double left = Math.exp(-perNano * passed);
        orders *= left;
        beyond *= left;
        // The weight of the time that passed is the integral of what is left of each moment of it.
        seconds = seconds * left + 2e-9 * -Math.expm1(-perNano * passed) / perNano;
    }

    /// Orders counted, the old ones less.
    public double orders() {
        return orders;
    }

    /// `k`, over one unit of distance; NaN before the first order.
    public double decay() {
        return beyond > 0 ? orders / beyond : Double.NaN;
    }

    /// `A`, orders a second on either side that would reach the mid price; NaN before the first order or
    /// without time.
    public double arrival() {
        return beyond > 0 && seconds > 0 ? orders * Math.exp(decay() * threshold) / seconds : Double.NaN;
    }

    /// Mixes everything that decides into a hash.
    public long hash(long before) {
        long hash = before * 31 + lastNanos;
        hash = hash * 31 + Double.doubleToRawLongBits(orders);
        hash = hash * 31 + Double.doubleToRawLongBits(beyond);
        hash = hash * 31 + Double.doubleToRawLongBits(seconds);
        for (int i = 0; i < 2; i++) {
            hash = (hash * 31 + orderMillis[i]) * 31 + Double.doubleToRawLongBits(orderDistance[i]);
        }
        return hash;
    }
}
