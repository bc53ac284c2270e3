package dev.tranche.inference.tree;

/// Sums over the slots of [Forest#LANES] trees, in the order of the trees: floating-point sums depend on it,
/// and it is the trainer's. Small enough to be inlined where it is used.
final class Lanes {
    private Lanes() {}

    static float add(float sum, float[] values, int[] slots) {
        float total = sum + values[slots[0]];
        total += values[slots[1]];
        total += values[slots[2]];
        total += values[slots[3]];
        total += values[slots[4]];
        total += values[slots[5]];
        total += values[slots[6]];
        return total + values[slots[7]];
    }

    static double add(double sum, double[] values, int[] slots) {
        double total = sum + values[slots[0]];
        total += values[slots[1]];
        total += values[slots[2]];
        total += values[slots[3]];
        total += values[slots[4]];
        total += values[slots[5]];
        total += values[slots[6]];
        return total + values[slots[7]];
    }
}
