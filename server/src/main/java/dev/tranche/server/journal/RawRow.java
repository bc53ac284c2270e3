package dev.tranche.server.journal;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The features of one request as they came: a number, a text, a flag, an array or nothing at each position
/// of a [Layout]. Nothing has been checked or filled in yet; that is what each version's own schema does.
///
/// One writer fills it while a request is parsed; after that nobody writes and any thread may read.
public final class RawRow {
    /// What stands at a position.
    public enum Kind {
        /// Nothing: the feature was absent or `null`.
        MISSING,
        /// A finite number.
        NUMBER,
        /// A text.
        TEXT,
        /// A boolean.
        FLAG,
        /// A JSON array, kept as its text.
        ITEMS
    }

    private final Layout layout;
    private final Kind[] kinds;
    private final double[] numbers;
    private String @Nullable [] texts;

    /// An empty row: every position is missing.
    public static RawRow of(Layout layout) {
        return new RawRow(layout);
    }

    private RawRow(Layout layout) {
        this.layout = layout;
        this.kinds = new Kind[layout.size()];
        this.numbers = new double[layout.size()];
        Arrays.fill(kinds, Kind.MISSING);
    }

    /// Puts a number.
    ///
    /// @throws IllegalArgumentException when it is not finite
    public void number(int position, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "feature " + layout.names().get(position) + " must be a finite number or null: " + value);
        }
        kinds[position] = Kind.NUMBER;
        numbers[position] = value;
    }

    /// Puts a text.
    public void text(int position, String value) {
        if (texts == null) {
            texts = new String[layout.size()];
        }
        kinds[position] = Kind.TEXT;
        texts[position] = value;
    }

    /// Puts a flag.
    public void flag(int position, boolean value) {
        kinds[position] = Kind.FLAG;
        numbers[position] = value ? 1 : 0;
    }

    /// Puts a JSON array as its text.
    public void items(int position, String json) {
        text(position, json);
        kinds[position] = Kind.ITEMS;
    }

    /// The layout that gives the positions their names.
    public Layout layout() {
        return layout;
    }

    /// What stands at a position.
    public Kind kind(int position) {
        return kinds[position];
    }

    /// The number at a position of kind NUMBER; 1 or 0 for a FLAG; otherwise 0.
    public double number(int position) {
        return numbers[position];
    }

    /// The text at a position of kind TEXT or ITEMS.
    ///
    /// @throws IllegalStateException when no text stands there
    public String text(int position) {
        if (texts == null || (kinds[position] != Kind.TEXT && kinds[position] != Kind.ITEMS)) {
            throw new IllegalStateException("no text at position " + position + " but " + kinds[position]);
        }
        return texts[position];
    }

    /// The flag at a position of kind FLAG.
    public boolean flag(int position) {
        return numbers[position] != 0;
    }

    /// A digest of what stands in the row, 16 hexadecimal digits (FNV-1a, 64 bits): what assignment hashes
    /// when a request names no unit.
    public String fingerprint() {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < kinds.length; i++) {
            hash = mix(hash, kinds[i] == Kind.MISSING ? 0 : Double.doubleToLongBits(numbers[i]) + 1);
            if (texts != null && texts[i] != null) {
                hash = mix(hash, texts[i].hashCode());
            }
        }
        return HexFormat.of().toHexDigits(hash);
    }

    private static long mix(long hash, long value) {
        long mixed = hash;
        for (int shift = 0; shift < 64; shift += 8) {
            mixed = (mixed ^ ((value >>> shift) & 0xFF)) * 0x100000001b3L;
        }
        return mixed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawRow that
                && layout.equals(that.layout)
                && Arrays.equals(kinds, that.kinds)
                && Arrays.equals(numbers, that.numbers)
                && (texts == null ? that.texts == null : Arrays.equals(texts, that.texts));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(kinds) + Arrays.hashCode(numbers)) + Arrays.hashCode(texts);
    }
}
