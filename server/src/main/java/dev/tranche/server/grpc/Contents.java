package dev.tranche.server.grpc;

import dev.tranche.server.protocol.Column;
import dev.tranche.server.protocol.Datatype;
import dev.tranche.server.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// `InferTensorContents`: one list for each kind of element, of which the datatype says the one that
/// counts.
final class Contents {
    private static final int BOOL = 1;
    private static final int INT = 2;
    private static final int INT64 = 3;
    private static final int UINT = 4;
    private static final int UINT64 = 5;
    private static final int FP32 = 6;
    private static final int FP64 = 7;
    private static final int BYTES = 8;
    private static final List<String> NAMES = List.of(
            "",
            "bool_contents",
            "int_contents",
            "int64_contents",
            "uint_contents",
            "uint64_contents",
            "fp32_contents",
            "fp64_contents",
            "bytes_contents");

    private final Growing[] numbers = new Growing[BYTES];
    private final List<String> texts = new ArrayList<>();

    /// Reads a message; a second one is added to the first.
    void read(ProtoReader in) {
        while (in.next()) {
            int field = in.field();
            switch (field) {
                case BOOL, INT, INT64, UINT, UINT64 -> in.wholes(numbers(field));
                case FP32 -> in.fixed(numbers(field), 4);
                case FP64 -> in.fixed(numbers(field), 8);
                case BYTES -> texts.add(in.text());
                default -> in.skip();
            }
        }
    }

    private Growing numbers(int field) {
        if (numbers[field] == null) {
            numbers[field] = new Growing();
        }
        return numbers[field];
    }

    private int size(int field) {
        return field == BYTES ? texts.size() : numbers[field] == null ? 0 : numbers[field].size();
    }

    /// True when no list has an element.
    boolean empty() {
        for (int field = BOOL; field <= BYTES; field++) {
            if (size(field) > 0) {
                return false;
            }
        }
        return true;
    }

    /// The elements of a tensor.
    ///
    /// @throws ProtocolException when they stand in another list than the datatype's, or do not fit the shape
    Column column(String name, Datatype datatype, long elements) {
        int field = switch (datatype) {
            case BOOL -> BOOL;
            case INT8, INT16, INT32 -> INT;
            case INT64 -> INT64;
            case UINT8, UINT16, UINT32 -> UINT;
            case UINT64 -> UINT64;
            case FP32 -> FP32;
            case FP64 -> FP64;
            case BYTES -> BYTES;
            case FP16 ->
                throw ProtocolException.invalid(
                        "input " + name + ": FP16 has no contents; send it in raw_input_contents, or as FP32");
        };
        for (int other = BOOL; other <= BYTES; other++) {
            if (other != field && size(other) > 0) {
                throw ProtocolException.invalid("input " + name + " of " + datatype + " has " + NAMES.get(other)
                        + " where " + NAMES.get(field) + " is expected");
            }
        }
        if (size(field) != elements) {
            throw ProtocolException.invalid("input " + name + ": its shape needs " + elements + " elements in "
                    + NAMES.get(field) + ": " + size(field));
        }
        if (field == BYTES) {
            return new Column.Texts(texts.toArray(new String[0]));
        }
        return column(name, datatype, numbers(field).toArray());
    }

    private static Column column(String name, Datatype datatype, long[] bits) {
        if (datatype.real()) {
            double[] values = new double[bits.length];
            for (int i = 0; i < bits.length; i++) {
                values[i] = datatype == Datatype.FP32
                        ? Float.intBitsToFloat((int) bits[i])
                        : Double.longBitsToDouble(bits[i]);
            }
            return new Column.Reals(values);
        }
        if (datatype == Datatype.BOOL) {
            BitSet values = new BitSet(bits.length);
            for (int i = 0; i < bits.length; i++) {
                values.set(i, bits[i] != 0);
            }
            return new Column.Flags(values, bits.length, null);
        }
        boolean unsigned = datatype == Datatype.UINT8 || datatype == Datatype.UINT16 || datatype == Datatype.UINT32;
        for (int i = 0; i < bits.length; i++) {
            // An unsigned number of 32 bits is its low half, however many bytes a writer made of it.
            bits[i] = datatype.held(name, unsigned ? bits[i] & 0xFFFF_FFFFL : bits[i]);
        }
        return new Column.Wholes(bits, null);
    }
}
