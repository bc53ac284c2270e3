package dev.tranche.inference.tree;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The different splits of an ensemble, numbered feature by feature, and what each cell of [Bins] answers
/// them: 0 left, 1 right. Number 0 is a split that every row leaves to the left.
///
/// Immutable and safe for any number of threads.
final class Outcomes {
    /// The largest tables of answers: 16 MiB a model.
    private static final int TABLE_LIMIT = 16 << 20;

    /// What tells one split of a feature from another.
    private record Split(Rule rule, boolean missingLeft, double threshold, BitSet codes) {
        static Split of(Tree tree, int node) {
            Rule rule = tree.rule(node);
            double threshold = rule.categorical() ? 0 : tree.threshold(node) + 0.0;
            return new Split(
                    rule,
                    tree.missingLeft(node),
                    rule == Rule.LESS ? (float) threshold : threshold,
                    rule.categorical() ? tree.codes(node) : new BitSet(0));
        }

        boolean right(double sample) {
            return rule.categorical()
                    ? !rule.left(sample, codes, missingLeft)
                    : !rule.left(sample, threshold, missingLeft);
        }
    }

    private final Bins.Feature[] features;
    private final List<Map<Split, Integer>> numbers = new ArrayList<>();
    private final int[] placeOfFeature;
    private final int[] first;
    private final int[] width;
    private final int[] line;
    private byte[] pool = new byte[0];
    private int size = 1;

    private Outcomes(List<Tree> trees, Bins bins) {
        features = bins.features();
        int widest = -1;
        for (Bins.Feature feature : features) {
            numbers.add(new LinkedHashMap<>());
            widest = Math.max(widest, feature.feature());
        }
        placeOfFeature = new int[widest + 1];
        for (int place = 0; place < features.length; place++) {
            placeOfFeature[features[place].feature()] = place;
        }
        first = new int[features.length];
        width = new int[features.length];
        line = new int[bins.cells()];
        for (Tree tree : trees) {
            for (int node = 0; node < tree.size(); node++) {
                if (!tree.isLeaf(node)) {
                    numbers.get(placeOfFeature[tree.feature(node)]).put(Split.of(tree, node), 0);
                }
            }
        }
    }

    /// The answers to the splits of these trees; null when they are more than 16 bits can number or the
    /// tables hold.
    static @Nullable Outcomes of(List<Tree> trees, Bins bins) {
        Outcomes outcomes = new Outcomes(trees, bins);
        return outcomes.number() && outcomes.fill() ? outcomes : null;
    }

    private boolean number() {
        for (int place = 0; place < features.length; place++) {
            Map<Split, Integer> splits = numbers.get(place);
            first[place] = size;
            width[place] = splits.size();
            List<Split> sorted = new ArrayList<>(splits.keySet());
            sorted.sort(Comparator.comparingDouble(Split::threshold));
            for (Split split : sorted) {
                splits.put(split, size++);
            }
        }
        return size <= Character.MAX_VALUE + 1;
    }

    /// Lays out what the cells answer. Most lines of a number are a window of ones, then zeros; others are
    /// written out.
    private boolean fill() {
        long budget = TABLE_LIMIT;
        for (int place = 0; place < features.length; place++) {
            budget -= 2L * width[place]
                    + (features[place].numeric() ? 3L : features[place].samples().length) * width[place];
        }
        if (budget < 0) {
            return false;
        }
        for (int place = 0; place < features.length; place++) {
            List<Split> splits = numbers.get(place).entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .toList();
            int count = splits.size();
            int pattern = append(new byte[2 * count]);
            Arrays.fill(pool, pattern, pattern + count, (byte) 1);
            double[] samples = features[place].samples();
            for (int cell = 0; cell < samples.length; cell++) {
                byte[] answers = new byte[count];
                int ones = 0;
                for (int i = 0; i < count; i++) {
                    answers[i] = (byte) (splits.get(i).right(samples[cell]) ? 1 : 0);
                    ones += answers[i];
                }
                int window = pattern + count - ones;
                line[features[place].firstCell() + cell] =
                        Arrays.equals(pool, window, window + count, answers, 0, count) ? window : append(answers);
            }
        }
        return true;
    }

    private int append(byte[] bytes) {
        int at = pool.length;
        pool = Arrays.copyOf(pool, Math.addExact(at, bytes.length));
        System.arraycopy(bytes, 0, pool, at, bytes.length);
        return at;
    }

    /// How many answers a row has.
    int size() {
        return size;
    }

    /// The number of a split.
    int number(Tree tree, int node) {
        return requireNonNull(numbers.get(placeOfFeature[tree.feature(node)]).get(Split.of(tree, node)));
    }

    /// Writes what a binned row answers to each split.
    void write(char[] cells, byte[] answers) {
        for (int place = 0; place < first.length; place++) {
            System.arraycopy(pool, line[cells[place]], answers, first[place], width[place]);
        }
    }
}
