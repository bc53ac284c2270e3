package dev.tranche.inference.transform;

import dev.tranche.inference.FeatureRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The columns of one row while its program runs: the features first, then one slot a computed column. One
/// writer.
final class Frame {
    final double[] numbers;
    final @Nullable String[] texts;

    Frame(FeatureRow row, int slots) {
        numbers = new double[slots];
        texts = new String[slots];
        int features = row.schema().size();
        for (int position = 0; position < features; position++) {
            numbers[position] = row.number(position);
            texts[position] = row.text(position);
        }
        Arrays.fill(numbers, features, slots, Double.NaN);
    }
}
