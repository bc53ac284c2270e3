package dev.tranche.inference;

/// Scores by another scorer and puts the calibrated margin in place of its outputs. Owned by one thread.
final class CalibratedScorer implements Scorer {
    private final Calibrated model;
    private final Scorer scorer;
    private final int width;
    private double[] unused;

    /// @param width the outputs of the scorer's own model, which are not looked at
    CalibratedScorer(Calibrated model, Scorer scorer, int width) {
        this.model = model;
        this.scorer = scorer;
        this.width = width;
        unused = new double[width];
    }

    @Override
    public void predict(double[] vector, Deadline deadline, double[] margins, double[] outputs) {
        Lengths.check(model, 1, vector.length, margins, outputs);
        scorer.predict(vector, deadline, margins, unused);
        outputs[0] = model.calibrate(margins[0]);
    }

    @Override
    public void predictRows(double[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
        Lengths.check(model, rows, vectors.length, margins, outputs);
        scorer.predictRows(vectors, rows, deadline, margins, room(rows));
        calibrate(rows, margins, outputs);
    }

    @Override
    public void predictRows(float[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
        Lengths.check(model, rows, vectors.length, margins, outputs);
        scorer.predictRows(vectors, rows, deadline, margins, room(rows));
        calibrate(rows, margins, outputs);
    }

    private double[] room(int rows) {
        int wanted = Math.multiplyExact(rows, width);
        if (unused.length < wanted) {
            unused = new double[wanted];
        }
        return unused;
    }

    private void calibrate(int rows, double[] margins, double[] outputs) {
        for (int row = 0; row < rows; row++) {
            outputs[row] = model.calibrate(margins[row]);
        }
    }
}
