package dev.tranche.market.regime;

import java.util.Arrays;

/// What a regime is told by, bar by bar: the log-return of the bar, and the sample deviation of the last
/// returns, this one among them. The same code estimates a model and feeds the live filter. Causal, O(window)
/// a bar; allocates nothing. One writer.
public final class BarFeatures {
    private final double[] returns;
    private final double[] values = new double[2];
    private double last = Double.NaN;
    private int filled;
    private int at;

    private BarFeatures(int window) {
        this.returns = new double[window];
    }

    /// Features that have seen nothing.
    ///
    /// @param window returns whose deviation is taken, 2..10000
    public static BarFeatures of(int window) {
        if (window < 2 || window > 10_000) {
            throw new IllegalArgumentException("window must be within 2..10000: " + window);
        }
        return new BarFeatures(window);
    }

    /// Takes the close of the next bar.
    ///
    /// @return whether [#values] are those of this bar: a whole window of returns is there
    /// @throws IllegalArgumentException when the price is not positive and finite; all is as before
    public boolean on(double close) {
        if (!(close > 0 && close < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a close must be positive and finite: " + close);
        }
        double before = last;
        last = close;
        return !Double.isNaN(before) && add(Math.log(close / before));
    }

    /// Takes the log-return of the next bar, for series that come as returns.
    ///
    /// @return as [#on]
    public boolean add(double logReturn) {
        if (!(Math.abs(logReturn) < 1e100)) {
            throw new IllegalArgumentException("a return must be a finite number: " + logReturn);
        }
        returns[at] = logReturn;
        at = (at + 1) % returns.length;
        filled = Math.min(filled + 1, returns.length);
        values[0] = logReturn;
        values[1] = deviation();
        return filled == returns.length;
    }

    /// The return and the deviation of the last bar; used again for the next.
    public double[] values() {
        return values;
    }

    /// Forgets everything, as after a gap in the data.
    public void reset() {
        Arrays.fill(returns, 0);
        last = Double.NaN;
        filled = 0;
        at = 0;
    }

    private double deviation() {
        double mean = 0;
        for (double each : returns) {
            mean += each / returns.length;
        }
        double squares = 0;
        for (double each : returns) {
            squares += (each - mean) * (each - mean);
        }
        return Math.sqrt(squares / (returns.length - 1));
    }

    /// Mixes everything that decides into a hash.
    public long hash(long before) {
        long hash = (before * 31 + filled) * 31 + at;
        hash = hash * 31 + Double.doubleToRawLongBits(last);
        for (double each : returns) {
            hash = hash * 31 + Double.doubleToRawLongBits(each);
        }
        return hash;
    }
}
