package dev.tranche.inference.pmml;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A condition on the fields (DMG PMML 4.4, Tree Models: predicates). Immutable.
sealed interface Predicate {
    /// What it says of these values.
    Truth of(double[] values);

    /// Always the same.
    record Always(Truth truth) implements Predicate {
        @Override
        public Truth of(double[] values) {
            return truth;
        }
    }

    /// Whether a field is missing, or is not.
    record Missing(int slot, boolean missing) implements Predicate {
        @Override
        public Truth of(double[] values) {
            return Truth.of(Double.isNaN(values[slot]) == missing);
        }
    }

    /// A field against a literal.
    record Simple(int slot, Comparison comparison, double literal) implements Predicate {
        @Override
        public Truth of(double[] values) {
            double value = values[slot];
            return Double.isNaN(value) ? Truth.UNKNOWN : Truth.of(comparison.holds(value, literal));
        }
    }

    /// A field against a set of literals.
    record InSet(int slot, boolean in, Set<Double> literals) implements Predicate {
        public InSet {
            Set<Double> plain = new HashSet<>();
            literals.forEach(literal -> plain.add(literal + 0.0));
            literals = plain;
        }

        @Override
        public Truth of(double[] values) {
            double value = values[slot];
            return Double.isNaN(value) ? Truth.UNKNOWN : Truth.of(literals.contains(value + 0.0) == in);
        }
    }

    /// All of the parts: false as soon as one is, unknown when one is and none is false.
    record All(List<Predicate> parts) implements Predicate {
        @Override
        public Truth of(double[] values) {
            Truth truth = Truth.TRUE;
            for (Predicate part : parts) {
                switch (part.of(values)) {
                    case TRUE -> {}
                    case FALSE -> {
                        return Truth.FALSE;
                    }
                    case UNKNOWN -> truth = Truth.UNKNOWN;
                }
            }
            return truth;
        }
    }

    /// One of the parts: true as soon as one is, unknown when one is and none is true.
    record Any(List<Predicate> parts) implements Predicate {
        @Override
        public Truth of(double[] values) {
            Truth truth = Truth.FALSE;
            for (Predicate part : parts) {
                switch (part.of(values)) {
                    case TRUE -> {
                        return Truth.TRUE;
                    }
                    case FALSE -> {}
                    case UNKNOWN -> truth = Truth.UNKNOWN;
                }
            }
            return truth;
        }
    }

    /// An odd number of the parts; unknown when one is.
    record Odd(List<Predicate> parts) implements Predicate {
        @Override
        public Truth of(double[] values) {
            boolean odd = false;
            for (Predicate part : parts) {
                Truth truth = part.of(values);
                if (truth == Truth.UNKNOWN) {
                    return truth;
                }
                odd ^= truth == Truth.TRUE;
            }
            return Truth.of(odd);
        }
    }

    /// The first part that is not unknown.
    record Surrogate(List<Predicate> parts) implements Predicate {
        @Override
        public Truth of(double[] values) {
            for (Predicate part : parts) {
                Truth truth = part.of(values);
                if (truth != Truth.UNKNOWN) {
                    return truth;
                }
            }
            return Truth.UNKNOWN;
        }
    }
}
