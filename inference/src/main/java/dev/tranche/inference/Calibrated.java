package dev.tranche.inference;

import dev.tranche.inference.transform.Calibration;
import java.util.List;
import java.util.Optional;

/// A model whose single margin goes through a calibration instead of the model's own link; margins stay as
/// they were.
final class Calibrated implements Model {
    private static final double SAME = 1e-6; // of a probability; a float link is off by about 1e-7
    private final Model model;
    private final Calibration calibration;

    private Calibrated(Model model, Calibration calibration) {
        this.model = model;
        this.calibration = calibration;
    }

    /// @throws ArtifactException `calibration_invalid` when the calibration does not fit the model's margin or
    ///     output
    static Model of(Model model, Calibration calibration, OutputKind output) {
        boolean probability = switch (calibration) {
            case Calibration.PriorShift _, Calibration.Platt _, Calibration.Isotonic _ -> true;
            case Calibration.Pdo _ -> false;
        };
        OutputKind given = probability ? OutputKind.PROBABILITY : OutputKind.SCORE;
        if (output != given) {
            throw invalid("gives output " + given + ", but model.yaml says " + output);
        }
        if (model.margins() != 1) {
            throw invalid("needs a model with one margin: " + model.margins());
        }
        boolean logOdds = switch (calibration) {
            case Calibration.PriorShift _, Calibration.Pdo _ -> true;
            case Calibration.Platt _, Calibration.Isotonic _ -> false;
        };
        if (logOdds) {
            checkLogOdds(model);
        }
        return new Calibrated(model, calibration);
    }

    /// A shift by prior odds means something only for log-odds; the model's own link tells whether its margin
    /// is that.
    private static void checkLogOdds(Model model) {
        Prediction zero = model.predict(new double[model.inputNames().size()], Deadline.NONE);
        double expected = Calibration.sigmoid(zero.margins()[0]);
        if (!(Math.abs(expected - zero.score()) <= SAME)) {
            throw invalid("needs a margin in log-odds: at margin " + zero.margins()[0] + " the model says "
                    + zero.score() + ", not " + expected + "; use platt or isotonic");
        }
    }

    private static ArtifactException invalid(String reason) {
        return ArtifactException.of("calibration_invalid", "calibration " + reason);
    }

    @Override
    public List<String> inputNames() {
        return model.inputNames();
    }

    @Override
    public List<List<String>> categories() {
        return model.categories();
    }

    @Override
    public String about() {
        return model.about();
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
        return model.precision();
    }

    @Override
    public double tolerance() {
        return model.tolerance();
    }

    @Override
    public int trees() {
        return model.trees();
    }

    @Override
    public Prediction predict(double[] vector, Deadline deadline) {
        double[] margins = model.predict(vector, deadline).margins();
        return new Prediction(margins, new double[] {calibration.apply(margins[0])});
    }

    @Override
    public Optional<Explainer> explainer() {
        return model.explainer();
    }

    @Override
    public Scorer scorer() {
        return new CalibratedScorer(this, model.scorer(), model.outputs());
    }

    @Override
    public void close() {
        model.close();
    }

    double calibrate(double margin) {
        return calibration.apply(margin);
    }
}
