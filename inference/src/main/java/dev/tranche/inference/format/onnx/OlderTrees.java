package dev.tranche.inference.format.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the table of `TreeEnsembleRegressor` and `TreeEnsembleClassifier` of `ai.onnx.ml` 1 to 4
/// (onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html).
final class OlderTrees {
    private static final List<String> NODES = List.of(
            "aggregate_function",
            "base_values",
            "base_values_as_tensor",
            "nodes_falsenodeids",
            "nodes_featureids",
            "nodes_hitrates",
            "nodes_hitrates_as_tensor",
            "nodes_missing_value_tracks_true",
            "nodes_modes",
            "nodes_nodeids",
            "nodes_treeids",
            "nodes_truenodeids",
            "nodes_values",
            "nodes_values_as_tensor",
            "post_transform");

    private final OnnxNode node;
    private final ElementType precision;
    private final Map<Long, Map<Long, Integer>> places = new HashMap<>();

    private OlderTrees(OnnxNode node, ElementType precision) {
        this.node = node;
        this.precision = precision;
    }

    /// @param prefix `target` or `class`
    static TreeTable read(OnnxNode node, ElementType precision, String prefix, int targets) {
        List<String> known = new java.util.ArrayList<>(NODES);
        for (String suffix : List.of("ids", "nodeids", "treeids", "weights", "weights_as_tensor")) {
            known.add(prefix + "_" + suffix);
        }
        known.addAll(
                prefix.equals("class") ? List.of("classlabels_int64s", "classlabels_strings") : List.of("n_targets"));
        TreeTable.only(node, known);
        OlderTrees trees = new OlderTrees(node, precision);
        TreeTable table = trees.nodes();
        trees.leaves(table, prefix, targets);
        return table;
    }

    private TreeTable nodes() {
        long[] tree = node.wholes("nodes_treeids");
        long[] id = node.wholes("nodes_nodeids");
        long[] feature = node.wholes("nodes_featureids");
        long[] yes = node.wholes("nodes_truenodeids");
        long[] no = node.wholes("nodes_falsenodeids");
        List<String> modes = node.texts("nodes_modes");
        double[] values = TreeTable.reals(node, "nodes_values", precision);
        long[] tracks = node.wholes("nodes_missing_value_tracks_true");
        int size = tree.length;
        TreeTable.sameLength(
                "the lists of nodes",
                size,
                id.length,
                feature.length,
                yes.length,
                no.length,
                modes.size(),
                values.length);
        if (tracks.length != 0) {
            TreeTable.sameLength("the lists of nodes", size, tracks.length);
        }
        Longs roots = new Longs();
        for (int i = 0; i < size; i++) {
            if (i == 0 || tree[i] != tree[i - 1]) {
                roots.add(i);
                if (places.put(tree[i], new HashMap<>()) != null) {
                    throw Unproven.because("the nodes of tree " + tree[i] + " do not stand together");
                }
            }
            if (places.getOrDefault(tree[i], new HashMap<>()).put(id[i], i) != null) {
                throw Unproven.because("node " + id[i] + " of tree " + tree[i] + " is there twice");
            }
        }
        TreeTable table = new TreeTable(size);
        table.roots = java.util.stream.LongStream.of(roots.toArray())
                .mapToInt(root -> (int) root)
                .toArray();
        for (int i = 0; i < size; i++) {
            table.mode[i] = Mode.parse(modes.get(i));
            if (table.mode[i] != Mode.LEAF) {
                table.feature[i] = TreeTable.index(feature[i], Integer.MAX_VALUE, "a feature");
                table.threshold[i] = values[i];
                table.missingYes[i] = tracks.length > 0 && tracks[i] == 1;
                table.yes[i] = place(tree[i], yes[i]);
                table.no[i] = place(tree[i], no[i]);
            }
        }
        return table;
    }

    private void leaves(TreeTable table, String prefix, int targets) {
        long[] tree = node.wholes(prefix + "_treeids");
        long[] id = node.wholes(prefix + "_nodeids");
        long[] target = node.wholes(prefix + "_ids");
        double[] weights = TreeTable.reals(node, prefix + "_weights", precision);
        TreeTable.sameLength("the lists of leaves", tree.length, id.length, target.length, weights.length);
        for (int i = 0; i < tree.length; i++) {
            int place = place(tree[i], id[i]);
            if (table.mode[place] != Mode.LEAF) {
                throw Unproven.because("node " + id[i] + " of tree " + tree[i] + " has a weight but is no leaf");
            }
            table.weigh(
                    place, new TreeTable.Weight(TreeTable.index(target[i], targets, "a target or class"), weights[i]));
        }
    }

    private int place(long tree, long id) {
        Integer place = places.getOrDefault(tree, Map.of()).get(id);
        if (place == null) {
            throw Unproven.because("tree " + tree + " has no node " + id);
        }
        return place;
    }
}
