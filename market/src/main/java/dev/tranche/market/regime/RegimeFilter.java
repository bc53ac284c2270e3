package dev.tranche.market.regime;

/// Which regime holds now: the forward filter of a model, one observation at a time. It uses only what was
/// seen so far, so that nothing that comes later changes what it said. O(states squared) an observation. One
/// writer.
public final class RegimeFilter {
    private final double[] start;
    private final double[][] move;
    private final Normals[] normals;
    private final int dimensions;
    private final double[] seen;
    private double[] state;
    private boolean begun;

    private RegimeFilter(GaussianHmm model) {
        this.start = model.logStart();
        this.move = model.logMove();
        this.normals = model.normals();
        this.dimensions = model.dimensions();
        this.seen = new double[normals.length];
        this.state = start.clone();
    }

    /// A filter that has seen nothing.
    public static RegimeFilter of(GaussianHmm model) {
        return new RegimeFilter(model);
    }

    /// Takes the next observation.
    ///
    /// @return the log-likelihood of it, given those before
    /// @throws IllegalArgumentException when it has another number of dimensions or is not finite; the filter
    ///     is as before
    public double on(double... observation) {
        if (observation.length != dimensions) {
            throw new IllegalArgumentException(
                    "an observation has " + dimensions + " dimensions: " + observation.length);
        }
        for (double each : observation) {
            if (!(Math.abs(each) < Double.MAX_VALUE)) {
                throw new IllegalArgumentException("an observation must be finite: " + each);
            }
        }
        if (begun) {
            state = HiddenChain.predict(state, move);
        }
        begun = true;
        for (int i = 0; i < normals.length; i++) {
            seen[i] = normals[i].logDensity(observation);
        }
        return HiddenChain.update(state, seen);
    }

    /// Probability of each state now.
    public double[] probabilities() {
        double[] probabilities = new double[state.length];
        for (int i = 0; i < state.length; i++) {
            probabilities[i] = Math.exp(state[i]);
        }
        return probabilities;
    }

    /// Forgets everything, as after a gap in the data.
    public void reset() {
        state = start.clone();
        begun = false;
    }
}
