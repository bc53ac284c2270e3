package dev.tranche.inference.scorecard;

import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.transform.CategoryTable;
import dev.tranche.inference.transform.NumericTable;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// One line of a scorecard: an input and the points for everything it can hold.
sealed interface Characteristic {
    /// The input's name.
    String input();

    /// The points for a place of the vector.
    double points(double value);

    /// The most points that this line can give.
    double most();

    /// This line with other numbers in its table.
    Characteristic map(DoubleUnaryOperator function);

    /// A line over a number.
    record Numeric(String input, NumericTable table) implements Characteristic {
        @Override
        public double points(double value) {
            return table.of(value);
        }

        @Override
        public double most() {
            return table.largest();
        }

        @Override
        public Characteristic map(DoubleUnaryOperator function) {
            return new Numeric(input, table.map(function));
        }
    }

    /// A line over a category, which the vector holds as its place in `levels`, -1 for a category not among
    /// them.
    record Category(String input, CategoryTable table, List<String> levels) implements Characteristic {
        @Override
        public double points(double value) {
            if (Double.isNaN(value)) {
                return table.of(null);
            }
            int place = (int) value;
            if (place != value || place >= levels.size()) {
                throw RowRefusedException.of(input, "must be a place within -1.." + (levels.size() - 1) + ": " + value);
            }
            return place < 0 ? table.unseen() : table.of(levels.get(place));
        }

        @Override
        public double most() {
            return table.largest();
        }

        @Override
        public Characteristic map(DoubleUnaryOperator function) {
            return new Category(input, table.map(function), levels);
        }
    }
}
