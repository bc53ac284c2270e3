package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.tree.Rule;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeBuilder;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the old binary layout of XGBoost, 0.7 to 3.0: C structures, little-endian, one after the other.
///
/// Source: `LearnerModelParamLegacy` in `src/learner.cc`, `GBTreeModelParam` in `src/gbm/gbtree_model.h`,
/// `TreeParam` and `RegTree::Node` in `include/xgboost/tree_model.h`, `GBLinearModelParam` in
/// `src/gbm/gblinear_model.h`. Before 1.0 the base score stands there as a margin, since then after the link.
/// For one thread.
final class XgboostBinary {
    private static final int MOST_FEATURES = XgboostFile.MOST_FEATURES;
    private static final int NODE_BYTES = 20;
    private static final int STAT_BYTES = 16;

    private final ByteBuffer bytes;

    private XgboostBinary(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The file these bytes are.
    static XgboostFile read(byte[] bytes) {
        XgboostBinary reader = new XgboostBinary(bytes);
        try {
            return reader.learner();
        } catch (BufferUnderflowException e) {
            throw ArtifactException.of("model_truncated", "the binary model ends early, at byte " + bytes.length);
        }
    }

    private XgboostFile learner() {
        String magic = ascii(4);
        if (magic.equals("bs64")) {
            throw ArtifactException.of("model_format", "a model in base 64 is not read; save it as JSON or UBJSON");
        }
        if (!magic.equals("binf")) {
            bytes.position(0);
        }
        float baseScore = bytes.getFloat();
        int features = bytes.getInt();
        int classes = bytes.getInt();
        boolean attributes = flag("contain_extra_attrs");
        boolean metrics = flag("contain_eval_metrics");
        XgboostVersion version = XgboostVersion.of(bytes.getInt(), bytes.getInt());
        skip(136 - 7 * 4);
        if (features < 0 || features > MOST_FEATURES) {
            throw broken("num_feature must be within 0.." + MOST_FEATURES + ": " + features);
        }
        if (classes < 0 || classes > XgboostFile.MOST_GROUPS) {
            throw broken("num_class must be within 0.." + XgboostFile.MOST_GROUPS + ": " + classes);
        }
        String objectiveName = text();
        Objective objective = Objective.of(objectiveName, version, 0);
        int groups = Math.max(1, classes);
        XgboostFile.Booster booster = booster(text(), features, groups);
        int bestRound = attributes ? bestRound() : 0;
        if (objectiveName.equals("count:poisson") && version.before(1, 0)) {
            text(); // max_delta_step, which only training needs
        }
        if (metrics) {
            for (long i = count(8); i > 0; i--) {
                text();
            }
        }
        if (bytes.hasRemaining()) {
            throw broken("nothing may follow the model, but " + bytes.remaining() + " bytes do");
        }
        Objective.Start base = version.before(1, 0) ? Objective.Start.MARGIN : objective.base();
        return new XgboostFile(
                version,
                objective.link(),
                XgboostFile.margins(base, List.of(baseScore), groups),
                XgboostFile.numbered(features),
                List.of(),
                booster,
                bestRound);
    }

    private XgboostFile.Booster booster(String name, int features, int groups) {
        return switch (name) {
            case "gbtree", "dart" -> trees(name.equals("dart"), features, groups);
            case "gblinear" -> {
                skip(136);
                List<Float> weights = new ArrayList<>();
                for (long i = count(4); i > 0; i--) {
                    weights.add(bytes.getFloat());
                }
                yield new XgboostFile.Booster.Linear(weights);
            }
            default -> throw broken("the booster must be gbtree, dart or gblinear: " + name);
        };
    }

    private XgboostFile.Booster trees(boolean dart, int features, int groups) {
        int count = bytes.getInt();
        int parallel = bytes.getInt();
        skip(4 + 4);
        long buffered = bytes.getLong();
        skip(4);
        int vector = bytes.getInt();
        skip(32 * 4);
        if (buffered != 0) {
            throw broken("a model with a prediction buffer (before 0.6) is not read: " + buffered);
        }
        if (vector > 1) {
            throw broken("leaves of several values are not read: " + vector);
        }
        if (count < 0 || count > bytes.remaining() / NODE_BYTES) {
            throw broken("num_trees must be within 0.." + bytes.remaining() / NODE_BYTES + ": " + count);
        }
        List<Tree> trees = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            trees.add(tree(t, features));
        }
        int[] info = new int[count];
        for (int t = 0; t < count; t++) {
            info[t] = bytes.getInt();
        }
        if (dart && count > 0) {
            long weights = count(4);
            if (weights != count) {
                throw broken("weight_drop must have " + count + " values: " + weights);
            }
            trees.replaceAll(tree -> tree.scaled(bytes.getFloat()));
        }
        return new XgboostFile.Booster.Trees(
                trees,
                XgboostDocument.groups(info, groups),
                XgboostFile.equalRounds(count, XgboostDocument.perRound(info, groups, groups > 1 ? 0 : parallel)));
    }

    private Tree tree(int number, int features) {
        skip(4);
        int size = bytes.getInt();
        skip(4 + 4 + 4);
        int vector = bytes.getInt();
        skip(31 * 4);
        if (size < 1 || size > bytes.remaining() / (NODE_BYTES + STAT_BYTES)) {
            throw broken("tree " + number + " must have 1.." + bytes.remaining() / (NODE_BYTES + STAT_BYTES)
                    + " nodes: " + size);
        }
        if (vector > 1) {
            throw broken("leaves of several values are not read: " + vector);
        }
        TreeBuilder tree = TreeBuilder.of(size);
        for (int node = 0; node < size; node++) {
            skip(4);
            int left = bytes.getInt();
            int right = bytes.getInt();
            int split = bytes.getInt();
            float value = bytes.getFloat();
            if (left == -1) {
                tree.leaf(node, node, value);
            } else {
                tree.children(node, left, right);
                tree.split(node, split & Integer.MAX_VALUE, Rule.LESS, value, split < 0);
            }
        }
        for (int node = 0; node < size; node++) {
            skip(4);
            tree.cover(node, bytes.getFloat());
            skip(8);
        }
        return tree.build(number, features);
    }

    private int bestRound() {
        int best = 0;
        for (long i = count(16); i > 0; i--) {
            String name = text();
            String value = text();
            if (name.equals("best_iteration")) {
                try {
                    best = Integer.parseInt(value) + 1;
                } catch (NumberFormatException e) {
                    throw broken("best_iteration must be a whole number: " + value);
                }
            }
        }
        return best;
    }

    private boolean flag(String name) {
        int value = bytes.getInt();
        if (value != 0 && value != 1) {
            throw broken(name + " must be 0 or 1: " + value);
        }
        return value == 1;
    }

    private String text() {
        return ascii((int) count(1));
    }

    private String ascii(int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private long count(int width) {
        long count = bytes.getLong();
        if (count < 0 || count > bytes.remaining() / width) {
            throw ArtifactException.of(
                    "model_truncated",
                    "at byte " + bytes.position() + ": " + count + " values are announced, but only "
                            + bytes.remaining() + " bytes are left");
        }
        return count;
    }

    private void skip(int count) {
        if (bytes.remaining() < count) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + count);
    }

    private ArtifactException broken(String what) {
        return ArtifactException.of("model_binary", "at byte " + bytes.position() + ": " + what);
    }
}
