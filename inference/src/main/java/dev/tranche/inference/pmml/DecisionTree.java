package dev.tranche.inference.pmml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A `TreeModel` (DMG PMML 4.4): from the root into the first child whose predicate is true, and the answer
/// of the node where that ends.
///
/// A predicate that is unknown because a value is missing ends the way, goes on to the next child, or takes
/// the default child, by `missingValueStrategy`; no true child ends it by `noTrueChildStrategy`.
final class DecisionTree implements Formula {
    /// A node.
    ///
    /// @param answer null when the node has none
    private record Node(
            Predicate when,
            Formula.@Nullable Answer answer,
            List<Node> children,
            @Nullable Node defaultChild) {}

    private enum WhenMissing {
        NEXT_CHILD,
        LAST_PREDICTION,
        NO_PREDICTION,
        DEFAULT_CHILD
    }

    private final List<String> classes;
    private final Node root;
    private final WhenMissing whenMissing;
    private final boolean lastPrediction;

    private DecisionTree(List<String> classes, Node root, WhenMissing whenMissing, boolean lastPrediction) {
        this.classes = classes;
        this.root = root;
        this.whenMissing = whenMissing;
        this.lastPrediction = lastPrediction;
    }

    /// Reads a tree.
    ///
    /// @param known the classes in the order of the DataDictionary; empty when it lists none
    static DecisionTree read(Element model, Fields fields, List<String> known) {
        model.only(
                Set.of(
                        "modelName",
                        "functionName",
                        "algorithmName",
                        "missingValueStrategy",
                        "missingValuePenalty",
                        "noTrueChildStrategy",
                        "splitCharacteristic",
                        "isScorable"),
                Set.of(
                        "MiningSchema",
                        "Output",
                        "ModelStats",
                        "ModelExplanation",
                        "Targets",
                        "LocalTransformations",
                        "Node",
                        "ModelVerification"));
        boolean classification = model.word("functionName").equals("classification");
        model.choice("functionName", List.of("regression", "classification"));
        List<String> classes = classification ? classes(model.need("Node"), known) : List.of();
        WhenMissing whenMissing = switch (model.choice(
                "missingValueStrategy", List.of("none", "lastPrediction", "nullPrediction", "defaultChild"))) {
            case "lastPrediction" -> WhenMissing.LAST_PREDICTION;
            case "nullPrediction" -> WhenMissing.NO_PREDICTION;
            case "defaultChild" -> WhenMissing.DEFAULT_CHILD;
            default -> WhenMissing.NEXT_CHILD;
        };
        boolean last = model.choice("noTrueChildStrategy", List.of("returnNullPrediction", "returnLastPrediction"))
                .equals("returnLastPrediction");
        Set<String> ids = new HashSet<>();
        return new DecisionTree(classes, node(model.need("Node"), fields, classes, ids), whenMissing, last);
    }

    private static List<String> classes(Element root, List<String> known) {
        Set<String> classes = new LinkedHashSet<>(known);
        collect(root, classes);
        if (!known.isEmpty() && classes.size() > known.size()) {
            throw root.wrong("the DataDictionary lists the classes " + known + ", the tree answers " + classes);
        }
        if (classes.size() < 2) {
            throw root.wrong("a classification must have at least 2 classes: " + classes);
        }
        return List.copyOf(classes);
    }

    private static void collect(Element node, Set<String> classes) {
        node.maybe("score").ifPresent(classes::add);
        node.all("ScoreDistribution").forEach(share -> classes.add(share.word("value")));
        node.all("Node").forEach(child -> collect(child, classes));
    }

    private static Node node(Element element, Fields fields, List<String> classes, Set<String> ids) {
        Set<String> known = new TreeSet<>(PredicateReader.NAMES);
        known.addAll(Set.of("Node", "ScoreDistribution", "Partition"));
        element.only(Set.of("id", "score", "recordCount", "defaultChild"), known);
        Predicate when = new PredicateReader(fields, new TreeSet<>()).inside(element);
        List<Node> children = new ArrayList<>();
        @Nullable Node defaultChild = null;
        for (Element child : element.all("Node")) {
            Node read = node(child, fields, classes, ids);
            children.add(read);
            if (child.has("id") && !ids.add(child.word("id"))) {
                throw child.wrong("the id of a Node must be its own: " + child.word("id"));
            }
            if (element.has("defaultChild") && element.word("defaultChild").equals(child.word("id", ""))) {
                defaultChild = read;
            }
        }
        if (element.has("defaultChild") && defaultChild == null) {
            throw element.wrong("defaultChild must be the id of a child: " + element.word("defaultChild"));
        }
        return new Node(when, answer(element, classes), List.copyOf(children), defaultChild);
    }

    private static Formula.@Nullable Answer answer(Element element, List<String> classes) {
        List<Element> shares = element.all("ScoreDistribution");
        if (classes.isEmpty()) {
            return element.has("score") ? Answer.value(element.number("score")) : null;
        }
        if (!element.has("score") && shares.isEmpty()) {
            return null;
        }
        double[] probabilities = new double[classes.size()];
        if (shares.isEmpty()) {
            probabilities[classes.indexOf(element.word("score"))] = 1;
        }
        boolean given = !shares.isEmpty() && shares.getFirst().has("probability");
        double sum = 0;
        for (Element share : shares) {
            share.only(Set.of("value", "recordCount", "confidence", "probability"), Set.of());
            double part = share.number(given ? "probability" : "recordCount");
            if (part < 0) {
                throw share.wrong("a share must be at least 0: " + part);
            }
            probabilities[classes.indexOf(share.word("value"))] = part;
            sum += part;
        }
        for (int i = 0; !given && !shares.isEmpty() && i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return sum == 0 && !shares.isEmpty() ? null : new Answer(probabilities, probabilities.clone());
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int margins() {
        return classes.isEmpty() ? 1 : classes.size();
    }

    @Override
    public Answer of(double[] values) {
        if (root.when().of(values) != Truth.TRUE) {
            return Answer.MISSING;
        }
        @Nullable Node end = end(values);
        return end == null || end.answer() == null
                ? Answer.MISSING
                : new Answer(
                        end.answer().margins().clone(), end.answer().outputs().clone());
    }

    /// The node that answers; null for none.
    private @Nullable Node end(double[] values) {
        Node at = root;
        while (!at.children().isEmpty()) {
            Node next = null;
            for (Node child : at.children()) {
                Truth truth = child.when().of(values);
                if (truth == Truth.UNKNOWN && whenMissing != WhenMissing.NEXT_CHILD) {
                    switch (whenMissing) {
                        case LAST_PREDICTION -> {
                            return at;
                        }
                        case DEFAULT_CHILD -> next = at.defaultChild();
                        case NO_PREDICTION, NEXT_CHILD -> {}
                    }
                    if (next == null) {
                        return null;
                    }
                    break;
                }
                if (truth == Truth.TRUE) {
                    next = child;
                    break;
                }
            }
            if (next == null) {
                return lastPrediction ? at : null;
            }
            at = next;
        }
        return at;
    }
}
