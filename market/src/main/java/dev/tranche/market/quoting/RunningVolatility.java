package dev.tranche.market.quoting;

/// The volatility of a price for a quote, as it comes: the mean of squared returns over steps of equal time,
/// the old ones counting less and less. Looking once a step keeps the bounce between bid and ask from being
/// counted many times. Causal, O(1), allocates nothing. One writer.
public final class RunningVolatility {
    private final long stepNanos;
    private final double perStep;
    private double squares;
    private double weight;
    private double last;
    private long lastNanos;
    private boolean begun;

    private RunningVolatility(long stepNanos, double perStep) {
        this.stepNanos = stepNanos;
        this.perStep = perStep;
    }

    /// A volatility that has seen nothing.
    ///
    /// @param stepNanos between looks, at least 1
    /// @param halfLifeSteps steps after which a return counts half, positive
    public static RunningVolatility of(long stepNanos, double halfLifeSteps) {
        if (stepNanos < 1) {
            throw new IllegalArgumentException("stepNanos must be at least 1: " + stepNanos);
        }
        Positive.number("halfLifeSteps", halfLifeSteps);
        return new RunningVolatility(stepNanos, Math.pow(0.5, 1 / halfLifeSteps));
    }

    /// The price now; looked at when a step has passed since the last look, so that after a silence one
    /// return stands for all the steps of it.
    ///
    /// @param price positive and finite; others are passed over
    public void on(long nowNanos, double price) {
        if (!(price > 0 && price < Double.POSITIVE_INFINITY)) {
            return;
        }
        if (!begun) {
            begun = true;
            last = price;
            lastNanos = nowNanos;
            return;
        }
        long steps = (nowNanos - lastNanos) / stepNanos;
        if (steps < 1) {
            return;
        }
        double move = 1e4 * Math.log(price / last);
        double left = Math.pow(perStep, (double) steps);
        // One square for all steps of a silence: its mean a step, with the weight of all of them.
        squares = squares * left + move * move / steps * (1 - left);
        weight = weight * left + (1 - left);
        last = price;
        lastNanos += steps * stepNanos;
    }

    /// Basis points for a root second; NaN before the first step.
    public double volatility() {
        return weight > 0 ? Math.sqrt(squares / weight / (stepNanos * 1e-9)) : Double.NaN;
    }

    /// The share of the weight that is filled, 0..1: 1/2 after a half-life.
    public double filled() {
        return weight;
    }

    /// Mixes everything that decides into a hash.
    public long hash(long before) {
        long hash = before * 31 + lastNanos;
        hash = hash * 31 + Double.doubleToRawLongBits(squares);
        hash = hash * 31 + Double.doubleToRawLongBits(weight);
        return hash * 31 + Double.doubleToRawLongBits(last);
    }
}
