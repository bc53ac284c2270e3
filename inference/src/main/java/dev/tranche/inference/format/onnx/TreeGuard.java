package dev.tranche.inference.format.onnx;

import dev.tranche.inference.ArtifactException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Refuses trees on which ONNX Runtime itself would break down: it builds them by recursion, so that one deep
/// enough ends the process (seen at 3,000 levels in a thread of 1 MiB), and it walks a circle for ever. For
/// one thread.
final class TreeGuard {
    /// The most splits on a path: a sixth of what was seen to be too much, and more than any trainer grows.
    static final int DEEPEST = 500;

    private static final byte OPEN = 1;
    private static final byte DONE = 2;

    private final int[] yes;
    private final int[] no;
    private final byte[] state;
    private final int[] height;

    private TreeGuard(int[] yes, int[] no) {
        this.yes = yes;
        this.no = no;
        state = new byte[yes.length];
        height = new int[yes.length];
    }

    static boolean concerns(OnnxNode node) {
        return node.domain().equals("ai.onnx.ml") && node.operator().startsWith("TreeEnsemble");
    }

    /// @throws ArtifactException `model_tree_broken`
    static void check(OnnxNode node) {
        TreeGuard guard = node.operator().equals("TreeEnsemble") ? newer(node) : older(node);
        for (int root = 0; root < guard.state.length; root++) {
            guard.walk(root);
        }
    }

    private static TreeGuard older(OnnxNode node) {
        long[] tree = node.wholes("nodes_treeids");
        long[] id = node.wholes("nodes_nodeids");
        long[] yes = node.wholes("nodes_truenodeids");
        long[] no = node.wholes("nodes_falsenodeids");
        List<String> modes = node.texts("nodes_modes");
        int size = Math.min(Math.min(tree.length, id.length), Math.min(yes.length, no.length));
        Map<Long, Map<Long, Integer>> places = new HashMap<>();
        for (int i = 0; i < size; i++) {
            places.computeIfAbsent(tree[i], t -> new HashMap<>()).put(id[i], i);
        }
        int[] yesPlace = new int[size];
        int[] noPlace = new int[size];
        for (int i = 0; i < size; i++) {
            boolean leaf = i < modes.size() && modes.get(i).equals("LEAF");
            Map<Long, Integer> own = places.getOrDefault(tree[i], Map.of());
            yesPlace[i] = leaf ? -1 : own.getOrDefault(yes[i], -1);
            noPlace[i] = leaf ? -1 : own.getOrDefault(no[i], -1);
        }
        return new TreeGuard(yesPlace, noPlace);
    }

    private static TreeGuard newer(OnnxNode node) {
        return new TreeGuard(
                places(node.wholes("nodes_truenodeids"), node.wholes("nodes_trueleafs")),
                places(node.wholes("nodes_falsenodeids"), node.wholes("nodes_falseleafs")));
    }

    private static int[] places(long[] ids, long[] leafs) {
        int[] places = new int[ids.length];
        Arrays.setAll(
                places,
                i -> (i < leafs.length && leafs[i] != 0) || ids[i] < 0 || ids[i] >= ids.length ? -1 : (int) ids[i]);
        return places;
    }

    /// Measures every node below a root, without recursion.
    private void walk(int root) {
        int[] stack = new int[16];
        int size = 0;
        stack[size++] = root;
        while (size > 0) {
            int node = stack[size - 1];
            if (state[node] == DONE) {
                size--;
                continue;
            }
            boolean back = state[node] == OPEN;
            state[node] = back ? DONE : OPEN;
            height[node] = 0;
            for (int child : new int[] {yes[node], node < no.length ? no[node] : -1}) {
                if (child < 0 || child >= state.length) {
                    continue;
                }
                if (back) {
                    height[node] = Math.max(height[node], height[child] + 1);
                } else if (state[child] == OPEN) {
                    throw broken("leads in a circle", child);
                } else if (state[child] != DONE) {
                    if (size + 1 >= stack.length) {
                        stack = Arrays.copyOf(stack, stack.length * 2);
                    }
                    stack[size++] = child;
                }
            }
            if (height[node] > DEEPEST) {
                throw broken("has more than " + DEEPEST + " splits on a path below", node);
            }
        }
    }

    private static ArtifactException broken(String what, int node) {
        return ArtifactException.of(
                "model_tree_broken",
                "a tree " + what + " node " + node + " of its list, which ONNX Runtime does not survive");
    }
}
