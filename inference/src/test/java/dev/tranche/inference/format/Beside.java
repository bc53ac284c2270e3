package dev.tranche.inference.format;

import dev.tranche.inference.Model;
import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeModel;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Rows on which implementations differ: a value exactly on a threshold of the model, or the nearest number
/// beside it.
final class Beside {
    private static final int PLACES = 400;

    private Beside() {}

    /// Rows made from `bases` by putting one value on or beside a threshold.
    static List<double[]> thresholds(Model model, List<double[]> bases) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        List<double[]> rows = new ArrayList<>(bases);
        if (!(model instanceof TreeModel trees)) {
            return rows;
        }
        for (int i = 0; i < PLACES && model.trees() > 0; i++) {
            Tree tree = trees.ensemble().trees().get(random.nextInt(model.trees()));
            int node = random.nextInt(tree.size());
            if (tree.isLeaf(node) || tree.rule(node).categorical()) {
                continue;
            }
            for (double value : around(tree.rule(node), tree.threshold(node))) {
                double[] row = bases.get(random.nextInt(bases.size())).clone();
                row[tree.feature(node)] = value;
                rows.add(row);
            }
        }
        return rows;
    }

    private static double[] around(Rule rule, double threshold) {
        if (rule == Rule.LESS) {
            float t = (float) threshold;
            return new double[] {t, Math.nextUp(t), Math.nextDown(t)};
        }
        return new double[] {threshold, Math.nextUp(threshold), Math.nextDown(threshold), (float) threshold};
    }
}
