package dev.tranche.inference.pmml;

import dev.tranche.inference.link.DoubleLink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A `RegressionModel` (DMG PMML 4.4): weighted sums, one for each table, and their normalisation.
///
/// The sums run from the intercept over the numeric, the categorical and the interaction terms in the order
/// of the file, in double. A missing number makes the answer missing; a missing category adds nothing.
final class Regression implements Formula {
    /// One term of a sum: NaN when it makes the sum missing.
    private record Term(Expression value) {}

    /// One sum.
    private record Sum(double intercept, List<Term> terms) {
        double of(double[] values) {
            double sum = intercept;
            for (Term term : terms) {
                sum += term.value().of(values);
            }
            return sum;
        }
    }

    private final List<String> classes;
    private final List<Sum> sums;
    private final String norm;

    private Regression(List<String> classes, List<Sum> sums, String norm) {
        this.classes = classes;
        this.sums = sums;
        this.norm = norm;
    }

    static Regression read(Element model, Fields fields) {
        model.only(
                Set.of(
                        "modelName",
                        "functionName",
                        "algorithmName",
                        "modelType",
                        "targetFieldName",
                        "normalizationMethod",
                        "isScorable"),
                Set.of(
                        "MiningSchema",
                        "Output",
                        "ModelStats",
                        "ModelExplanation",
                        "Targets",
                        "LocalTransformations",
                        "RegressionTable",
                        "ModelVerification"));
        boolean classification = model.word("functionName").equals("classification");
        model.choice("functionName", List.of("regression", "classification"));
        String norm = model.choice(
                "normalizationMethod",
                List.of("none", "softmax", "logit", "exp", "simplemax", "cloglog", "loglog", "cauchit"));
        List<String> classes = new ArrayList<>();
        List<Sum> sums = new ArrayList<>();
        for (Element table : model.all("RegressionTable")) {
            sums.add(table(table, fields));
            if (classification) {
                classes.add(table.word("targetCategory"));
            }
        }
        boolean fits = classification
                ? sums.size() > 1
                        && (sums.size() == 2
                                || Set.of("none", "softmax", "simplemax").contains(norm))
                : sums.size() == 1 && !norm.equals("simplemax");
        if (!fits || (classification && norm.equals("exp"))) {
            throw model.unread("a " + model.word("functionName") + " of " + sums.size()
                    + " tables is not read with the normalisation " + norm);
        }
        if (Set.copyOf(classes).size() < classes.size()) {
            throw model.wrong("targetCategory must differ: " + classes);
        }
        return new Regression(List.copyOf(classes), List.copyOf(sums), norm);
    }

    private static Sum table(Element table, Fields fields) {
        table.only(
                Set.of("intercept", "targetCategory"),
                Set.of("NumericPredictor", "CategoricalPredictor", "PredictorTerm"));
        List<Term> terms = new ArrayList<>();
        for (Element predictor : table.all("NumericPredictor")) {
            predictor.only(Set.of("name", "exponent", "coefficient", "mean", "stdDev"), Set.of());
            int slot = number(fields, predictor, "name");
            double exponent = predictor.number("exponent", 1);
            double coefficient = predictor.number("coefficient");
            terms.add(new Term(
                    exponent == 1
                            ? values -> coefficient * values[slot]
                            : values -> coefficient * StrictMath.pow(values[slot], exponent)));
        }
        for (Element predictor : table.all("CategoricalPredictor")) {
            predictor.only(Set.of("name", "value", "coefficient"), Set.of());
            Fields.Field field = fields.find(predictor.word("name"), predictor);
            double literal = fields.literal(field, predictor.word("value"), predictor);
            double coefficient = predictor.number("coefficient");
            int slot = field.slot();
            terms.add(new Term(values -> values[slot] == literal ? coefficient : 0));
        }
        for (Element term : table.all("PredictorTerm")) {
            term.only(Set.of("name", "coefficient"), Set.of("FieldRef"));
            double coefficient = term.number("coefficient");
            int[] slots = term.all("FieldRef").stream()
                    .mapToInt(field -> number(fields, field.only(Set.of("field"), Set.of()), "field"))
                    .toArray();
            terms.add(new Term(values -> {
                double product = coefficient;
                for (int slot : slots) {
                    product *= values[slot];
                }
                return product;
            }));
        }
        return new Sum(table.number("intercept"), List.copyOf(terms));
    }

    private static int number(Fields fields, Element element, String attribute) {
        Fields.Field field = fields.find(element.word(attribute), element);
        if (field.type() == Type.TEXT) {
            throw element.wrong("a text cannot be multiplied: " + field.name());
        }
        return field.slot();
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int margins() {
        return sums.size();
    }

    @Override
    public Answer of(double[] values) {
        double[] margins = new double[sums.size()];
        for (int i = 0; i < margins.length; i++) {
            margins[i] = sums.get(i).of(values);
            if (Double.isNaN(margins[i])) {
                return Answer.MISSING;
            }
        }
        double[] outputs = classes.isEmpty() ? new double[] {inverse(margins[0])} : probabilities(margins);
        return Arrays.stream(outputs).anyMatch(Double::isNaN) ? Answer.MISSING : new Answer(margins, outputs);
    }

    private double[] probabilities(double[] margins) {
        if (norm.equals("softmax")) {
            return new DoubleLink.Softmax().outputs(margins);
        }
        double[] outputs = margins.clone();
        int last = outputs.length - 1;
        if (norm.equals("simplemax")) {
            double sum = Arrays.stream(margins).sum();
            Arrays.setAll(outputs, i -> margins[i] / sum);
            return outputs;
        }
        double rest = 1;
        for (int i = 0; i < last; i++) {
            outputs[i] = inverse(margins[i]);
            rest -= outputs[i];
        }
        outputs[last] = rest;
        return outputs;
    }

    private double inverse(double margin) {
        return switch (norm) {
            case "softmax", "logit" -> 1 / (1 + StrictMath.exp(-margin));
            case "exp" -> StrictMath.exp(margin);
            case "cloglog" -> 1 - StrictMath.exp(-StrictMath.exp(margin));
            case "loglog" -> StrictMath.exp(-StrictMath.exp(-margin));
            case "cauchit" -> 0.5 + StrictMath.atan(margin) / Math.PI;
            default -> margin;
        };
    }

    @Override
    public double margin(Answer answer, int place) {
        double[] margins = answer.margins();
        if (margins.length == 2 && norm.equals("softmax")) {
            return margins[place] - margins[1 - place];
        }
        if (margins.length == 2 && norm.equals("logit")) {
            return place == 0 ? margins[0] : -margins[0];
        }
        return answer.outputs()[place];
    }
}
