package dev.tranche.server.protocol;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The elements of a tensor, row-major. One writer while a request is read; after that nobody writes.
public sealed interface Column {
    /// How elements are kept.
    enum Kind {
        /// Booleans.
        FLAGS,
        /// Whole numbers.
        WHOLES,
        /// Fractional numbers.
        REALS,
        /// Texts.
        TEXTS
    }

    /// How many elements.
    int size();

    /// True when nothing stands at a position: JSON `null`, or a fractional NaN.
    boolean missing(int at);

    /// Fractional numbers; NaN is missing. An FP32 element is the double of the float.
    @SuppressWarnings("ArrayRecordComponent") // handed over by the reader that made it
    record Reals(double[] values) implements Column {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean missing(int at) {
            return Double.isNaN(values[at]);
        }
    }

    /// Whole numbers; those of UINT64 keep their bits.
    ///
    /// @param absent positions where nothing stands, null when there are none
    @SuppressWarnings("ArrayRecordComponent") // handed over by the reader that made it
    record Wholes(long[] values, @Nullable BitSet absent) implements Column {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean missing(int at) {
            return absent != null && absent.get(at);
        }
    }

    /// Booleans.
    ///
    /// @param absent positions where nothing stands, null when there are none
    record Flags(BitSet values, int size, @Nullable BitSet absent) implements Column {
        @Override
        public boolean missing(int at) {
            return absent != null && absent.get(at);
        }
    }

    /// Texts; `null` is missing.
    @SuppressWarnings("ArrayRecordComponent") // handed over by the reader that made it
    record Texts(@Nullable String[] values) implements Column {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean missing(int at) {
            return values[at] == null;
        }
    }
}
