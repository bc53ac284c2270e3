package dev.tranche.market.regime;

/// The sums over all paths of a hidden Markov chain, in logarithms so that a long series does not underflow
/// (L. Rabiner, "A tutorial on hidden Markov models", Proceedings of the IEEE 77, 1989). It knows of an
/// observation only how likely each state makes it. Pure functions.
///
/// Arrays: `start[i]` and `move[i][j]` are logarithms of probabilities, `seen[t][i]` the log-density of
/// observation `t` in state `i`.
final class HiddenChain {
    private HiddenChain() {}

    /// What smoothing finds.
    static final class Smoothed {
        private final double logLikelihood;
        private final double[][] state;
        private final double[][] moves;

        private Smoothed(double logLikelihood, double[][] state, double[][] moves) {
            this.logLikelihood = logLikelihood;
            this.state = state;
            this.moves = moves;
        }

        /// Of the whole series.
        double logLikelihood() {
            return logLikelihood;
        }

        /// Probability of each state at each time, all observations known.
        double[][] state() {
            return state;
        }

        /// Expected number of moves from a state (row) to another.
        double[][] moves() {
            return moves;
        }
    }

    /// One step of the forward filter: `filtered`, the log-probabilities of the states before an
    /// observation, becomes those after it, and the log-likelihood of the observation is returned.
    static double update(double[] filtered, double[] seen) {
        for (int i = 0; i < filtered.length; i++) {
            filtered[i] += seen[i];
        }
        double total = logSum(filtered);
        for (int i = 0; i < filtered.length; i++) {
            filtered[i] -= total;
        }
        return total;
    }

    /// The log-probabilities of the states one move later.
    static double[] predict(double[] filtered, double[][] move) {
        int states = filtered.length;
        double[] next = new double[states];
        double[] from = new double[states];
        for (int j = 0; j < states; j++) {
            for (int i = 0; i < states; i++) {
                from[i] = filtered[i] + move[i][j];
            }
            next[j] = logSum(from);
        }
        return next;
    }

    /// Log-probability of each state at each time by what was seen up to then.
    ///
    /// @param out filled with them
    /// @return the log-likelihood of the whole series
    static double filter(double[] start, double[][] move, double[][] seen, double[][] out) {
        double sum = 0;
        double[] state = start.clone();
        for (int t = 0; t < seen.length; t++) {
            if (t > 0) {
                state = predict(state, move);
            }
            sum += update(state, seen[t]);
            out[t] = state.clone();
        }
        return sum;
    }

    /// Probabilities of states and moves with all observations known.
    static Smoothed smooth(double[] start, double[][] move, double[][] seen) {
        int states = start.length;
        double[][] filtered = new double[seen.length][];
        double likelihood = filter(start, move, seen, filtered);
        double[][] state = new double[seen.length][states];
        double[][] moves = new double[states][states];
        double[] after = new double[states];
        for (int i = 0; i < states; i++) {
            state[seen.length - 1][i] = Math.exp(filtered[seen.length - 1][i]);
        }
        double[] branch = new double[states];
        double[][] joint = new double[states][states];
        for (int t = seen.length - 2; t >= 0; t--) {
            double[] before = new double[states];
            double total = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < states; i++) {
                for (int j = 0; j < states; j++) {
                    branch[j] = move[i][j] + seen[t + 1][j] + after[j];
                    joint[i][j] = filtered[t][i] + branch[j];
                }
                before[i] = logSum(branch);
                total = logSum(total, filtered[t][i] + before[i]);
            }
            for (int i = 0; i < states; i++) {
                state[t][i] = Math.exp(filtered[t][i] + before[i] - total);
                for (int j = 0; j < states; j++) {
                    moves[i][j] += Math.exp(joint[i][j] - total);
                }
                // Kept near nought: only ratios between states matter.
                after[i] = before[i] - total;
            }
        }
        return new Smoothed(likelihood, state, moves);
    }

    /// The single most likely path (A. Viterbi, IEEE Transactions on Information Theory 13, 1967), for
    /// looking back.
    static int[] path(double[] start, double[][] move, double[][] seen) {
        int states = start.length;
        int[][] from = new int[seen.length][states];
        double[] best = new double[states];
        for (int t = 0; t < seen.length; t++) {
            double[] next = new double[states];
            for (int j = 0; j < states; j++) {
                double most = t == 0 ? start[j] : Double.NEGATIVE_INFINITY;
                for (int i = 0; t > 0 && i < states; i++) {
                    if (best[i] + move[i][j] > most) {
                        most = best[i] + move[i][j];
                        from[t][j] = i;
                    }
                }
                next[j] = most + seen[t][j];
            }
            best = next;
        }
        int[] path = new int[seen.length];
        for (int i = 1; i < states; i++) {
            path[seen.length - 1] = best[i] > best[path[seen.length - 1]] ? i : path[seen.length - 1];
        }
        for (int t = seen.length - 1; t > 0; t--) {
            path[t - 1] = from[t][path[t]];
        }
        return path;
    }

    /// The logarithm of the sum of exponentials.
    static double logSum(double[] logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double each : logs) {
            most = Math.max(most, each);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (double each : logs) {
            sum += Math.exp(each - most);
        }
        return most + Math.log(sum);
    }

    private static double logSum(double one, double other) {
        double most = Math.max(one, other);
        return most == Double.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(one, other) - most));
    }
}
