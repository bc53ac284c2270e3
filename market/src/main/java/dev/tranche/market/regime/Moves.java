package dev.tranche.market.regime;

import java.util.Arrays;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/// The start and the moves that are most likely, given how often each was expected. With a free start they
/// are shares. When the start is the long-run distribution of the moves, the two are tied, and the moves are
/// searched in their logarithmic odds.
final class Moves {
    private static final double LEAST = 1e-12;
    private static final int MOST_EVALUATIONS = 100_000;
    private static final int SQUARINGS = 60;

    private final double[] start;
    private final double[][] move;

    private Moves(double[] start, double[][] move) {
        this.start = start;
        this.move = move;
    }

    /// Probability of each state before the first observation.
    double[] start() {
        return start;
    }

    /// Probability of moving from a state (row) to another.
    double[][] move() {
        return move;
    }

    /// @param counts expected moves from a state (row) to another
    /// @param first probability of each state at the first observation
    static Moves best(double[][] counts, double[] first, boolean stationary) {
        int states = first.length;
        double[][] move = new double[states][states];
        for (int i = 0; i < states; i++) {
            double total = Arrays.stream(counts[i]).sum();
            for (int j = 0; j < states; j++) {
                move[i][j] = total > 0 ? counts[i][j] / total : 1.0 / states;
            }
        }
        if (!stationary || states == 1) {
            return new Moves(shares(first), move);
        }
        double[] odds = new double[states * (states - 1)];
        double[] steps = new double[odds.length];
        Arrays.fill(steps, 0.05);
        for (int i = 0, at = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                if (i != j) {
                    odds[at++] = Math.log(Math.max(LEAST, move[i][j]) / Math.max(LEAST, move[i][i]));
                }
            }
        }
        double[] best = new SimplexOptimizer(new SimpleValueChecker(1e-15, 1e-13))
                .optimize(
                        new MaxEval(MOST_EVALUATIONS),
                        new ObjectiveFunction(point -> value(of(point, states), counts, first)),
                        GoalType.MAXIMIZE,
                        new InitialGuess(odds),
                        new NelderMeadSimplex(steps))
                .getPoint();
        return value(of(best, states), counts, first) > value(of(odds, states), counts, first)
                ? of(best, states)
                : of(odds, states);
    }

    private static double value(Moves moves, double[][] counts, double[] first) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += first[i] * Math.log(Math.max(Double.MIN_NORMAL, moves.start[i]));
            for (int j = 0; j < first.length; j++) {
                sum += counts[i][j] * Math.log(Math.max(Double.MIN_NORMAL, moves.move[i][j]));
            }
        }
        return sum;
    }

    private static Moves of(double[] odds, int states) {
        double[][] move = new double[states][states];
        for (int i = 0, at = 0; i < states; i++) {
            for (int j = 0; j < states; j++) {
                move[i][j] = i == j ? 1 : Math.exp(Math.clamp(odds[at++], -300, 300));
            }
            move[i] = shares(move[i]);
        }
        return new Moves(longRun(move), move);
    }

    /// Where the chain is after very many moves: the matrix squared again and again.
    static double[] longRun(double[][] move) {
        double[][] power = move;
        for (int squaring = 0; squaring < SQUARINGS; squaring++) {
            double[][] next = new double[power.length][power.length];
            for (int i = 0; i < power.length; i++) {
                for (int j = 0; j < power.length; j++) {
                    for (int k = 0; k < power.length; k++) {
                        next[i][j] += power[i][k] * power[k][j];
                    }
                }
                next[i] = shares(next[i]);
            }
            power = next;
        }
        return power[0];
    }

    private static double[] shares(double[] weights) {
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / total).toArray();
    }
}
