package dev.tranche.inference.format.onnx;

import java.util.Arrays;
import java.util.List;

/// The nodes of an operator's trees in one table, whichever of the operators they come from. A node is its
/// place in the table; a leaf has weights, each for one target.
///
/// Filled by one reader, in one thread, then only read.
final class TreeTable {
    /// One thing a leaf adds: to which sum, and what.
    record Weight(int target, double value) {}

    final Mode[] mode;
    final int[] feature;
    final double[] threshold;
    final boolean[] missingYes;
    final int[] yes;
    final int[] no;
    final Weight[][] weights;
    int[] roots = {};

    private static final Weight[] NOTHING = {};

    TreeTable(int size) {
        mode = new Mode[size];
        feature = new int[size];
        threshold = new double[size];
        missingYes = new boolean[size];
        yes = new int[size];
        no = new int[size];
        weights = new Weight[size][];
        Arrays.fill(mode, Mode.LEAF);
        Arrays.fill(weights, NOTHING);
    }

    int size() {
        return mode.length;
    }

    /// Adds a weight to a leaf, behind those it has.
    void weigh(int leaf, Weight weight) {
        Weight[] before = weights[leaf];
        weights[leaf] = Arrays.copyOf(before, before.length + 1);
        weights[leaf][before.length] = weight;
    }

    /// A whole number of the file as an index.
    static int index(long value, int limit, String what) {
        if (value < 0 || value >= limit) {
            throw Unproven.because(what + " must be within 0.." + (limit - 1) + ": " + value);
        }
        return (int) value;
    }

    /// Refuses lists of different lengths.
    static void sameLength(String what, int expected, int... lengths) {
        for (int length : lengths) {
            if (length != expected) {
                throw Unproven.because(what + " have different lengths: " + expected + " and " + length);
            }
        }
    }

    /// Refuses attributes whose meaning is not known here.
    static void only(OnnxNode node, List<String> known) {
        for (String attribute : node.attributes().keySet()) {
            if (!known.contains(attribute)) {
                throw Unproven.because("the operator has the attribute " + attribute);
            }
        }
    }

    /// The values of an attribute that is there as a list of floats or, for doubles, as a tensor.
    static double[] reals(OnnxNode node, String attribute, ElementType precision) {
        OnnxTensor tensor = node.tensor(attribute + "_as_tensor");
        if (tensor == null) {
            return node.reals(attribute);
        }
        if (tensor.type() != precision || node.reals(attribute).length > 0) {
            throw Unproven.because(
                    attribute + "_as_tensor is of type " + tensor.type() + ", the input of " + precision);
        }
        return tensor.reals();
    }
}
