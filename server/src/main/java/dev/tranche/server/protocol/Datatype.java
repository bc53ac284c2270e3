package dev.tranche.server.protocol;

import java.util.Arrays;

/// The datatypes of the protocol's tensors.
public enum Datatype {
    /// One byte, 0 or 1.
    BOOL(1),
    /// Unsigned, 8 bits.
    UINT8(1),
    /// Unsigned, 16 bits.
    UINT16(2),
    /// Unsigned, 32 bits.
    UINT32(4),
    /// Unsigned, 64 bits; kept in a `long` with the same bits.
    UINT64(8),
    /// Signed, 8 bits.
    INT8(1),
    /// Signed, 16 bits.
    INT16(2),
    /// Signed, 32 bits.
    INT32(4),
    /// Signed, 64 bits.
    INT64(8),
    /// IEEE 754 binary16.
    FP16(2),
    /// IEEE 754 binary32.
    FP32(4),
    /// IEEE 754 binary64.
    FP64(8),
    /// Texts and other bytes of any length.
    BYTES(0);

    private final int width;

    Datatype(int width) {
        this.width = width;
    }

    /// The datatype of a word, for instance `FP32`; words are case-sensitive.
    ///
    /// @throws ProtocolException for another word
    public static Datatype parse(String tensor, String word) {
        for (Datatype each : values()) {
            if (each.name().equals(word)) {
                return each;
            }
        }
        throw ProtocolException.invalid("tensor " + tensor + ": datatype must be one of " + Arrays.toString(values())
                + ": " + Shown.text(word));
    }

    /// Bytes of an element in binary form; 0 when it varies.
    public int width() {
        return width;
    }

    /// What holds its elements.
    Column.Kind column() {
        return switch (this) {
            case BOOL -> Column.Kind.FLAGS;
            case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> Column.Kind.WHOLES;
            case FP16, FP32, FP64 -> Column.Kind.REALS;
            case BYTES -> Column.Kind.TEXTS;
        };
    }

    /// True for whole numbers, signed or not.
    public boolean whole() {
        return column() == Column.Kind.WHOLES;
    }

    /// True for fractional numbers.
    public boolean real() {
        return column() == Column.Kind.REALS;
    }

    /// The least whole number of the datatype; for UINT64 numbers are compared unsigned.
    public long least() {
        return switch (this) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            case BOOL, UINT8, UINT16, UINT32, UINT64, FP16, FP32, FP64, BYTES -> 0;
        };
    }

    /// The greatest whole number of the datatype; for UINT64 it is -1, all bits set.
    public long greatest() {
        return switch (this) {
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case INT64 -> Long.MAX_VALUE;
            case UINT8 -> 0xFF;
            case UINT16 -> 0xFFFF;
            case UINT32 -> 0xFFFF_FFFFL;
            case UINT64 -> -1;
            case BOOL -> 1;
            case FP16, FP32, FP64, BYTES -> 0;
        };
    }

    /// Refuses a whole number that the datatype cannot hold.
    ///
    /// @throws ProtocolException with the number and the range
    public long held(String tensor, long value) {
        if (this != UINT64 && (value < least() || value > greatest())) {
            throw ProtocolException.invalid(
                    "tensor " + tensor + ": " + this + " must be within " + least() + ".." + greatest() + ": " + value);
        }
        return value;
    }
}
