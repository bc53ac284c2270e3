package dev.tranche.inference.format.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random trees in the words of ONNX, and rows that sit exactly on and right beside their thresholds.
final class Grown {
    static final int FEATURES = 5;
    private static final double[] UNUSUAL = {
        0.0, -0.0, 1, -1, 0.5, 3, 2.7, -0.5, 1e-36, -1e-36, 16777216, 1e30, Float.MIN_VALUE, -Float.MIN_VALUE, 0.1
    };

    /// A node: a leaf when its mode is `LEAF`. Children are places in the tree.
    static final class Node {
        String mode = "LEAF";
        int feature;
        double threshold;
        boolean missingYes;
        int yes;
        int no;
    }

    final List<List<Node>> trees = new ArrayList<>();
    private final RandomGenerator random;
    private final List<String> modes;
    private final boolean narrow;

    /// @param narrow whether thresholds are floats
    Grown(RandomGenerator random, int count, int depth, List<String> modes, boolean narrow) {
        this.random = random;
        this.modes = modes;
        this.narrow = narrow;
        for (int tree = 0; tree < count; tree++) {
            List<Node> nodes = new ArrayList<>();
            grow(nodes, random.nextInt(depth + 1));
            trees.add(nodes);
        }
    }

    private int grow(List<Node> nodes, int depth) {
        Node node = new Node();
        int place = nodes.size();
        nodes.add(node);
        if (depth > 0) {
            node.mode = modes.get(random.nextInt(modes.size()));
            node.feature = random.nextInt(FEATURES);
            node.threshold = value();
            node.missingYes = random.nextInt(3) == 0;
            node.no = grow(nodes, depth - 1);
            node.yes = grow(nodes, random.nextBoolean() ? depth - 1 : 0);
        }
        return place;
    }

    private double value() {
        double value =
                random.nextInt(3) > 0 ? UNUSUAL[random.nextInt(UNUSUAL.length)] : Math.scalb(random.nextGaussian(), 2);
        return narrow ? (float) value : value;
    }

    /// Every threshold and its neighbours, missing, infinite, and values from nowhere.
    double[] row(boolean wide) {
        double[] row = new double[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            row[i] = switch (random.nextInt(8)) {
                case 0 -> Double.NaN;
                case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
                case 2 -> Math.scalb(random.nextGaussian(), 2);
                default -> beside(i, wide);
            };
        }
        return row;
    }

    private double beside(int feature, boolean wide) {
        List<Double> asked = trees.stream()
                .flatMap(List::stream)
                .filter(node -> !node.mode.equals("LEAF") && node.feature == feature)
                .map(node -> node.threshold)
                .toList();
        if (asked.isEmpty()) {
            return 0;
        }
        double threshold = asked.get(random.nextInt(asked.size()));
        return switch (random.nextInt(3)) {
            case 0 -> threshold;
            case 1 -> wide ? Math.nextUp(threshold) : Math.nextUp((float) threshold);
            default -> wide ? Math.nextDown(threshold) : Math.nextDown((float) threshold);
        };
    }

    private List<Node> all() {
        return trees.stream().flatMap(List::stream).toList();
    }

    /// The attributes of the nodes in the words of versions 1 and 3.
    NodeWriter older(NodeWriter node, boolean asTensor) {
        Longs tree = new Longs();
        Longs id = new Longs();
        for (int t = 0; t < trees.size(); t++) {
            for (int i = 0; i < trees.get(t).size(); i++) {
                tree.add(t);
                id.add(i);
            }
        }
        List<Node> all = all();
        double[] values = all.stream().mapToDouble(n -> n.threshold).toArray();
        node.wholes("nodes_treeids", tree.toArray())
                .wholes("nodes_nodeids", id.toArray())
                .wholes(
                        "nodes_featureids",
                        all.stream().mapToLong(n -> n.feature).toArray())
                .wholes("nodes_truenodeids", all.stream().mapToLong(n -> n.yes).toArray())
                .wholes("nodes_falsenodeids", all.stream().mapToLong(n -> n.no).toArray())
                .wholes(
                        "nodes_missing_value_tracks_true",
                        all.stream().mapToLong(n -> n.missingYes ? 1 : 0).toArray())
                .texts("nodes_modes", all.stream().map(n -> n.mode).toList());
        return reals(node, "nodes_values", values, asTensor);
    }

    /// A list of reals as floats, or as a tensor of doubles.
    static NodeWriter reals(NodeWriter node, String name, double[] values, boolean asTensor) {
        return asTensor
                ? node.tensor(
                        name + "_as_tensor",
                        NodeWriter.tensor(NodeWriter.DOUBLE, values.length, ProtoWriter.doubles(values)))
                : node.floats(name, floats(values));
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /// Which targets a leaf of a tree has weights for.
    interface Targets {
        long[] of(int tree);
    }

    /// Adds the leaves' weights.
    ///
    /// @param prefix `target` or `class`
    /// @param positive whether no weight is below zero
    NodeWriter weights(NodeWriter node, String prefix, Targets targets, boolean positive, boolean asTensor) {
        Longs tree = new Longs();
        Longs id = new Longs();
        Longs target = new Longs();
        Reals weight = new Reals();
        for (int t = 0; t < trees.size(); t++) {
            for (int i = 0; i < trees.get(t).size(); i++) {
                if (trees.get(t).get(i).mode.equals("LEAF")) {
                    for (long each : targets.of(t)) {
                        tree.add(t);
                        id.add(i);
                        target.add(each);
                        double value = random.nextGaussian() * (random.nextInt(9) == 0 ? 1e4 : 1);
                        weight.add(positive ? Math.abs(value) : value);
                    }
                }
            }
        }
        node.wholes(prefix + "_treeids", tree.toArray())
                .wholes(prefix + "_nodeids", id.toArray())
                .wholes(prefix + "_ids", target.toArray());
        return reals(node, prefix + "_weights", weight.toArray(), asTensor);
    }

    /// All attributes of the operator of version 5.
    NodeWriter newer(NodeWriter node, int targets, boolean doubles) {
        Longs roots = new Longs();
        Longs feature = new Longs();
        Longs yes = new Longs();
        Longs no = new Longs();
        Longs yesLeaf = new Longs();
        Longs noLeaf = new Longs();
        Longs tracks = new Longs();
        Longs target = new Longs();
        Longs modeNumbers = new Longs();
        Reals splits = new Reals();
        Reals weights = new Reals();
        List<String> numbers = List.of("BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ");
        long inner = 0;
        long leaves = 0;
        for (List<Node> tree : trees) {
            long[] place = new long[tree.size()];
            boolean single = tree.size() == 1;
            if (single && inner != leaves) {
                continue; // ONNX Runtime 1.29 mistakes the leaf
            }
            for (int i = 0; i < tree.size(); i++) {
                place[i] = tree.get(i).mode.equals("LEAF") ? leaves++ : inner++;
                if (tree.get(i).mode.equals("LEAF")) {
                    target.add(random.nextInt(targets));
                    weights.add(random.nextGaussian());
                }
            }
            roots.add(single ? inner++ : place[0]);
            for (int i = 0; i < tree.size(); i++) {
                Node each = tree.get(i);
                if (each.mode.equals("LEAF") && !single) {
                    continue;
                }
                feature.add(each.feature);
                modeNumbers.add(single ? 0 : numbers.indexOf(each.mode));
                splits.add(each.threshold);
                tracks.add(each.missingYes ? 1 : 0);
                yes.add(single ? place[0] : place[each.yes]);
                no.add(single ? place[0] : place[each.no]);
                yesLeaf.add(single || tree.get(each.yes).mode.equals("LEAF") ? 1 : 0);
                noLeaf.add(single || tree.get(each.no).mode.equals("LEAF") ? 1 : 0);
            }
        }
        byte[] modesRaw = new byte[modeNumbers.toArray().length];
        for (int i = 0; i < modesRaw.length; i++) {
            modesRaw[i] = (byte) modeNumbers.toArray()[i];
        }
        return node.whole("n_targets", targets)
                .wholes("tree_roots", roots.toArray())
                .wholes("nodes_featureids", feature.toArray())
                .wholes("nodes_truenodeids", yes.toArray())
                .wholes("nodes_falsenodeids", no.toArray())
                .wholes("nodes_trueleafs", yesLeaf.toArray())
                .wholes("nodes_falseleafs", noLeaf.toArray())
                .wholes("nodes_missing_value_tracks_true", tracks.toArray())
                .wholes("leaf_targetids", target.toArray())
                .tensor("nodes_modes", NodeWriter.tensor(NodeWriter.UINT8, modesRaw.length, modesRaw))
                .tensor("nodes_splits", reals(splits.toArray(), doubles))
                .tensor("leaf_weights", reals(weights.toArray(), doubles));
    }

    private static ProtoWriter reals(double[] values, boolean doubles) {
        return doubles
                ? NodeWriter.tensor(NodeWriter.DOUBLE, values.length, ProtoWriter.doubles(values))
                : NodeWriter.tensor(NodeWriter.FLOAT, values.length, ProtoWriter.floats(floats(values)));
    }
}
