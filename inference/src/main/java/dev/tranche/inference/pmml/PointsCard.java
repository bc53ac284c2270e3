package dev.tranche.inference.pmml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A `Scorecard` (DMG PMML 4.4): of each characteristic the partial score of the first attribute that is
/// true, added in the order of the file to the initial score.
///
/// A reason code is ranked by how far the partial score lies below its baseline (`pointsBelow`) or above
/// (`pointsAbove`); characteristics with the same code count together, and a code on the right side of its
/// baseline is not named.
final class PointsCard implements Formula {
    /// One characteristic.
    ///
    /// @param inputs the places of the vector that it asks
    /// @param reference the partial score that is no reason: its baseline or, where the file names none, the
    ///     most points it can give; NaN where nobody can tell
    record Characteristic(String name, Set<Integer> inputs, double reference, List<Attribute> attributes) {
        /// The reason codes that it may give.
        List<String> codes() {
            return attributes.stream()
                    .map(attribute -> String.valueOf(attribute.code()))
                    .filter(code -> !code.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    /// One attribute.
    ///
    /// @param constant its points where they do not depend on the row, else NaN
    /// @param code its reason code, or its characteristic's; empty for none or when the card uses none
    record Attribute(Predicate when, Expression points, double constant, String code) {}

    private final double initial;
    private final List<Characteristic> characteristics;
    private final boolean below;

    private PointsCard(double initial, List<Characteristic> characteristics, boolean below) {
        this.initial = initial;
        this.characteristics = characteristics;
        this.below = below;
    }

    static PointsCard read(Element card, Fields fields) {
        card.only(
                Set.of(
                        "modelName",
                        "functionName",
                        "algorithmName",
                        "initialScore",
                        "useReasonCodes",
                        "reasonCodeAlgorithm",
                        "baselineScore",
                        "baselineMethod",
                        "isScorable"),
                Set.of(
                        "MiningSchema",
                        "Output",
                        "ModelStats",
                        "ModelExplanation",
                        "Targets",
                        "LocalTransformations",
                        "Characteristics",
                        "ModelVerification"));
        card.choice("functionName", List.of("regression"));
        boolean coded = card.flag("useReasonCodes", true);
        double baseline = card.number("baselineScore", Double.NaN);
        List<Characteristic> characteristics = new ArrayList<>();
        for (Element element : card.need("Characteristics")
                .only(Set.of(), Set.of("Characteristic"))
                .all("Characteristic")) {
            characteristics.add(characteristic(element, baseline, coded, fields));
        }
        if (characteristics.isEmpty()) {
            throw card.wrong("must have at least one Characteristic");
        }
        boolean below = card.choice("reasonCodeAlgorithm", List.of("pointsBelow", "pointsAbove"))
                .equals("pointsBelow");
        return new PointsCard(card.number("initialScore", 0), List.copyOf(characteristics), below);
    }

    private static Characteristic characteristic(Element element, double baseline, boolean coded, Fields fields) {
        element.only(Set.of("name", "reasonCode", "baselineScore"), Set.of("Attribute"));
        Set<Integer> asked = new TreeSet<>();
        List<Attribute> attributes = new ArrayList<>();
        for (Element attribute : element.all("Attribute")) {
            attributes.add(attribute(attribute, element, coded, fields, asked));
        }
        if (attributes.isEmpty()) {
            throw element.wrong("must have at least one Attribute");
        }
        double own = element.number("baselineScore", baseline);
        if (coded && Double.isNaN(own)) {
            throw element.wrong("needs a baselineScore for its reason codes, here or on the Scorecard");
        }
        double most = attributes.stream().mapToDouble(Attribute::constant).reduce(Double.NEGATIVE_INFINITY, Math::max);
        return new Characteristic(
                element.word("name", ""), Set.copyOf(asked), Double.isNaN(own) ? most : own, List.copyOf(attributes));
    }

    private static Attribute attribute(
            Element element, Element characteristic, boolean coded, Fields fields, Set<Integer> asked) {
        Set<String> children = new TreeSet<>(PredicateReader.NAMES);
        children.add("ComplexPartialScore");
        element.only(Set.of("reasonCode", "partialScore"), children);
        Predicate when = new PredicateReader(fields, asked).inside(element);
        String code = !coded
                ? ""
                : element.maybe("reasonCode")
                        .or(() -> characteristic.maybe("reasonCode"))
                        .orElse("");
        if (coded && code.isEmpty()) {
            throw element.wrong("needs a reasonCode, here or on its Characteristic");
        }
        if (element.find("ComplexPartialScore").isPresent()) {
            ExpressionReader reader = new ExpressionReader(fields);
            Expression points = reader.inside(
                    element.need("ComplexPartialScore").only(Set.of(), ExpressionReader.NAMES), Type.DOUBLE);
            asked.addAll(reader.inputs());
            return new Attribute(when, points, Double.NaN, code);
        }
        double points = element.number("partialScore");
        return new Attribute(when, values -> points, points, code);
    }

    @Override
    public List<String> classes() {
        return List.of();
    }

    @Override
    public int margins() {
        return 1;
    }

    @Override
    public Answer of(double[] values) {
        double sum = initial;
        for (Characteristic characteristic : characteristics) {
            @Nullable Attribute attribute = chosen(characteristic, values);
            if (attribute == null) {
                return Answer.MISSING;
            }
            sum += attribute.points().of(values);
        }
        return Answer.value(sum);
    }

    private static @Nullable Attribute chosen(Characteristic characteristic, double[] values) {
        for (Attribute attribute : characteristic.attributes()) {
            if (attribute.when().of(values) == Truth.TRUE) {
                return attribute;
            }
        }
        return null;
    }

    List<Characteristic> characteristics() {
        return characteristics;
    }

    double initial() {
        return initial;
    }

    /// Whether fewer points are adverse.
    boolean below() {
        return below;
    }

    /// How far each characteristic is on the adverse side of its reference.
    double[] shortfalls(double[] values) {
        double[] shortfalls = new double[characteristics.size()];
        for (int i = 0; i < shortfalls.length; i++) {
            Characteristic characteristic = characteristics.get(i);
            @Nullable Attribute attribute = chosen(characteristic, values);
            if (attribute != null) {
                double points = attribute.points().of(values);
                shortfalls[i] = below ? characteristic.reference() - points : points - characteristic.reference();
            }
        }
        return shortfalls;
    }

    /// The reason code of each characteristic, empty for none.
    List<String> codes(double[] values) {
        return characteristics.stream()
                .map(characteristic -> {
                    @Nullable Attribute attribute = chosen(characteristic, values);
                    return attribute == null ? "" : attribute.code();
                })
                .toList();
    }

    /// The reason codes, the largest shortfall first, in the order of the file where equal.
    List<String> ranked(double[] values) {
        double[] shortfalls = shortfalls(values);
        List<String> codes = codes(values);
        Map<String, Double> sums = new LinkedHashMap<>();
        for (int i = 0; i < shortfalls.length; i++) {
            if (!codes.get(i).isEmpty()) {
                sums.merge(codes.get(i), shortfalls[i], Double::sum);
            }
        }
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue() >= 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
