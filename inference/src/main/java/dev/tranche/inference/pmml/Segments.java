package dev.tranche.inference.pmml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A `MiningModel` of segments side by side (DMG PMML 4.4, Multiple Models): the answers of the segments
/// whose predicate is true, added, averaged, or the first of them. A chain, in which one segment's answer
/// feeds the next, is refused.
///
/// The answer is missing when that of a segment that takes part is.
final class Segments implements Formula {
    private record Segment(Predicate when, double weight, Formula formula) {}

    private final List<String> classes;
    private final List<Segment> segments;
    private final String method;

    private Segments(List<String> classes, List<Segment> segments, String method) {
        this.classes = classes;
        this.segments = segments;
        this.method = method;
    }

    static Segments read(Element model, Fields fields, List<String> known) {
        model.only(
                Set.of("modelName", "functionName", "algorithmName", "isScorable"),
                Set.of(
                        "MiningSchema",
                        "Output",
                        "ModelStats",
                        "ModelExplanation",
                        "Targets",
                        "LocalTransformations",
                        "Segmentation",
                        "ModelVerification"));
        boolean classification = model.word("functionName").equals("classification");
        Element segmentation = model.need("Segmentation");
        segmentation.only(
                Set.of("multipleModelMethod", "missingPredictionTreatment", "missingThreshold"), Set.of("Segment"));
        String method = segmentation.word("multipleModelMethod");
        Set<String> methods = classification
                ? Set.of("selectFirst", "average", "weightedAverage")
                : Set.of("selectFirst", "sum", "average", "weightedAverage");
        if (!methods.contains(method)) {
            throw segmentation.unread("multipleModelMethod is read as one of "
                    + methods.stream().sorted().toList() + " for a " + model.word("functionName") + ", not as " + method
                    + "; if the file was made from XGBoost or LightGBM, register the library's own file");
        }
        segmentation.choice("missingPredictionTreatment", List.of("continue"));
        List<Segment> segments = new ArrayList<>();
        for (Element segment : segmentation.all("Segment")) {
            segments.add(segment(segment, fields, known));
        }
        List<String> classes =
                segments.isEmpty() ? List.of() : segments.getFirst().formula().classes();
        for (Segment segment : segments) {
            if (!segment.formula().classes().equals(classes) || classes.isEmpty() == classification) {
                throw segmentation.wrong("all segments must answer the same classes: " + classes + ", "
                        + segment.formula().classes());
            }
        }
        if (segments.isEmpty()) {
            throw segmentation.wrong("must have at least one Segment");
        }
        return new Segments(classes, List.copyOf(segments), method);
    }

    private static Segment segment(Element segment, Fields fields, List<String> known) {
        Set<String> children = new TreeSet<>(PredicateReader.NAMES);
        children.addAll(ModelElement.NAMES);
        segment.only(Set.of("id", "weight"), children);
        Predicate when = new PredicateReader(fields, new TreeSet<>()).inside(segment);
        Element model = ModelElement.inside(segment);
        Fields own = fields.inner();
        InputReader.check(model.need("MiningSchema"), own);
        ExpressionReader.derive(model.find("LocalTransformations"), own);
        ModelElement.check(model);
        if (model.find("Targets").isPresent()) {
            throw model.unread("the Targets of a segment are not read");
        }
        return new Segment(when, segment.number("weight", 1), ModelElement.formula(model, own, known));
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
        double[] sums = new double[margins()];
        double weights = 0;
        for (Segment segment : segments) {
            if (segment.when().of(values) == Truth.TRUE) {
                Answer answer = segment.formula().of(values);
                if (answer.isMissing() || method.equals("selectFirst")) {
                    return answer.isMissing()
                            ? answer
                            : new Answer(answer.outputs().clone(), answer.outputs());
                }
                double weight = method.equals("weightedAverage") ? segment.weight() : 1;
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += weight * answer.outputs()[i];
                }
                weights += weight;
            }
        }
        if (weights == 0) {
            return Answer.MISSING;
        }
        if (!method.equals("sum")) {
            double divisor = weights;
            Arrays.setAll(sums, i -> sums[i] / divisor);
        }
        return new Answer(sums, sums.clone());
    }
}
