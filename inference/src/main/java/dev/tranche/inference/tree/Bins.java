package dev.tranche.inference.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Lossless quantisation: every value of a feature becomes the number of its *cell*, and all values of a cell
/// answer every split of the ensemble alike.
///
/// The cells of a number are the stretches between neighbouring thresholds, one for missing and, where a
/// split asks for it (LightGBM's zero_as_missing), one for zero; those of a category are its codes, one for
/// every other number and one for missing. What a cell answers is asked once, of [Rule] itself, with a value
/// that lies in it; nothing about the trainers' rules is repeated here but where their comparisons change.
/// Immutable and safe for any number of threads; a row is binned without allocation in a [Scratch].
final class Bins {
    /// Cells are counted in 16 bits.
    static final int MOST_CELLS = Character.MAX_VALUE;

    private static final long ABOVE_FLOATS = 1L << 40;
    private static final int FLOAT_INFINITY = 0x7f800000;
    private static final long DOUBLE_INFINITY = 0x7ff0000000000000L;

    /// What one thread needs to bin a row.
    static final class Scratch {
        private final long[] keys = new long[Cuts.WAYS];
        private final int[] counts = new int[Cuts.WAYS];
        private final int[] missing = new int[Cuts.WAYS];
    }

    /// A feature that some split asks for; `place` is where its cell stands in a binned row.
    ///
    /// @param codes the codes of a category, -1 for a number
    /// @param zero whether zero has a cell of its own
    /// @param samples for each cell a value that lies in it
    @SuppressWarnings("ArrayRecordComponent") // private to the kernels
    record Feature(int feature, Rule rule, int codes, boolean zero, double[] cuts, double[] samples, int firstCell) {
        boolean numeric() {
            return codes < 0;
        }

        private int code(double x) {
            if (rule == Rule.IN_SET_RIGHT) {
                float code = (float) x;
                if (Float.isNaN(code)) {
                    return codes + 1;
                }
                return code >= 0 && code < codes ? (int) code : codes;
            }
            if (Double.isNaN(x)) {
                return codes + 1;
            }
            int code = (int) x;
            return code >= 0 && code < codes ? code : codes;
        }

        private long[] keys() {
            return rule == Rule.LESS
                    ? Arrays.stream(cuts)
                            .mapToLong(cut -> Cuts.key((float) cut))
                            .toArray()
                    : Arrays.stream(cuts).mapToLong(Cuts::key).toArray();
        }
    }

    private final Feature[] features;
    private final int numeric;
    private final Cuts[] cuts;
    private final int cells;

    private Bins(Feature[] features, int numeric, int cells) {
        this.features = features;
        this.numeric = numeric;
        this.cells = cells;
        cuts = new Cuts[(numeric + Cuts.WAYS - 1) / Cuts.WAYS];
        for (int i = 0; i < cuts.length; i++) {
            long[][] tables = new long[Math.min(Cuts.WAYS, numeric - i * Cuts.WAYS)][];
            boolean floats = features[i * Cuts.WAYS].rule == Rule.LESS;
            for (int j = 0; j < tables.length; j++) {
                tables[j] = features[i * Cuts.WAYS + j].keys();
            }
            cuts[i] = new Cuts(tables, floats ? ABOVE_FLOATS : Long.MAX_VALUE);
        }
    }

    /// The bins of these trees; null when they mix the trainers' rules in one feature, or have too many cells.
    static @Nullable Bins of(List<Tree> trees) {
        List<Question> questions = Question.all(trees);
        List<Feature> features = new ArrayList<>();
        boolean floats = questions.stream().anyMatch(question -> question.rules.contains(Rule.LESS));
        int cells = 0;
        questions.sort(Comparator.comparing((Question question) -> question.categorical())
                .thenComparingInt(question -> question.cuts.size())
                .thenComparingInt(question -> question.feature));
        int numeric = 0;
        for (Question question : questions) {
            boolean foreign = floats && !question.categorical() && !question.rules.contains(Rule.LESS);
            if (question.mixed() || foreign) {
                return null;
            }
            Feature feature = question.feature(cells);
            features.add(feature);
            numeric += feature.numeric() ? 1 : 0;
            cells += feature.samples.length;
            if (cells > MOST_CELLS) {
                return null;
            }
        }
        return new Bins(features.toArray(Feature[]::new), numeric, cells);
    }

    /// What all splits together ask of one feature.
    private static final class Question {
        private final int feature;
        private final TreeSet<Rule> rules = new TreeSet<>();
        private final TreeSet<Double> cuts = new TreeSet<>();
        private int codes;

        private Question(int feature) {
            this.feature = feature;
        }

        static List<Question> all(List<Tree> trees) {
            List<Question> questions = new ArrayList<>();
            List<@Nullable Question> byFeature = new ArrayList<>();
            for (Tree tree : trees) {
                for (int node = 0; node < tree.size(); node++) {
                    if (tree.isLeaf(node)) {
                        continue;
                    }
                    while (byFeature.size() <= tree.feature(node)) {
                        byFeature.add(null);
                    }
                    Question question = byFeature.get(tree.feature(node));
                    if (question == null) {
                        question = new Question(tree.feature(node));
                        byFeature.set(question.feature, question);
                        questions.add(question);
                    }
                    question.hear(tree, node);
                }
            }
            return questions;
        }

        private void hear(Tree tree, int node) {
            rules.add(tree.rule(node));
            if (tree.rule(node).categorical()) {
                codes = Math.max(codes, tree.codes(node).length());
            } else if (!Double.isNaN(tree.threshold(node))) {
                double cut = tree.rule(node) == Rule.LESS ? (float) tree.threshold(node) : tree.threshold(node);
                cuts.add(cut + 0.0);
            }
        }

        boolean categorical() {
            return rules.first().categorical();
        }

        /// Numbers and codes, or two trainers, in one feature.
        boolean mixed() {
            boolean sets = rules.stream().anyMatch(Rule::categorical);
            boolean alone = sets || rules.contains(Rule.LESS) || rules.contains(Rule.AT_MOST_EXACT);
            return (alone && rules.size() > 1) || codes > MOST_CELLS;
        }

        Feature feature(int firstCell) {
            Rule rule = rules.first();
            boolean zero = rules.contains(Rule.AT_MOST_ZERO_MISSING);
            double[] at = cuts.stream().mapToDouble(Double::doubleValue).toArray();
            if (rule.categorical()) {
                double[] samples = new double[codes + 2];
                for (int code = 0; code < codes; code++) {
                    samples[code] = code;
                }
                samples[codes] = -1;
                samples[codes + 1] = Double.NaN;
                return new Feature(feature, rule, codes, false, at, samples, firstCell);
            }
            double[] samples = new double[at.length + (zero ? 3 : 2)];
            for (int i = 0; i <= at.length; i++) {
                samples[i] = rule == Rule.LESS
                        ? (i == 0 ? Double.NEGATIVE_INFINITY : at[i - 1])
                        : (i == at.length ? Double.POSITIVE_INFINITY : atMost(at[i], rule, zero));
            }
            samples[at.length + 1] = Double.NaN;
            return new Feature(feature, rule, -1, zero, at, samples, firstCell);
        }

        /// A number at most `cut` that LightGBM does not take for a zero that it is not.
        private static double atMost(double cut, Rule rule, boolean zero) {
            boolean nearly = rule != Rule.AT_MOST_EXACT && cut >= -Rule.ZERO && (zero ? cut <= Rule.ZERO : cut < 0);
            return nearly ? Math.nextDown(-Rule.ZERO) : cut;
        }
    }

    /// The features that are asked for: first the numbers, then the categories.
    Feature[] features() {
        return features;
    }

    /// How many cells all features have.
    int cells() {
        return cells;
    }

    /// Whether the values of a cell go right at a split of that feature.
    static boolean right(Tree tree, int node, double sample) {
        Rule rule = tree.rule(node);
        return rule.categorical()
                ? !rule.left(sample, tree.codes(node), tree.missingLeft(node))
                : !rule.left(sample, tree.threshold(node), tree.missingLeft(node));
    }

    /// Writes the cells of the row that begins at `vectors[at]`: one for each feature that is asked for.
    void read(double[] vectors, int at, char[] row, Scratch scratch) {
        long[] keys = scratch.keys;
        int[] counts = scratch.counts;
        int[] missing = scratch.missing;
        int f = 0;
        for (Cuts searched : cuts) {
            int ways = Math.min(Cuts.WAYS, numeric - f);
            if (features[f].rule == Rule.LESS) {
                for (int i = 0; i < ways; i++) {
                    float x = (float) vectors[at + features[f + i].feature];
                    int bits = Float.floatToRawIntBits(x);
                    missing[i] = (FLOAT_INFINITY - (bits & Integer.MAX_VALUE)) >>> 31;
                    // NaN is searched for as a number above all: its count is then that of all thresholds.
                    keys[i] = ((Cuts.key(x) + 1) & (missing[i] - 1L)) | ((ABOVE_FLOATS >> 1) * missing[i]);
                }
                searched.near(keys, counts);
            } else {
                for (int i = 0; i < ways; i++) {
                    Feature feature = features[f + i];
                    double x = vectors[at + feature.feature];
                    if (feature.rule != Rule.AT_MOST_EXACT) {
                        x = Rule.snap(x);
                    }
                    long bits = Double.doubleToRawLongBits(x);
                    missing[i] = (int) ((DOUBLE_INFINITY - (bits & Long.MAX_VALUE)) >>> 63);
                    keys[i] = (Cuts.key(x) & (missing[i] - 1L)) | (Long.MAX_VALUE * missing[i]);
                    if (x == 0 && feature.zero) {
                        keys[i] = Long.MAX_VALUE;
                        missing[i] = 2;
                    }
                }
                searched.far(keys, counts);
            }
            for (int i = 0; i < ways; i++) {
                row[f + i] = (char) (features[f + i].firstCell + counts[i] + missing[i]);
            }
            f += ways;
        }
        for (; f < features.length; f++) {
            row[f] = (char) (features[f].firstCell + features[f].code(vectors[at + features[f].feature]));
        }
    }
}
