package dev.tranche.inference.format.onnx;

import java.util.Arrays;
import java.util.List;

/// Reads the table of `TreeEnsemble` of `ai.onnx.ml` 5
/// (onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html). Its leaves stand in lists of their own; here they
/// come behind the other nodes.
final class NewerTrees {
    private static final List<String> KNOWN = List.of(
            "aggregate_function",
            "leaf_targetids",
            "leaf_weights",
            "membership_values",
            "n_targets",
            "nodes_falseleafs",
            "nodes_falsenodeids",
            "nodes_featureids",
            "nodes_hitrates",
            "nodes_missing_value_tracks_true",
            "nodes_modes",
            "nodes_splits",
            "nodes_trueleafs",
            "nodes_truenodeids",
            "post_transform",
            "tree_roots");

    private NewerTrees() {}

    static TreeTable read(OnnxNode node, ElementType precision, int targets) {
        TreeTable.only(node, KNOWN);
        long[] feature = node.wholes("nodes_featureids");
        long[] yes = node.wholes("nodes_truenodeids");
        long[] no = node.wholes("nodes_falsenodeids");
        long[] yesLeaf = node.wholes("nodes_trueleafs");
        long[] noLeaf = node.wholes("nodes_falseleafs");
        long[] tracks = node.wholes("nodes_missing_value_tracks_true");
        long[] modes = tensor(node, "nodes_modes", ElementType.UINT8).wholes();
        double[] splits = tensor(node, "nodes_splits", precision).reals();
        long[] target = node.wholes("leaf_targetids");
        double[] weights = tensor(node, "leaf_weights", precision).reals();
        int size = feature.length;
        TreeTable.sameLength(
                "the lists of nodes",
                size,
                yes.length,
                no.length,
                yesLeaf.length,
                noLeaf.length,
                modes.length,
                splits.length);
        if (tracks.length != 0) {
            TreeTable.sameLength("the lists of nodes", size, tracks.length);
        }
        TreeTable.sameLength("the lists of leaves", target.length, weights.length);
        int leaves = target.length;
        TreeTable table = new TreeTable(Math.addExact(size, leaves));
        for (int i = 0; i < size; i++) {
            table.mode[i] = Mode.numbered(modes[i]);
            table.feature[i] = TreeTable.index(feature[i], Integer.MAX_VALUE, "a feature");
            table.threshold[i] = splits[i];
            table.missingYes[i] = tracks.length > 0 && tracks[i] == 1;
            table.yes[i] = child(yes[i], yesLeaf[i], size, leaves);
            table.no[i] = child(no[i], noLeaf[i], size, leaves);
        }
        for (int i = 0; i < leaves; i++) {
            table.weigh(size + i, new TreeTable.Weight(TreeTable.index(target[i], targets, "a target"), weights[i]));
        }
        long[] roots = node.wholes("tree_roots");
        table.roots = new int[roots.length];
        Arrays.setAll(table.roots, tree -> {
            int root = TreeTable.index(roots[tree], size, "a root");
            if (table.yes[root] != table.no[root]) {
                return root;
            }
            // A tree of one leaf is written as a split both of whose sides are that leaf. ONNX Runtime 1.29 takes
            // the leaf with the number of the split instead.
            if (table.yes[root] != size + root) {
                throw Unproven.because("tree " + tree + " is one leaf of another number than its root");
            }
            return table.yes[root];
        });
        return table;
    }

    private static int child(long id, long leaf, int size, int leaves) {
        return leaf != 0 ? size + TreeTable.index(id, leaves, "a leaf") : TreeTable.index(id, size, "a node");
    }

    private static OnnxTensor tensor(OnnxNode node, String attribute, ElementType type) {
        OnnxTensor tensor = node.tensor(attribute);
        if (tensor == null || tensor.type() != type) {
            throw Unproven.because(attribute + " is no tensor of type " + type);
        }
        return tensor;
    }
}
