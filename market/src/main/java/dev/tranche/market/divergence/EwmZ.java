package dev.tranche.market.divergence;

/// A z-score by exponentially weighted mean and variance: a value's weight halves every `halfLife` values.
/// From the first value to the end of the warm-up the weights are those of a plain mean, so that the first
/// value is not favoured; then `alpha = 1 - 2^(-1/halfLife)` (recurrence of West, CACM 22(9), 1979, and
/// Finch, "Incremental calculation of weighted mean and variance", 2009, eq. 124 and 143).
///
/// Once warm, a value beyond the clip enters the mean and the variance as the clip, so that one print does
/// not deafen the score. A constant past gives 0 for the same value and the clip for any other. O(1), nothing
/// allocated. One writer.
public final class EwmZ implements ZScore {
    private final double alpha;
    private final Terms terms;
    private double mean;
    private double variance;
    private long seen;
    private long last;

    private EwmZ(double alpha, Terms terms) {
        this.alpha = alpha;
        this.terms = terms;
    }

    /// @param halfLife in values, above 0
    public static EwmZ of(double halfLife, Terms terms) {
        if (!(halfLife > 0 && halfLife < Double.MAX_VALUE)) {
            throw new IllegalArgumentException("halfLife must be finite and above 0 values: " + halfLife);
        }
        return new EwmZ(-Math.expm1(-Math.log(2) / halfLife), terms);
    }

    @Override
    public double on(long eventMillis, double value) {
        if (seen > 0 && Math.abs(eventMillis - last) > terms.resetGapMillis()) {
            reset();
        }
        last = eventMillis;
        double z = Double.NaN;
        double entering = Scores.finite(value);
        if (warm()) {
            double deviation = Math.sqrt(variance);
            z = Scores.clipped(value - mean, deviation, terms.clip());
            if (deviation > 0) {
                double reach = terms.clip() * deviation;
                entering = Math.clamp(value, mean - reach, mean + reach);
            }
        }
        seen++;
        double weight = Math.max(alpha, 1.0 / seen);
        double change = entering - mean;
        double step = weight * change;
        mean += step;
        variance = (1 - weight) * (variance + change * step);
        return z;
    }

    @Override
    public void reset() {
        mean = 0;
        variance = 0;
        seen = 0;
    }

    @Override
    public boolean warm() {
        return seen >= terms.warmup();
    }
}
