package dev.tranche.inference.format.onnx;

import dev.tranche.inference.ArtifactException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an ONNX file says (`ModelProto`, onnx.ai/onnx/repo-docs/IR.html), as far as it is of use before it is
/// run.
///
/// Reading it also proves that the file asks for nothing outside itself: values kept in other files are
/// refused wherever they stand, and so are operators that only a library of somebody's own could run.
/// Immutable, safe for any number of threads.
public final class OnnxGraph {
    /// The largest file that is read: 128 MiB.
    public static final int MOST_BYTES = 1 << 27;

    /// The most operators: a model of rows has some dozens.
    static final int MOST_NODES = 100_000;

    private static final Set<String> DOMAINS =
            Set.of("", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "com.microsoft");

    private static final Set<String> ROW_BY_ROW = Set.of(
            ":Identity",
            ":Cast",
            "ai.onnx.ml:Binarizer",
            "ai.onnx.ml:Imputer",
            "ai.onnx.ml:LabelEncoder",
            "ai.onnx.ml:TreeEnsemble",
            "ai.onnx.ml:TreeEnsembleClassifier",
            "ai.onnx.ml:TreeEnsembleRegressor",
            "ai.onnx.ml:ZipMap");

    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxNode> trees = new ArrayList<>();
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final List<OnnxValue> outputs = new ArrayList<>();
    private final Set<String> initialized = new HashSet<>();
    private final Map<String, Long> opsets = new HashMap<>();
    private final Set<String> functions = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private String producer = "";
    private int count;

    private OnnxGraph() {}

    /// Reads a file.
    ///
    /// @throws ArtifactException when it is too large or broken, keeps values elsewhere, or needs an operator
    ///     that is no part of ONNX
    public static OnnxGraph read(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw ArtifactException.of(
                    "model_too_large", "an ONNX file may have " + MOST_BYTES + " bytes: " + bytes.length);
        }
        OnnxGraph graph = new OnnxGraph();
        graph.model(Proto.of(bytes));
        if (graph.outputs.isEmpty() || graph.nodes.isEmpty()) {
            throw ArtifactException.of("model_invalid", "this is no ONNX file: it has no graph with an output");
        }
        for (String operator : graph.used) {
            String domain = operator.substring(0, operator.lastIndexOf(':'));
            if (!DOMAINS.contains(domain) && !graph.functions.contains(operator)) {
                throw ArtifactException.of(
                        "model_custom_operator",
                        "the operator " + operator + " is no part of ONNX; allowed domains are "
                                + DOMAINS.stream()
                                        .filter(d -> !d.isEmpty())
                                        .sorted()
                                        .toList());
            }
        }
        return graph;
    }

    /// The values that a run must be given: declared inputs without a value in the file.
    public List<OnnxValue> inputs() {
        return inputs.stream()
                .filter(input -> !initialized.contains(input.name()))
                .toList();
    }

    /// The values that a run gives.
    public List<OnnxValue> outputs() {
        return List.copyOf(outputs);
    }

    /// Which program wrote the file, with its version; empty when it does not say.
    public String producer() {
        return producer;
    }

    List<OnnxNode> nodes() {
        return nodes;
    }

    /// The version of a domain's operators that the file asks for; 0 when it does not name the domain.
    long opset(String domain) {
        return opsets.getOrDefault(domain, 0L);
    }

    /// Looks at the trees of the graph and of the graphs within it, as ONNX Runtime must be kept from some.
    ///
    /// @throws ArtifactException `model_tree_broken` when it would not survive one
    public void checkTrees() {
        trees.forEach(TreeGuard::check);
    }

    /// Whether every operator, those within others included, is known to treat each row by itself with the
    /// same arithmetic in any company, so that rows may be answered together without changing a bit of any. A
    /// product of matrices is not: its additions are grouped by how many rows there are.
    public boolean rowByRow() {
        return used.stream().allMatch(ROW_BY_ROW::contains);
    }

    /// The operator that makes a value; null for an input.
    @Nullable
    OnnxNode maker(String value) {
        for (OnnxNode node : nodes) {
            if (node.outputs().contains(value)) {
                return node;
            }
        }
        return null;
    }

    private void model(Proto proto) {
        String name = "";
        String version = "";
        while (proto.next()) {
            switch (proto.field()) {
                case 2 -> name = proto.text();
                case 3 -> version = proto.text();
                case 7 -> top(proto.message());
                case 8 -> opset(proto.message());
                case 20 ->
                    throw ArtifactException.of(
                            "model_invalid", "the file holds a training graph; export for inference");
                case 25 -> function(proto.message());
                default -> proto.skip();
            }
        }
        producer = (name + " " + version).strip();
    }

    private void top(Proto proto) {
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> nodes.add(node(proto.message()));
                case 5 -> initialized.add(OnnxTensor.scan(proto.message()));
                case 11 -> inputs.add(OnnxValue.read(proto.message()));
                case 12 -> outputs.add(OnnxValue.read(proto.message()));
                case 15 -> sparse(proto.message());
                default -> proto.skip();
            }
        }
    }

    /// A graph within an operator: nothing of it is kept, everything in it is looked at.
    private void inner(Proto proto) {
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> node(proto.message());
                case 5 -> OnnxTensor.scan(proto.message());
                case 15 -> sparse(proto.message());
                default -> proto.skip();
            }
        }
    }

    private OnnxNode node(Proto proto) {
        if (++count > MOST_NODES) {
            throw ArtifactException.of("model_too_large", "a graph may have " + MOST_NODES + " operators");
        }
        OnnxNode node = OnnxNode.read(proto, this::inner);
        used.add(node.domain() + ":" + node.operator());
        if (TreeGuard.concerns(node)) {
            trees.add(node);
        }
        return node;
    }

    private void function(Proto proto) {
        String name = "";
        String domain = "";
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> name = proto.text();
                case 7 -> node(proto.message());
                case 10 -> domain = proto.text();
                default -> proto.skip();
            }
        }
        functions.add(domain + ":" + name);
    }

    private void opset(Proto proto) {
        String domain = "";
        long version = 0;
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> domain = proto.text();
                case 2 -> version = proto.whole();
                default -> proto.skip();
            }
        }
        opsets.put(domain, version);
    }

    static void sparse(Proto proto) {
        while (proto.next()) {
            switch (proto.field()) {
                case 1, 2 -> OnnxTensor.scan(proto.message());
                default -> proto.skip();
            }
        }
    }
}
