package dev.tranche.inference;

/// The scorer of a model without a batch form of its own: one prediction after the other. Owned by one thread.
final class RowByRow implements Scorer {
    private final Model model;
    private final double[] vector;

    RowByRow(Model model) {
        this.model = model;
        vector = new double[model.inputNames().size()];
    }

    @Override
    public void predict(double[] vector, Deadline deadline, double[] margins, double[] outputs) {
        Lengths.check(model, 1, vector.length, margins, outputs);
        answer(vector, 0, deadline, margins, outputs);
    }

    @Override
    public void predictRows(double[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
        Lengths.check(model, rows, vectors.length, margins, outputs);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(vectors, row * vector.length, vector, 0, vector.length);
            answer(vector, row, deadline, margins, outputs);
        }
    }

    @Override
    public void predictRows(float[] vectors, int rows, Deadline deadline, double[] margins, double[] outputs) {
        Lengths.check(model, rows, vectors.length, margins, outputs);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = vectors[row * vector.length + i];
            }
            answer(vector, row, deadline, margins, outputs);
        }
    }

    private void answer(double[] vector, int row, Deadline deadline, double[] margins, double[] outputs) {
        if (deadline.passed()) {
            throw DeadlinePassedException.after(0, model.trees());
        }
        Prediction prediction = model.predict(vector, deadline);
        double[] margin = prediction.margins();
        System.arraycopy(margin, 0, margins, row * margin.length, margin.length);
        double[] output = prediction.outputs();
        System.arraycopy(output, 0, outputs, row * output.length, output.length);
    }
}
