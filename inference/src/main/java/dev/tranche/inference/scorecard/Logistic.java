package dev.tranche.inference.scorecard;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.Precision;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.transform.Calibration;
import java.util.List;
import java.util.Optional;

/// A weighted sum, `intercept + Σ coefficient · input` from left to right in double, and its logistic link (or
/// none, for a value). A missing input without a declared stand-in is refused: a sum with a hole has no
/// meaning.
final class Logistic implements Model, Explainer {
    private final double intercept;
    private final List<Term> terms;
    private final boolean logit;

    Logistic(double intercept, List<Term> terms, boolean logit) {
        this.intercept = intercept;
        this.terms = List.copyOf(terms);
        this.logit = logit;
    }

    /// @param missing what stands in for a missing input; NaN refuses
    /// @param reference the input's value from which reasons count, usually its mean in training
    record Term(String input, double coefficient, double missing, double reference) {
        double value(double given) {
            double value = Double.isNaN(given) ? missing : given;
            if (Double.isNaN(value)) {
                throw RowRefusedException.of(input, "is missing, and the model declares nothing in its place");
            }
            return value;
        }
    }

    @Override
    public List<String> inputNames() {
        return terms.stream().map(Term::input).toList();
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
        Vectors.check(vector, terms.size());
        double sum = intercept;
        for (int i = 0; i < vector.length; i++) {
            Term term = terms.get(i);
            sum += term.coefficient() * term.value(vector[i]);
        }
        return new Prediction(new double[] {sum}, new double[] {logit ? Calibration.sigmoid(sum) : sum});
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
        return "reference value of each term, kept in the model";
    }

    @Override
    public double base(int margin) {
        double sum = intercept;
        for (Term term : terms) {
            sum += term.coefficient() * term.reference();
        }
        return sum;
    }

    @Override
    public double[] parts(double[] vector, int margin, Deadline deadline) {
        Vectors.check(vector, terms.size());
        double[] parts = new double[vector.length];
        for (int i = 0; i < parts.length; i++) {
            Term term = terms.get(i);
            parts[i] = term.coefficient() * (term.value(vector[i]) - term.reference());
        }
        return parts;
    }
}
