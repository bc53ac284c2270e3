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

    /// Share of the training rows in which a feature that may be missing is blanked. The data has no missing values, so
    /// without this the trees would send a missing value to a side that nobody chose.
    double BLANKED = 0.05;

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
