package dev.tranche.examples.credit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Boosted trees by a genuine library: its file, and its own answers.
interface Boosted extends AutoCloseable {

    /// The model file as the library wrote it.
    byte[] file();

    /// Raw sums of the library for these vectors, in its own precision.
    double[] margins(double[][] vectors);

    /// Probabilities by the library's own link, for a model without a calibration after it.
    double[] probabilities(double[][] vectors);

    /// Name and version of the library.
    String library();

    /// What the training was told.
    String parameters();

    @Override
    void close();

    /// Parts of the training rows for the calibration.
    int FOLDS = 5;

    /// Share of the training rows in which a feature that may be missing is blanked. The data has no missing
    /// values, so without this the trees would send a missing value to a side that nobody chose.
    double BLANKED = 0.05;

    /// Trains on some rows.
    interface Trainer {
        /// @throws IOException when the library fails
        Boosted train(List<Applicant> rows) throws IOException;
    }

    /// Calibrates on rows that the scoring trees were not trained on: each fifth of the training rows scored
    /// by trees of the other four, and the validation rows scored by the whole. 200 validation rows alone
    /// would be noise.
    ///
    /// @param whole the model trained on all training rows
    /// @throws IOException when the library fails
    static Platt calibrate(Boosted whole, Trainer trainer, List<Column> columns, GermanCredit.Split split)
            throws IOException {
        List<Applicant> rows = new ArrayList<>(split.validation());
        List<Double> margins = new ArrayList<>();
        for (double margin : whole.margins(Column.vectors(columns, split.validation()))) {
            margins.add(margin);
        }
        List<Applicant> training = split.training();
        for (int fold = 0; fold < FOLDS; fold++) {
            int from = training.size() * fold / FOLDS;
            int to = training.size() * (fold + 1) / FOLDS;
            List<Applicant> others = new ArrayList<>(training.subList(0, from));
            others.addAll(training.subList(to, training.size()));
            List<Applicant> held = training.subList(from, to);
            try (Boosted part = trainer.train(others)) {
                for (double margin : part.margins(Column.vectors(columns, held))) {
                    margins.add(margin);
                }
            }
            rows.addAll(held);
        }
        return Platt.fit(margins.stream().mapToDouble(Double::doubleValue).toArray(), rows);
    }

    /// The training rows with some values blanked, by a fixed seed.
    static List<Applicant> blanked(List<Applicant> rows) {
        java.util.Random random = new java.util.Random(GermanCredit.SEED);
        List<Applicant> blanked = new ArrayList<>();
        for (Applicant row : rows) {
            Applicant changed = row;
            for (Field field : GermanCredit.FIELDS) {
                if (field.missing().equals("allow") && random.nextDouble() < BLANKED) {
                    changed = changed.with(field.name(), null);
                }
            }
            blanked.add(changed);
        }
        return blanked;
    }

    /// A library that could not train or answer.
    static IOException broken(String library, Exception cause) {
        return new IOException(library + " failed: " + cause.getMessage(), cause);
    }
}
