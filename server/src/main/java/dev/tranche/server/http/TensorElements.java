package dev.tranche.server.http;

import dev.tranche.server.protocol.Column;
import dev.tranche.server.protocol.Datatype;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.Tensor;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the data of one tensor from JSON: flat, or nested as its shape says. `null` is a missing element.
final class TensorElements {
    private final String name;
    private final Datatype datatype;
    private final List<Long> shape;
    private final int elements;
    private final BitSet absent = new BitSet();
    private final double[] reals;
    private final long[] wholes;
    private final BitSet flags = new BitSet();
    private final @Nullable String[] texts;
    private int at;

    /// @param bytes how many bytes there are at most to read from; each element needs two
    TensorElements(String name, Datatype datatype, List<Long> shape, int bytes) {
        this.name = name;
        this.datatype = datatype;
        this.shape = shape;
        long count = Tensor.elements(name, shape);
        if (datatype == Datatype.FP16) {
            throw ProtocolException.invalid(
                    "input " + name + ": FP16 has no form in JSON; send it as binary data, or as FP32");
        }
        if (count > bytes / 2) {
            throw ProtocolException.invalid(
                    "input " + name + ": its shape needs " + count + " elements, more than the body can hold");
        }
        this.elements = (int) count;
        this.reals = new double[datatype.real() ? elements : 0];
        this.wholes = new long[datatype.whole() ? elements : 0];
        this.texts = new String[datatype == Datatype.BYTES ? elements : 0];
    }

    /// Reads the array whose opening bracket is the current token.
    Column read(JsonParser in) {
        JsonToken first = in.nextToken();
        if (first == JsonToken.START_ARRAY) {
            nested(in, 0);
        } else {
            for (JsonToken token = first; token != JsonToken.END_ARRAY; token = in.nextToken()) {
                element(token, in);
            }
        }
        if (at != elements) {
            throw ProtocolException.invalid(
                    "input " + name + ": its shape " + shape + " needs " + elements + " elements: " + at);
        }
        BitSet missing = absent.isEmpty() ? null : absent;
        return switch (datatype) {
            case BOOL -> new Column.Flags(flags, elements, missing);
            case BYTES -> new Column.Texts(texts);
            case FP16, FP32, FP64 -> new Column.Reals(reals);
            case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> new Column.Wholes(wholes, missing);
        };
    }

    /// Reads the items of an array whose first item is the current token and an array itself.
    ///
    /// @param depth the dimension that these items run over
    private void nested(JsonParser in, int depth) {
        long items = 0;
        JsonToken token = in.currentToken();
        while (token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_ARRAY && depth + 1 < shape.size()) {
                in.nextToken();
                nested(in, depth + 1);
            } else if (depth + 1 == shape.size()) {
                element(token, in);
            } else {
                throw ProtocolException.invalid(
                        "input " + name + ": its data must be flat or nested as the shape " + shape);
            }
            items++;
            token = in.nextToken();
        }
        if (items != shape.get(depth)) {
            throw ProtocolException.invalid("input " + name + ": dimension " + depth + " of its data must have "
                    + shape.get(depth) + " items as the shape " + shape + ": " + items);
        }
    }

    private void element(JsonToken token, JsonParser in) {
        if (at == elements) {
            throw ProtocolException.invalid(
                    "input " + name + ": its shape " + shape + " needs " + elements + " elements and there are more");
        }
        switch (datatype) {
            case BOOL -> flag(token, in);
            case BYTES -> text(token, in);
            case FP16, FP32, FP64 -> real(token, in);
            case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> whole(token, in);
        }
        at++;
    }

    private void flag(JsonToken token, JsonParser in) {
        switch (token) {
            case VALUE_TRUE -> flags.set(at);
            case VALUE_FALSE -> {}
            case VALUE_NULL -> absent.set(at);
            default -> throw wrong(token, in, "true, false or null");
        }
    }

    private void text(JsonToken token, JsonParser in) {
        switch (token) {
            case VALUE_STRING -> texts[at] = in.getString();
            case VALUE_NULL -> {}
            default -> throw wrong(token, in, "a text or null");
        }
    }

    private void real(JsonToken token, JsonParser in) {
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = datatype == Datatype.FP32 ? in.getFloatValue() : in.getDoubleValue();
                if (!Double.isFinite(value)) {
                    throw wrong(token, in, "within the range of the datatype");
                }
                reals[at] = value;
            }
            case VALUE_NULL -> reals[at] = Double.NaN;
            default -> throw wrong(token, in, "a number, or null when it is missing");
        }
    }

    private void whole(JsonToken token, JsonParser in) {
        switch (token) {
            case VALUE_NUMBER_INT -> {
                if (in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                    long value = in.getLongValue();
                    if (datatype == Datatype.UINT64 && value < 0) {
                        throw wrong(token, in, "within 0..18446744073709551615");
                    }
                    wholes[at] = datatype.held(name, value);
                    return;
                }
                BigInteger large = in.getBigIntegerValue();
                if (datatype != Datatype.UINT64 || large.signum() < 0 || large.bitLength() > 64) {
                    throw wrong(token, in, "within the range of the datatype");
                }
                wholes[at] = large.longValue();
            }
            case VALUE_NULL -> absent.set(at);
            default -> throw wrong(token, in, "a whole number or null");
        }
    }

    private ProtocolException wrong(JsonToken token, JsonParser in, String allowed) {
        String value = token.isScalarValue() ? in.getString() : token == JsonToken.START_ARRAY ? "[…]" : "{…}";
        return ProtocolException.invalid("input " + name + ": element " + at + " of " + datatype + " must be " + allowed
                + ": " + (value.length() > 100 ? value.substring(0, 100) + "…" : value));
    }
}
