package dev.tranche.inference.pmml;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A model of a PMML file, versions 3.0 to 4.4: a scorecard, a regression, a tree, or segments of these.
///
/// A value is prepared as the MiningSchema says, the derived fields are computed, and the model answers in
/// double. A row for which the file gives no answer (a missing or an invalid value, no true child, no true
/// attribute) is refused as a [RowRefusedException]. Immutable and safe for any number of threads.
public final class PmmlModel implements Model {
    private final List<Input> inputs;
    private final List<Fields.Derived> derived;
    private final int slots;
    private final Formula formula;
    private final Target target;
    private final String targetName;
    private final int positive;

    private PmmlModel(
            List<Input> inputs,
            List<Fields.Derived> derived,
            int slots,
            Formula formula,
            Target target,
            String targetName,
            int positive) {
        this.inputs = inputs;
        this.derived = derived;
        this.slots = slots;
        this.formula = formula;
        this.target = target;
        this.targetName = targetName;
        this.positive = positive;
    }

    /// The model of a file.
    ///
    /// @param root the element `PMML`
    /// @throws ArtifactException `pmml_unknown` or `pmml_unread` when it says something that is not read here,
    ///     `pmml_invalid` when it contradicts itself
    public static PmmlModel of(Element root) {
        if (!root.name().equals("PMML")) {
            throw root.wrong("the file must be a PMML element");
        }
        String version = root.word("version");
        if (!version.matches("3\\.[0-2](\\..*)?|4\\.[0-4](\\..*)?")) {
            throw root.unread("versions 3.0 to 4.4 are read, not " + version);
        }
        Element model = ModelElement.inside(root);
        root.only(
                Set.of("version", "baseVersion"),
                Set.of("Header", "MiningBuildTask", "DataDictionary", "TransformationDictionary", model.name()));
        Fields fields = Fields.empty();
        InputReader reader = InputReader.of(root.need("DataDictionary"), model.need("MiningSchema"), fields);
        ExpressionReader.derive(root.find("TransformationDictionary"), fields);
        ExpressionReader.derive(model.find("LocalTransformations"), fields);
        ModelElement.check(model);
        List<String> classes = reader.target()
                .map(field -> field.all("Value").stream()
                        .filter(value -> value.word("property", "valid").equals("valid"))
                        .map(value -> value.word("value"))
                        .toList())
                .orElse(List.of());
        Formula formula = ModelElement.formula(model, fields, classes);
        Target target = Target.read(model.find("Targets"), !formula.classes().isEmpty());
        String name = reader.target().map(field -> field.word("name")).orElse("the target");
        return new PmmlModel(reader.inputs(), fields.derived(), fields.slots(), formula, target, name, -1);
    }

    /// The classes of a classification, in the order of the outputs; empty for a regression.
    public List<String> classes() {
        return formula.classes();
    }

    /// This classification with the probability of one class as its only output.
    ///
    /// @throws ArtifactException `output_mismatch` when there is no such class
    public PmmlModel positive(String label) {
        int place = formula.classes().indexOf(label);
        if (place < 0) {
            throw ArtifactException.of(
                    "output_mismatch",
                    "label.positive must be one of the model's classes " + formula.classes() + ": " + label);
        }
        return new PmmlModel(inputs, derived, slots, formula, target, targetName, place);
    }

    @Override
    public List<String> inputNames() {
        return inputs.stream().map(Input::name).toList();
    }

    @Override
    public List<List<String>> categories() {
        return inputs.stream().map(Input::categories).toList();
    }

    /// The inputs that are texts: their places in the vector hold codes, never numbers of their own.
    public List<String> texts() {
        return inputs.stream()
                .filter(input -> input.type() == Type.TEXT)
                .map(Input::name)
                .toList();
    }

    @Override
    public int outputs() {
        return positive >= 0 || formula.classes().isEmpty()
                ? 1
                : formula.classes().size();
    }

    @Override
    public int margins() {
        return positive >= 0 ? 1 : formula.margins();
    }

    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public int trees() {
        return 0;
    }

    @Override
    public Prediction predict(double[] vector, Deadline deadline) {
        if (deadline.passed()) {
            throw DeadlinePassedException.after(0, 0);
        }
        Formula.Answer answer = formula.of(values(vector));
        if (answer.isMissing()) {
            throw RowRefusedException.of(targetName, "has no answer for such a row: the model file says so");
        }
        if (positive >= 0) {
            return new Prediction(
                    new double[] {formula.margin(answer, positive)}, new double[] {answer.outputs()[positive]});
        }
        double[] outputs = answer.outputs();
        if (formula.classes().isEmpty()) {
            outputs[0] = target.of(outputs[0]);
        }
        return new Prediction(answer.margins(), outputs);
    }

    private double[] values(double[] vector) {
        if (vector.length != inputs.size()) {
            throw new IllegalArgumentException("the vector must have " + inputs.size() + " values: " + vector.length);
        }
        double[] values = new double[slots];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < vector.length; i++) {
            values[i] = inputs.get(i).prepare(vector[i]);
        }
        for (Fields.Derived field : derived) {
            values[field.slot()] = field.expression().of(values);
        }
        return values;
    }

    /// The reason codes of a scorecard's file for this row, ranked as the DMG says: how far their
    /// characteristics lie on the adverse side of the baseline, the farthest first, those on the right side
    /// left out.
    public List<String> reasonCodes(double[] vector) {
        return formula instanceof PointsCard card ? card.ranked(values(vector)) : List.of();
    }

    @Override
    public Optional<Explainer> explainer() {
        return formula instanceof PointsCard card
                        && card.characteristics().stream().noneMatch(line -> Double.isNaN(line.reference()))
                ? Optional.of(new Points(card))
                : Optional.empty();
    }

    /// Splits a scorecard's points by characteristic, with the file's own reason codes.
    private final class Points implements Explainer {
        private final PointsCard card;

        Points(PointsCard card) {
            this.card = card;
        }

        @Override
        public Contributions.Method method() {
            return Contributions.Method.POINTS_BELOW_REFERENCE;
        }

        @Override
        public String reference() {
            return "baseline points of each characteristic, kept in the PMML file";
        }

        @Override
        public double base(int margin) {
            return card.characteristics().stream()
                    .mapToDouble(PointsCard.Characteristic::reference)
                    .reduce(card.initial(), Double::sum);
        }

        @Override
        public int direction() {
            return card.below() ? -1 : 1;
        }

        @Override
        public List<Line> lines() {
            return card.characteristics().stream()
                    .map(line -> new Line(
                            line.name(),
                            line.inputs().stream()
                                    .sorted()
                                    .map(input -> inputs.get(input).name())
                                    .toList(),
                            line.codes()))
                    .toList();
        }

        @Override
        public double[] parts(double[] vector, int margin, Deadline deadline) {
            return card.shortfalls(values(vector));
        }

        @Override
        public List<String> codes(double[] vector) {
            return card.codes(values(vector));
        }
    }
}
