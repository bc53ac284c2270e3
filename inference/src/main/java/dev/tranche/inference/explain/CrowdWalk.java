package dev.tranche.inference.explain;

import java.util.Arrays;

/// One row against a whole background: 64 comparisons in a machine word.
///
/// On the way to a leaf every input is *held* (the row satisfies its splits) or *lost* (it does not). For
/// each held input a bit tells which background rows satisfy it too; a background row that fails a lost input
/// can never lead to the leaf and leaves the crowd, and with an empty crowd the way ends. At the leaf, a
/// background row that fails `u` of the held inputs while `v` inputs are lost gives each of the former
/// `(u-1)! v! / (u+v)!` of the leaf's value and takes `u! (v-1)! / (u+v)!` of it from each of the latter;
/// rows with the same `u` are counted together. Measured by `tranche bench inference`. For one thread and one
/// row at a time.
final class CrowdWalk {
    private static final int FREE = -1;
    private static final int LOST = -2;

    private final PathTrees trees;
    private final Cuts cuts;
    private final Crowd crowd;
    private final int words;
    private final int[] places;
    private final double[] parts;

    /// By input: where it stands among the held, or that it is lost or free.
    private final int[] state;
    private final int[] held;
    /// By held input and word: the rows of the background that satisfy it too.
    private final long[] also;
    private final int[] lost;
    /// By depth and word: the rows of the background that can still lead to the leaf.
    private long[] alive;
    /// By number of failed inputs: the rows that fail so many, of the word at hand.
    private final long[] failing;
    private final double[][] choose;

    CrowdWalk(PathTrees trees, Cuts cuts, Crowd crowd, int inputs) {
        this.trees = trees;
        this.cuts = cuts;
        this.crowd = crowd;
        words = crowd.words();
        places = new int[cuts.scales()];
        parts = new double[inputs];
        state = new int[inputs];
        Arrays.fill(state, FREE);
        int most = Arrays.stream(trees.features).max().orElse(0) + 1;
        held = new int[most];
        also = new long[most * words];
        lost = new int[most];
        failing = new long[most + 1];
        alive = new long[8 * words];
        choose = binomials(most);
    }

    private static double[][] binomials(int most) {
        double[][] choose = new double[most + 1][];
        for (int n = 0; n <= most; n++) {
            choose[n] = new double[n + 1];
            choose[n][0] = 1;
            choose[n][n] = 1;
            for (int k = 1; k < n; k++) {
                choose[n][k] = choose[n - 1][k - 1] + choose[n - 1][k];
            }
        }
        return choose;
    }

    /// Looks at the row.
    void row(double[] row) {
        cuts.places(row, places);
    }

    /// Compares the row with the background by one tree.
    void add(int tree) {
        if (trees.start[tree] < trees.start[tree + 1]) {
            for (int w = 0; w < words; w++) {
                alive[w] = crowd.all(w);
            }
            walk(trees.start[tree], 0, 0, 0);
        }
    }

    /// What all trees said, divided.
    double[] parts(double divisor) {
        double[] divided = new double[parts.length];
        for (int i = 0; i < divided.length; i++) {
            divided[i] = parts[i] / divisor;
        }
        return divided;
    }

    private void walk(int at, int depth, int holding, int losing) {
        if (at < 0) {
            leaf(trees.value[~at], depth, holding, losing);
            return;
        }
        boolean left = places[trees.scale[at]] <= trees.rank[at];
        int hot = trees.child[2 * at + (left ? 0 : 1)];
        int cold = trees.child[2 * at + (left ? 1 : 0)];
        int input = trees.feature[at];
        switch (state[input]) {
            case FREE -> {
                for (int w = 0; w < words; w++) {
                    also[holding * words + w] = crowd.goes(at, w, left);
                }
                held[holding] = input;
                state[input] = holding;
                walk(hot, depth, holding + 1, losing);
                lose(at, cold, depth, holding, losing, !left, FREE);
            }
            case LOST -> {
                if (thin(at, depth, left, FREE)) {
                    walk(hot, depth + 1, holding, losing);
                }
                if (thin(at, depth, !left, FREE)) {
                    walk(cold, depth + 1, holding, losing);
                }
            }
            default -> again(at, hot, cold, depth, holding, losing, left);
        }
    }

    /// A split on an input that is held already.
    private void again(int at, int hot, int cold, int depth, int holding, int losing, boolean left) {
        int input = trees.feature[at];
        int place = state[input];
        long[] before = Arrays.copyOfRange(also, place * words, (place + 1) * words);
        for (int w = 0; w < words; w++) {
            also[place * words + w] &= crowd.goes(at, w, left);
        }
        walk(hot, depth, holding, losing);
        System.arraycopy(before, 0, also, place * words, words);
        held[place] = FREE;
        lose(at, cold, depth, holding, losing, !left, place);
        held[place] = input;
        System.arraycopy(before, 0, also, place * words, words);
    }

    /// Goes where the row does not: the input is lost, and the crowd thins.
    private void lose(int at, int cold, int depth, int holding, int losing, boolean side, int place) {
        int input = trees.feature[at];
        if (thin(at, depth, side, place)) {
            lost[losing] = input;
            state[input] = LOST;
            walk(cold, depth + 1, holding, losing + 1);
        }
        state[input] = place;
    }

    /// Keeps of the crowd those who go to this side, and satisfied the input further up if it was held.
    private boolean thin(int at, int depth, boolean side, int place) {
        int from = depth * words;
        int to = from + words;
        if (to + words > alive.length) {
            alive = Arrays.copyOf(alive, 2 * alive.length);
        }
        long any = 0;
        for (int w = 0; w < words; w++) {
            long stays = alive[from + w] & crowd.goes(at, w, side);
            if (place >= 0) {
                stays &= also[place * words + w];
            }
            alive[to + w] = stays;
            any |= stays;
        }
        return any != 0;
    }

    private void leaf(double value, int depth, int holding, int losing) {
        for (int w = 0; w < words; w++) {
            long here = alive[depth * words + w];
            if (here == 0) {
                continue;
            }
            failing[0] = here;
            int most = 0;
            for (int j = 0; j < holding; j++) {
                if (held[j] >= 0) {
                    long fails = here & ~also[j * words + w];
                    most++;
                    failing[most] = 0;
                    for (int u = most; u > 0; u--) {
                        failing[u] = (failing[u] & ~fails) | (failing[u - 1] & fails);
                    }
                    failing[0] &= ~fails;
                }
            }
            for (int u = 0; u <= most; u++) {
                if (failing[u] != 0) {
                    share(value, w, failing[u], u, holding, losing);
                }
            }
        }
    }

    private void share(double value, int word, long rows, int u, int holding, int losing) {
        double ways = choose[u + losing][losing];
        if (losing > 0) {
            double taken = value * Long.bitCount(rows) / (losing * ways);
            for (int j = 0; j < losing; j++) {
                parts[lost[j]] -= taken;
            }
        }
        if (u > 0) {
            double given = value / (u * ways);
            for (int j = 0; j < holding; j++) {
                if (held[j] >= 0) {
                    parts[held[j]] += given * Long.bitCount(rows & ~also[j * words + word]);
                }
            }
        }
    }
}
