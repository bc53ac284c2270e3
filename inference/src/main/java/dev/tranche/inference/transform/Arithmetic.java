package dev.tranche.inference.transform;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/// Operations over several number columns. Missing in any of them makes the result missing; sums run in the
/// order written, so that they have the same bits everywhere.
final class Arithmetic {
    private Arithmetic() {}

    static Step sum(JsonKeys keys, Columns columns) {
        return fold(keys, columns, columns.listOf(Kind.NUMBER, keys, "inputs", 1), (a, b) -> a + b);
    }

    static Step product(JsonKeys keys, Columns columns) {
        return fold(keys, columns, columns.listOf(Kind.NUMBER, keys, "inputs", 1), (a, b) -> a * b);
    }

    static Step difference(JsonKeys keys, Columns columns) {
        List<Column> inputs = columns.listOf(Kind.NUMBER, keys, "inputs", 2);
        if (inputs.size() > 2) {
            throw keys.wrong("inputs", "must name two columns: " + inputs.size());
        }
        return fold(keys, columns, inputs, (a, b) -> a - b);
    }

    static Step ratio(JsonKeys keys, Columns columns) {
        Column over = columns.of(Kind.NUMBER, keys, "numerator");
        Column under = columns.of(Kind.NUMBER, keys, "denominator");
        Otherwise zero = Otherwise.read(keys, "zero");
        double epsilon = keys.number("epsilon", 0);
        int a = over.slot();
        int b = under.slot();
        int to = columns.number(keys.text("output"), List.of(over, under));
        return frame -> {
            double divisor = frame.numbers[b] + epsilon;
            frame.numbers[to] = divisor == 0
                    ? zero.of(under.name(), "must not be zero: it divides " + over.name())
                    : Numbers.finite(frame.numbers[a] / divisor);
        };
    }

    /// `intercept + Σ coefficient · Π column^power`, added from left to right.
    static Step linear(JsonKeys keys, Columns columns) {
        double intercept = keys.number("intercept");
        List<Term> terms = new ArrayList<>();
        List<Column> used = new ArrayList<>();
        for (Json item : keys.items("terms")) {
            JsonKeys term = item.asStruct(keys.where() + ": term").keys(keys.where() + ": term " + terms.size());
            terms.add(Term.read(term, columns, used));
            term.done();
        }
        int to = columns.number(keys.text("output"), used);
        Term[] sum = terms.toArray(new Term[0]);
        return frame -> {
            double total = intercept;
            for (Term term : sum) {
                total += term.of(frame);
            }
            frame.numbers[to] = Numbers.finite(total);
        };
    }

    private static Step fold(JsonKeys keys, Columns columns, List<Column> inputs, DoubleBinaryOperator operator) {
        int[] from = inputs.stream().mapToInt(Column::slot).toArray();
        int to = columns.number(keys.text("output"), inputs);
        return frame -> {
            double folded = frame.numbers[from[0]];
            for (int i = 1; i < from.length; i++) {
                folded = operator.applyAsDouble(folded, frame.numbers[from[i]]);
            }
            frame.numbers[to] = Numbers.finite(folded);
        };
    }

    /// One product of a polynomial.
    private static final class Term {
        private final double coefficient;
        private final int[] slots;
        private final double[] powers;

        private Term(double coefficient, int[] slots, double[] powers) {
            this.coefficient = coefficient;
            this.slots = slots;
            this.powers = powers;
        }

        static Term read(JsonKeys keys, Columns columns, List<Column> used) {
            double coefficient = keys.number("coefficient");
            Map<String, Double> powers = keys.has("powers") ? keys.table("powers") : Map.of(keys.text("input"), 1.0);
            int[] slots = new int[powers.size()];
            double[] exponents = new double[powers.size()];
            int i = 0;
            for (Map.Entry<String, Double> power : powers.entrySet()) {
                Column column = columns.of(Kind.NUMBER, keys, "powers", power.getKey());
                used.add(column);
                slots[i] = column.slot();
                exponents[i++] = power.getValue();
            }
            return new Term(coefficient, slots, exponents);
        }

        double of(Frame frame) {
            double product = coefficient;
            for (int i = 0; i < slots.length; i++) {
                double x = frame.numbers[slots[i]];
                product *= powers[i] == 1 ? x : StrictMath.pow(x, powers[i]);
            }
            return product;
        }
    }
}
