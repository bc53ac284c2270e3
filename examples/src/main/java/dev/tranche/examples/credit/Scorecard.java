package dev.tranche.examples.credit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A points scorecard: weights of evidence, joined by a logistic regression, scaled so that 600 points mean
/// odds of 50 good to 1 bad and every 20 points double the odds.
///
/// Missing and unseen values get the average weight, 0.
///
/// @param characteristics the features scored
/// @param intercept log-odds of bad of an applicant with average weights
record Scorecard(List<Characteristic> characteristics, double intercept) {

    /// Points at the base odds.
    static final double BASE = 600;

    /// Good to bad at the base points.
    static final double ODDS = 50;

    /// Points that double the odds.
    static final double PDO = 20;

    /// A feature that says less than this is left out (the usual border of "not predictive").
    private static final double LEAST_INFORMATION = 0.02;

    private static final double RIDGE = 2;

    /// @param steps bins of a number, null for words
    /// @param words weights of words, empty for a number
    /// @param coefficient of the regression, greater than 0
    record Characteristic(String feature, Woe.@Nullable Steps steps, Map<String, Double> words, double coefficient) {

        double weight(Applicant applicant) {
            if (steps != null) {
                double value = applicant.number(feature);
                return Double.isNaN(value) ? 0 : steps.weights().get(steps.bin(value));
            }
            String text = applicant.text(feature);
            return text == null ? 0 : words.getOrDefault(text, 0.0);
        }

        Characteristic times(double other) {
            return new Characteristic(feature, steps, words, other);
        }
    }

    /// Bins, selects and fits. A feature whose coefficient turns out negative speaks against its own bins and
    /// is dropped.
    static Scorecard fit(List<Applicant> rows) {
        List<Characteristic> chosen = new ArrayList<>();
        for (Field field : GermanCredit.FIELDS) {
            if (GermanCredit.UNSCORED.contains(field.name())) {
                continue;
            }
            Woe.Steps steps = field.numeric() ? Woe.steps(rows, field.name()) : null;
            Map<String, Double> words = field.numeric() ? Map.of() : Woe.words(rows, field);
            double information = steps == null
                    ? Woe.information(rows, field.name(), words)
                    : Woe.information(rows, field.name(), steps);
            if (information >= LEAST_INFORMATION) {
                chosen.add(new Characteristic(field.name(), steps, words, 1));
            }
        }
        double[] targets = rows.stream().mapToDouble(row -> row.bad() ? 1 : 0).toArray();
        while (true) {
            List<Characteristic> tried = chosen;
            double[][] inputs = rows.stream()
                    .map(row ->
                            tried.stream().mapToDouble(one -> one.weight(row)).toArray())
                    .toArray(double[][]::new);
            Logistic fitted = Logistic.fit(inputs, targets, RIDGE);
            List<Characteristic> kept = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                if (fitted.weights()[i] > 0) {
                    kept.add(chosen.get(i).times(fitted.weights()[i]));
                }
            }
            if (kept.size() == chosen.size()) {
                return new Scorecard(kept, fitted.intercept());
            }
            chosen = kept;
        }
    }

    /// Log-odds of bad.
    double logOdds(Applicant applicant) {
        double sum = intercept;
        for (Characteristic characteristic : characteristics) {
            sum += characteristic.coefficient() * characteristic.weight(applicant);
        }
        return sum;
    }

    /// The score of record: whole points, rounded bin by bin, added up.
    double points(Applicant applicant) {
        Applicant filled = Column.filled(applicant);
        double sum = 0;
        for (Characteristic characteristic : characteristics) {
            sum += points(characteristic, characteristic.weight(filled));
        }
        return sum;
    }

    /// Probability of bad at the points, so that the two never tell different stories.
    double probability(Applicant applicant) {
        return 1 / (1 + StrictMath.exp(-(offset() - points(applicant)) / factor()));
    }

    /// What the model file is given: numbers as they are, words as their place among the declared ones, −1
    /// for a word that is not among them.
    double[] vector(Applicant applicant) {
        Applicant filled = Column.filled(applicant);
        return characteristics.stream()
                .mapToDouble(characteristic -> {
                    Field field = GermanCredit.field(characteristic.feature());
                    String text = filled.text(field.name());
                    if (field.numeric() || text == null) {
                        return filled.number(field.name());
                    }
                    int place = field.categories().indexOf(text);
                    return place < 0 && field.unseen().equals("missing") ? Double.NaN : place;
                })
                .toArray();
    }

    /// Points of a bin: its share of the offset and intercept, less what its weight costs; rounded half to
    /// even.
    double points(Characteristic characteristic, double weight) {
        double share = (offset() - factor() * intercept) / characteristics.size();
        return Math.rint(share - factor() * characteristic.coefficient() * weight);
    }

    /// Points at odds of 1 to 1.
    private static double offset() {
        return BASE - factor() * StrictMath.log(ODDS);
    }

    /// Points for one unit of log-odds.
    private static double factor() {
        return PDO / StrictMath.log(2);
    }
}
