package dev.tranche.inference.explain;

import dev.tranche.inference.Precision;
import dev.tranche.inference.link.DoubleLink;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.RandomForests;
import dev.tranche.inference.tree.Tree;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Ensembles over the inputs of [RandomForests], and Shapley values counted out by their definition.
final class Ensembles {
    static final int INPUTS = RandomForests.FEATURES;

    private Ensembles() {}

    static Ensemble of(List<Tree> trees, int divisor) {
        return of(trees, Collections.nCopies(trees.size(), 0), List.of(0.5), divisor);
    }

    static Ensemble of(List<Tree> trees, List<Integer> groups, List<Double> start) {
        return of(trees, groups, start, 1);
    }

    private static Ensemble of(List<Tree> trees, List<Integer> groups, List<Double> start, int divisor) {
        return new Ensemble(
                Precision.DOUBLE,
                IntStream.range(0, INPUTS).mapToObj(i -> "x" + i).toList(),
                trees,
                groups,
                start,
                divisor,
                new DoubleLink.Identity(),
                Collections.nCopies(INPUTS, List.of()));
    }

    static double sum(List<Tree> trees, ToDoubleFunction<Tree> value) {
        return trees.stream().mapToDouble(value).sum();
    }

    /// For each input the weighted mean of what knowing it adds, over every subset of the others.
    ///
    /// @param game the value of a set of known inputs, given as bits
    static double[] counted(IntToDoubleFunction game) {
        double[] counted = new double[INPUTS];
        for (int input = 0; input < INPUTS; input++) {
            for (int known = 0; known < 1 << INPUTS; known++) {
                if ((known & 1 << input) == 0) {
                    int size = Integer.bitCount(known);
                    double weight = factorial(size) * factorial(INPUTS - size - 1) / factorial(INPUTS);
                    counted[input] += weight * (game.applyAsDouble(known | 1 << input) - game.applyAsDouble(known));
                }
            }
        }
        return counted;
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }
}
