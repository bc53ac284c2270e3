package dev.tranche.inference.scorecard;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.transform.Calibration;
import dev.tranche.inference.transform.PointsScale;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A scorecard: the points of its lines, added in the order of the file to the base points. The margin is the
/// score of record in points; the output is the score, or the probability of bad at that score.
final class Scorecard implements Model, Explainer {
    private final double basePoints;
    private final Characteristic[] lines;
    private final double[] reference;
    private final Rounding rounding;
    private final @Nullable PointsScale probability;

    /// @param reference by line, the points from which reasons count downwards
    /// @param probability the scale that turns points into a probability; null when the output is the points
    Scorecard(
            double basePoints,
            List<Characteristic> lines,
            double[] reference,
            Rounding rounding,
            @Nullable PointsScale probability) {
        this.basePoints = basePoints;
        this.lines = lines.toArray(new Characteristic[0]);
        this.reference = reference.clone();
        this.rounding = rounding;
        this.probability = probability;
    }

    @Override
    public List<String> inputNames() {
        return java.util.Arrays.stream(lines).map(Characteristic::input).toList();
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public int margins() {
        return 1;
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
        Vectors.check(vector, lines.length);
        double sum = basePoints;
        for (int i = 0; i < lines.length; i++) {
            sum += lines[i].points(vector[i]);
        }
        double points = rounding.total(sum);
        double output = probability == null ? points : Calibration.sigmoid(probability.logOddsOfBad(points));
        return new Prediction(new double[] {points}, new double[] {output});
    }

    @Override
    public Optional<Explainer> explainer() {
        return Optional.of(this);
    }

    @Override
    public Contributions.Method method() {
        return Contributions.Method.POINTS_BELOW_REFERENCE;
    }

    @Override
    public String reference() {
        return "reference points of each characteristic, kept in the model";
    }

    @Override
    public double base(int margin) {
        double sum = basePoints;
        for (double points : reference) {
            sum += points;
        }
        return sum;
    }

    @Override
    public int direction() {
        return -1;
    }

    @Override
    public double[] parts(double[] vector, int margin, Deadline deadline) {
        Vectors.check(vector, lines.length);
        double[] below = new double[lines.length];
        for (int i = 0; i < lines.length; i++) {
            below[i] = reference[i] - lines[i].points(vector[i]);
        }
        return below;
    }
}
