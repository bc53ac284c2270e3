package dev.tranche.inference.tree;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the trees of a model lie in memory, and with that how they are walked.
///
/// Every layout gives the same bits, so the choice is recorded nowhere: it is the one with the lowest
/// estimated time a row among those that fit the trees, and depends on the trees alone.
public enum Layout {
    /// As the file tells them, node by node: the oracle of the others.
    READABLE,
    /// Complete binary trees whose nodes hold their thresholds.
    PADDED,
    /// Trees of any shape whose nodes hold their thresholds.
    LINKED,
    /// Quantised: complete binary trees whose nodes are the numbers of splits that a row has answered before.
    OUTCOMES,
    /// Quantised: masks of the leaves that each cell of each feature leaves over, for trees of at most 64
    /// leaves.
    MASKS;

    /// Beyond this the masks of a model would take more memory than their speed is worth: 64 MiB.
    private static final long MASKS_LIMIT = 64L << 20;

    /// Whether inputs are replaced by cells of thresholds; it changes no decision.
    public boolean quantised() {
        return this == OUTCOMES || this == MASKS;
    }

    /// A forest of this layout; empty when it does not fit the trees.
    Optional<Forest> build(List<Tree> trees) {
        return Optional.ofNullable(
                switch (this) {
                    case READABLE -> new ReadableForest(trees);
                    case PADDED -> {
                        Columns columns = Levels.suits(trees) ? Columns.of(trees) : null;
                        yield columns == null || columns.size() > Character.MAX_VALUE + 1
                                ? null
                                : new PaddedForest(trees, columns);
                    }
                    case LINKED -> {
                        Columns columns = Columns.of(trees);
                        yield columns == null ? null : new LinkedForest(trees, columns);
                    }
                    case OUTCOMES -> {
                        Bins bins = Levels.suits(trees) ? Bins.of(trees) : null;
                        yield bins == null ? null : OutcomeForest.of(trees, bins);
                    }
                    case MASKS -> masks(trees);
                });
    }

    private static @Nullable Forest masks(List<Tree> trees) {
        Bins bins = Bins.of(trees);
        return bins == null || !MaskForest.suits(trees, bins) || MaskForest.bytes(trees, bins) > MASKS_LIMIT
                ? null
                : new MaskForest(trees, bins);
    }

    /// The fastest forest that fits, by estimate.
    static Forest fastest(List<Tree> trees) {
        Shape shape = Shape.of(trees);
        return Stream.of(values())
                .sorted(Comparator.comparingDouble(layout -> layout.cost(shape)))
                .map(layout -> layout.build(trees))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    static Layout of(Forest forest) {
        return switch (forest) {
            case ReadableForest _ -> READABLE;
            case PaddedForest _ -> PADDED;
            case LinkedForest _ -> LINKED;
            case OutcomeForest _ -> OUTCOMES;
            case MaskForest _ -> MASKS;
        };
    }

    /// What an estimate looks at.
    private record Shape(int trees, int depth, double meanLeafDepth, long features) {
        static Shape of(List<Tree> trees) {
            long features = trees.stream()
                    .flatMapToInt(tree -> java.util.stream.IntStream.range(0, tree.size())
                            .filter(node -> !tree.isLeaf(node))
                            .map(tree::feature))
                    .distinct()
                    .count();
            return new Shape(
                    trees.size(),
                    Levels.of(trees).depth(),
                    trees.stream().mapToDouble(Tree::meanLeafDepth).average().orElse(0),
                    features);
        }
    }

    /// Quarters of a clock cycle a row, fitted to what `tranche bench inference` measured on an EPYC of Zen
    /// 5: for the kernels that never wait, as many as the instructions that C2 makes of a step.
    private double cost(Shape shape) {
        return switch (this) {
            case READABLE -> Double.POSITIVE_INFINITY;
            case PADDED -> shape.trees * (12.0 * shape.depth + 8) + 80 * shape.features;
            case LINKED -> shape.trees * (16.0 * (shape.meanLeafDepth + 2) + 100) + 160 * shape.features;
            case OUTCOMES -> shape.trees * (7.0 * shape.depth + 9) + 300 * shape.features;
            case MASKS -> shape.trees * (30.0 * shape.features + 150) / Forest.LANES + 160 * shape.features;
        };
    }
}
