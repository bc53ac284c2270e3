package dev.tranche.inference.tree;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns a row of doubles into a row of keys in which every split of an ensemble is one question: `key <
/// threshold`.
///
/// The idea is to pay for everything unusual once a row instead of once a node:
///
/// * *Missing* needs no branch: a feature gets one column for splits that send missing left (its key is then below
///   every threshold) and another for those that send it right (above). LightGBM's missing types are columns too.
/// * *Floats* keep their order as ints once the sign is folded: `bits ^ (bits >> 31 & MAX)`.
/// * *Doubles* do not fit an int, but their rank among the thresholds of the column does, and it is all that is asked.
/// * *Categories*: every distinct set of codes is a column of 0 (left) and 1 (right), and the keys of all the sets of
///   a feature are one copy from a table with a row per code.
///
/// Column 0 is a constant below every threshold: a leaf asks it and stays where it is. Immutable and safe for
/// any number of threads.
final class Columns {
    /// Bits of a word below its threshold; a 31-bit shift leaves the difference of two words within a long.
    static final int COLUMN_BITS = 31;

    private static final long COLUMN_MASK = (1L << COLUMN_BITS) - 1;

    static final int ALWAYS_LEFT = Integer.MIN_VALUE;
    static final int ALWAYS_RIGHT = Integer.MAX_VALUE;
    /// The largest tables of category keys: 32 MiB of keys a model.
    private static final int TABLE_LIMIT = 4 << 20;

    /// What tells one numeric column from another.
    private record Numeric(int feature, Rule rule, boolean missingLeft) {}

    /// What tells one column of categories from another.
    private record Codes(Rule rule, boolean missingLeft, BitSet codes) {}

    /// The keys of all the sets asked of one feature: one row of `width` keys for each code, then one for
    /// every other number, then one for missing.
    @SuppressWarnings("ArrayRecordComponent") // private to a kernel
    private record Table(int feature, Rule rule, int firstColumn, int width, int codes, long[] keys) {
        void write(double x, long[] row) {
            System.arraycopy(keys, line(x) * width, row, firstColumn, width);
        }

        private int line(double x) {
            if (rule == Rule.IN_SET_RIGHT) {
                float code = (float) x;
                if (Float.isNaN(code)) {
                    return codes + 1;
                }
                return code >= 0 && code < codes ? (int) code : codes;
            }
            int code = Double.isNaN(x) ? -1 : (int) x;
            return code >= 0 && code < codes ? code : codes;
        }
    }

    private final Map<Numeric, Integer> numeric = new LinkedHashMap<>();
    private final Map<Integer, Map<Codes, Integer>> sets = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private int size = 1;
    private int[] feature = {};
    private Rule[] rule = {};
    private int[] missing = {};
    private double[][] thresholds = {};

    private Columns() {}

    /// The columns that answer every split of these trees; null when the category tables would be too large.
    static @Nullable Columns of(List<Tree> trees) {
        Columns columns = new Columns();
        Map<Numeric, List<Double>> asked = new LinkedHashMap<>();
        for (Tree tree : trees) {
            for (int node = 0; node < tree.size(); node++) {
                if (!tree.isLeaf(node)) {
                    columns.collect(tree, node, asked);
                }
            }
        }
        columns.numberNumeric(asked);
        return columns.numberSets() ? columns : null;
    }

    int size() {
        return size;
    }

    /// The column a split asks.
    int column(Tree tree, int node) {
        Map<?, Integer> columns = numeric;
        Object question = numeric(tree, node);
        if (tree.rule(node).categorical()) {
            columns = requireNonNull(sets.get(tree.feature(node)));
            question = codes(tree, node);
        }
        return requireNonNull(columns.get(question));
    }

    /// The key at and above which a row goes right at a split.
    int threshold(Tree tree, int node) {
        if (tree.rule(node).categorical()) {
            return 1;
        }
        double threshold = tree.threshold(node);
        if (tree.rule(node) == Rule.LESS) {
            return Double.isNaN(threshold) ? ALWAYS_LEFT + 1 : key((float) threshold);
        }
        return Arrays.binarySearch(thresholds[column(tree, node)], threshold + 0.0) + 1;
    }

    /// A node: its threshold in the upper bits, its column in the lower.
    static long word(int threshold, int column) {
        return ((long) threshold << COLUMN_BITS) | column;
    }

    /// The column of a node.
    static int column(long word) {
        return (int) (word & COLUMN_MASK);
    }

    /// The key of a column as it is compared with a node: right when `node < key`.
    private static long right(int key) {
        return ((long) key << COLUMN_BITS) | COLUMN_MASK;
    }

    /// Writes the keys of the row that begins at `vectors[at]`.
    void keys(double[] vectors, int at, long[] keys) {
        keys[0] = right(ALWAYS_LEFT);
        for (int c = 1; c < feature.length; c++) {
            double x = vectors[at + feature[c]];
            keys[c] = right(
                    switch (rule[c]) {
                        case LESS -> Double.isNaN(x) ? missing[c] : key((float) x);
                        case AT_MOST_MISSING_AS_ZERO -> rank(Double.isNaN(x) ? 0 : Rule.snap(x), thresholds[c]);
                        case AT_MOST -> Double.isNaN(x) ? missing[c] : rank(Rule.snap(x), thresholds[c]);
                        case AT_MOST_ZERO_MISSING ->
                            Double.isNaN(x) || Rule.snap(x) == 0 ? missing[c] : rank(x, thresholds[c]);
                        case AT_MOST_EXACT -> Double.isNaN(x) ? missing[c] : rank(x, thresholds[c]);
                        case IN_SET_RIGHT, IN_SET_LEFT ->
                            throw new IllegalStateException(rule[c] + " is kept in a table");
                    });
        }
        // By index: an iterator would be an object for each row until the loop is compiled.
        for (int i = 0; i < tables.size(); i++) {
            Table table = tables.get(i);
            table.write(vectors[at + table.feature], keys);
        }
    }

    /// An int in the order of the floats, minus zero being zero.
    private static int key(float x) {
        int bits = Float.floatToRawIntBits(x + 0f);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    /// How many thresholds lie below `x`.
    private static int rank(double x, double[] thresholds) {
        int low = 0;
        int high = thresholds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (thresholds[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void collect(Tree tree, int node, Map<Numeric, List<Double>> asked) {
        if (tree.rule(node).categorical()) {
            sets.computeIfAbsent(tree.feature(node), f -> new LinkedHashMap<>()).putIfAbsent(codes(tree, node), 0);
        } else {
            asked.computeIfAbsent(numeric(tree, node), n -> new ArrayList<>()).add(tree.threshold(node) + 0.0);
        }
    }

    private void numberNumeric(Map<Numeric, List<Double>> asked) {
        int columns = asked.size() + 1;
        feature = new int[columns];
        rule = new Rule[columns];
        missing = new int[columns];
        thresholds = new double[columns][];
        asked.forEach((column, values) -> {
            int c = size++;
            numeric.put(column, c);
            feature[c] = column.feature;
            rule[c] = column.rule;
            missing[c] = column.missingLeft ? ALWAYS_LEFT : ALWAYS_RIGHT;
            thresholds[c] = values.stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .distinct()
                    .toArray();
        });
    }

    private boolean numberSets() {
        long budget = TABLE_LIMIT;
        for (Map.Entry<Integer, Map<Codes, Integer>> entry : sets.entrySet()) {
            Map<Codes, Integer> columns = entry.getValue();
            int codes = 0;
            for (Codes set : columns.keySet()) {
                codes = Math.max(codes, set.codes.length());
            }
            int width = columns.size();
            budget -= (long) width * (codes + 2);
            if (budget < 0) {
                return false;
            }
            int first = size;
            size += width;
            long[] keys = new long[width * (codes + 2)];
            int offset = 0;
            Rule rule = Rule.IN_SET_LEFT;
            for (Map.Entry<Codes, Integer> column : columns.entrySet()) {
                Codes set = column.getKey();
                rule = set.rule;
                for (int code = 0; code < codes; code++) {
                    keys[code * width + offset] = right(set.rule.left(code, set.codes, set.missingLeft) ? 0 : 1);
                }
                keys[codes * width + offset] = right(set.rule.left(-1, set.codes, set.missingLeft) ? 0 : 1);
                keys[(codes + 1) * width + offset] =
                        right(set.rule.left(Double.NaN, set.codes, set.missingLeft) ? 0 : 1);
                column.setValue(first + offset);
                offset++;
            }
            tables.add(new Table(entry.getKey(), rule, first, width, codes, keys));
        }
        return true;
    }

    private static Numeric numeric(Tree tree, int node) {
        boolean missingLeft = tree.missingLeft(node) && tree.rule(node) != Rule.AT_MOST_MISSING_AS_ZERO;
        return new Numeric(tree.feature(node), tree.rule(node), missingLeft);
    }

    private static Codes codes(Tree tree, int node) {
        return new Codes(tree.rule(node), tree.missingLeft(node), tree.codes(node));
    }
}
