package dev.tranche.inference.pmml;

import dev.tranche.inference.ArtifactException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A `Scorecard` (DMG PMML 4.4): of each characteristic the partial score of the first attribute that is true, added in
/// the order of the file to the initial score.
///
/// A reason code is ranked by how far the partial score lies below its baseline (`pointsBelow`) or above
/// (`pointsAbove`); characteristics with the same code count together, and a code on the right side of its baseline is
/// not named.
final class PointsCard implements Formula {
    /// One characteristic.
    ///
    /// @param input the place of the vector that it is about: the first that it asks; -1 for none
    /// @param baseline the partial score that is no reason; NaN when the file names none
    record Characteristic(String name, int input, double baseline, List<Attribute> attributes) {}

    /// One attribute.
    ///
    /// @param code its reason code, or its characteristic's; null for none
    record Attribute(Predicate when, Expression points, OptionalDouble constant, @Nullable String code) {}

    /// How far one characteristic is on the adverse side of its baseline.
    record Shortfall(int input, double points, @Nullable String code) {}

    private final double initial;
    private final List<Characteristic> characteristics;
    private final boolean below;
    private final boolean coded;

    private PointsCard(double initial, List<Characteristic> characteristics, boolean below, boolean coded) {
        this.initial = initial;
        this.characteristics = characteristics;
        this.below = below;
        this.coded = coded;
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
        return new PointsCard(card.number("initialScore", 0), List.copyOf(characteristics), below, coded);
    }

    private static Characteristic characteristic(Element element, double baseline, boolean coded, Fields fields) {
        element.only(Set.of("name", "reasonCode", "baselineScore"), Set.of("Attribute"));
        Set<Integer> asked = new TreeSet<>();
        List<Attribute> attributes = new ArrayList<>();
        int input = -1;
        for (Element attribute : element.all("Attribute")) {
            attributes.add(attribute(attribute, element, coded, fields, asked));
            input = input < 0 && !asked.isEmpty() ? asked.iterator().next() : input;
        }
        if (attributes.isEmpty()) {
            throw element.wrong("must have at least one Attribute");
        }
        double own = element.number("baselineScore", baseline);
        if (coded && Double.isNaN(own)) {
            throw element.wrong("needs a baselineScore for its reason codes, here or on the Scorecard");
        }
        return new Characteristic(element.word("name", ""), input, own, List.copyOf(attributes));
    }

    private static Attribute attribute(
            Element element, Element characteristic, boolean coded, Fields fields, Set<Integer> asked) {
        Set<String> children = new TreeSet<>(PredicateReader.NAMES);
        children.add("ComplexPartialScore");
        element.only(Set.of("reasonCode", "partialScore"), children);
        Predicate when = new PredicateReader(fields, asked).inside(element);
        @Nullable String code = element.maybe("reasonCode")
                .or(() -> characteristic.maybe("reasonCode"))
                .orElse(null);
        if (coded && code == null) {
            throw element.wrong("needs a reasonCode, here or on its Characteristic");
        }
        if (element.find("ComplexPartialScore").isPresent()) {
            ExpressionReader reader = new ExpressionReader(fields);
            Expression points = reader.inside(
                    element.need("ComplexPartialScore").only(Set.of(), ExpressionReader.NAMES), Type.DOUBLE);
            asked.addAll(reader.inputs());
            return new Attribute(when, points, OptionalDouble.empty(), code);
        }
        double points = element.number("partialScore");
        return new Attribute(when, values -> points, OptionalDouble.of(points), code);
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

    /// How far each characteristic is on the adverse side; without baselines, below the most points it can give.
    List<Shortfall> shortfalls(double[] values) {
        List<Shortfall> shortfalls = new ArrayList<>();
        for (Characteristic characteristic : characteristics) {
            @Nullable Attribute attribute = chosen(characteristic, values);
            if (attribute != null) {
                double points = attribute.points().of(values);
                double from = Double.isNaN(characteristic.baseline())
                        ? most(characteristic)
                        : characteristic.baseline();
                shortfalls.add(new Shortfall(
                        characteristic.input(), below ? from - points : points - from, attribute.code()));
            }
        }
        return shortfalls;
    }

    private static double most(Characteristic characteristic) {
        return characteristic.attributes().stream()
                .mapToDouble(attribute -> attribute
                        .constant()
                        .orElseThrow(() -> ArtifactException.of(
                                "not_explainable",
                                "the scorecard's characteristic " + characteristic.name()
                                        + " has neither a baseline nor constant points")))
                .max()
                .orElse(0);
    }

    /// The reason codes, the largest shortfall first, in the order of the file where equal; empty when the card uses
    /// none.
    List<String> codes(double[] values) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (Shortfall shortfall : coded ? shortfalls(values) : List.<Shortfall>of()) {
            if (shortfall.code() != null) {
                sums.merge(shortfall.code(), shortfall.points(), Double::sum);
            }
        }
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue() >= 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
