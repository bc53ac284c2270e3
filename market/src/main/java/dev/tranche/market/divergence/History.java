package dev.tranche.market.divergence;

/// The last [#BARS] bars as columns of rings. A column is read by the number of a bar, counted from the
/// first.
///
/// Both sides of the market are columns of minima, so that highs are lows seen in a mirror: `depths[0]`
/// holds lows, `depths[1]` holds highs with their sign turned.
final class History {
    /// How far a change of parameters looks back; a power of two, above the widest window of a pivot.
    static final int BARS = 1024;

    static final int SOURCES = 3;

    private static final int MASK = BARS - 1;

    private final long[] millis = new long[BARS];
    private final double[][] depths = new double[2][BARS];
    private final double[][] lines = new double[SOURCES][BARS];
    private final double[] travel = new double[BARS];
    private final double[] sums = new double[SOURCES];
    private final long[] silent = {-1, -1, -1};
    private double close = Double.NaN;
    private double travelled;
    private long start;
    private long size;

    /// Adds one bar.
    void add(long closeMillis, double high, double low, double close, double zOfi, double zCvd, double zFusion) {
        int at = (int) size & MASK;
        millis[at] = closeMillis;
        depths[0][at] = low;
        depths[1][at] = -high;
        double step = size == start ? 0 : close - this.close;
        travelled += step * step;
        this.close = close;
        travel[at] = travelled;
        flow(0, at, zOfi);
        flow(1, at, zCvd);
        flow(2, at, zFusion);
        size++;
    }

    private void flow(int source, int at, double z) {
        if (Double.isNaN(z)) {
            silent[source] = size;
        } else {
            sums[source] += z;
        }
        lines[source][at] = sums[source];
    }

    /// Forgets everything but the count of bars.
    void clear() {
        start = size;
        travelled = 0;
        for (int source = 0; source < SOURCES; source++) {
            sums[source] = 0;
            silent[source] = size - 1;
        }
    }

    /// Bars added so far; the number of the next one.
    long size() {
        return size;
    }

    /// The first bar since the last reset.
    long start() {
        return start;
    }

    /// The earliest bar since the last reset that is still held.
    long oldest() {
        return Math.max(start, size - BARS);
    }

    /// The last bar at which a source said nothing; the bar before the start when there is none.
    long silent(int source) {
        return silent[source];
    }

    long millis(long bar) {
        return millis[(int) bar & MASK];
    }

    /// The low (side 0) or the negative of the high (side 1).
    double depth(int side, long bar) {
        return depths[side][(int) bar & MASK];
    }

    /// The sum of a source's z-scores since the last reset.
    double line(int source, long bar) {
        return lines[source][(int) bar & MASK];
    }

    /// The sum of squared steps of the close since the last reset.
    double travel(long bar) {
        return travel[(int) bar & MASK];
    }
}
