package dev.tranche.market.regime;

/// The regime that is acted on, which does not flutter with the probabilities: another one takes over when,
/// for `persistence` observations in a row, it was the most likely, at least as likely as `confidence`, and
/// ahead of the one in force by `hysteresis`. One writer.
public final class RegimeSwitch {
    /// When to change over.
    ///
    /// @param persistence observations in a row, at least 1
    /// @param confidence least probability of the new regime, 0..1
    /// @param hysteresis least lead over the old one, 0..1
    public record Terms(int persistence, double confidence, double hysteresis) {
        /// The values of seed 002's detector.
        public static final Terms SEED = new Terms(3, 0.55, 0.10);

        public Terms {
            if (persistence < 1) {
                throw new IllegalArgumentException("persistence must be at least 1: " + persistence);
            }
            if (!(confidence >= 0 && confidence <= 1 && hysteresis >= 0 && hysteresis <= 1)) {
                throw new IllegalArgumentException(
                        "confidence and hysteresis must be within 0..1: " + confidence + ", " + hysteresis);
            }
        }
    }

    private final Terms terms;
    private int current;
    private int candidate;
    private int times;

    private RegimeSwitch(Terms terms, int current) {
        this.terms = terms;
        this.current = current;
        this.candidate = current;
    }

    /// A switch with a regime in force.
    public static RegimeSwitch of(Terms terms, int current) {
        return new RegimeSwitch(terms, current);
    }

    /// Takes the next probabilities.
    ///
    /// @return the regime in force after them
    public int on(double[] probabilities) {
        int most = 0;
        for (int i = 1; i < probabilities.length; i++) {
            most = probabilities[i] > probabilities[most] ? i : most;
        }
        boolean ahead = most != current
                && probabilities[most] >= terms.confidence()
                && probabilities[most] - probabilities[current] >= terms.hysteresis();
        if (!ahead) {
            times = 0;
        } else {
            times = most == candidate ? times + 1 : 1;
            candidate = most;
            if (times >= terms.persistence()) {
                current = most;
                times = 0;
            }
        }
        return current;
    }

    /// The regime in force.
    public int current() {
        return current;
    }
}
