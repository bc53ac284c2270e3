package dev.tranche.market.divergence;

/// A pivot in the making: what a later pivot of the same side is compared with. Mutable, used again and
/// again.
final class Swing {
    /// NaN of time: no pivot yet.
    static final long NONE = -1;

    long bar = NONE;
    long millis;
    /// The low, or the negative of the high.
    double depth;
    /// Sum of squared steps of the close up to it.
    double travel;
    /// The smaller of the two swings that make it, in standard deviations of as many steps.
    double size;

    final int[] lags = new int[History.SOURCES];
    final double[] lines = new double[History.SOURCES];

    /// Measures the pivot at a bar whose `swing_L` neighbours on both sides are in the history.
    void measure(History history, int side, long at, Parameters parameters) {
        int half = parameters.swingL();
        bar = at;
        millis = history.millis(at);
        depth = history.depth(side, at);
        travel = history.travel(at);
        double before = rise(history, side, at - half, at - 1);
        double after = rise(history, side, at + 1, at + half);
        size = Math.min(
                deviations(before, travel - history.travel(at - half)),
                deviations(after, history.travel(at + half) - travel));
        double turn = side == 0 ? 1 : -1;
        for (int source = 0; source < History.SOURCES; source++) {
            turn(history, source, turn, parameters.maxLag());
        }
    }

    /// How far the other side of the market lies from this pivot over some bars.
    private double rise(History history, int side, long from, long to) {
        double far = Double.POSITIVE_INFINITY;
        for (long at = from; at <= to; at++) {
            far = Math.min(far, history.depth(1 - side, at));
        }
        return -far - depth;
    }

    /// Where the line of a source turned: its lowest (highest) value within `max_lag` bars; of equals the
    /// nearest, then the earlier.
    private void turn(History history, int source, double sign, int maxLag) {
        double best = history.line(source, bar);
        int lag = 0;
        for (int distance = 1; distance <= maxLag; distance++) {
            double earlier = history.line(source, bar - distance);
            if (sign * earlier < sign * best) {
                best = earlier;
                lag = -distance;
            }
            double later = history.line(source, bar + distance);
            if (sign * later < sign * best) {
                best = later;
                lag = distance;
            }
        }
        lines[source] = best;
        lags[source] = lag;
    }

    /// A move in standard deviations of the steps in between; steps of zero make any move infinite.
    static double deviations(double move, double travel) {
        if (travel > 0) {
            return move / Math.sqrt(travel);
        }
        return move > 0 ? Double.POSITIVE_INFINITY : 0;
    }
}
