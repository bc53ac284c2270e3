package dev.tranche.server.protocol;

import java.util.List;

/// A named tensor.
///
/// @param name its name
/// @param datatype what its elements are
/// @param shape its dimensions, each at least 0; their product is the number of elements
/// @param parameters what was said beside it
/// @param column the elements, row-major
public record Tensor(String name, Datatype datatype, List<Long> shape, Parameters parameters, Column column) {
    /// Deepest shape taken; a row has one or two.
    public static final int RANK_LIMIT = 8;

    /// Most elements of one tensor; 10,000 rows of 1,000 numbers.
    public static final long ELEMENT_LIMIT = 10_000_000;

    /// Longest name taken, in characters.
    public static final int NAME_LIMIT = 256;

    /// @throws ProtocolException when shape and elements do not agree
    public Tensor {
        shape = List.copyOf(shape);
        long elements = elements(name, shape);
        if (elements != column.size()) {
            throw ProtocolException.invalid(miscounted(name, elements, column.size()));
        }
        if (datatype.column() != kind(column)) {
            throw new IllegalArgumentException("tensor " + name + " of " + datatype + " holds " + kind(column));
        }
    }

    private static Column.Kind kind(Column column) {
        return switch (column) {
            case Column.Flags _ -> Column.Kind.FLAGS;
            case Column.Wholes _ -> Column.Kind.WHOLES;
            case Column.Reals _ -> Column.Kind.REALS;
            case Column.Texts _ -> Column.Kind.TEXTS;
        };
    }

    static String miscounted(String name, long expected, long got) {
        return "tensor " + name + ": its shape needs " + expected + " elements: " + got;
    }

    /// A name that can be taken.
    ///
    /// @throws ProtocolException when it is empty or too long
    public static String named(String name) {
        if (name.isEmpty() || name.length() > NAME_LIMIT) {
            throw ProtocolException.invalid(
                    "the name of a tensor must have 1.." + NAME_LIMIT + " characters: " + name.length());
        }
        return name;
    }

    /// The number of elements of a shape, checked so that nothing wraps around.
    ///
    /// @throws ProtocolException when a dimension is negative, the shape too deep or the product too large
    public static long elements(String name, List<Long> shape) {
        if (shape.isEmpty() || shape.size() > RANK_LIMIT) {
            throw ProtocolException.invalid(
                    "tensor " + name + ": shape must have 1.." + RANK_LIMIT + " dimensions: " + shape.size());
        }
        long product = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw ProtocolException.invalid(
                        "tensor " + name + ": a dimension of the shape must be at least 0: " + dimension);
            }
            if (dimension > ELEMENT_LIMIT || product * dimension > ELEMENT_LIMIT) {
                throw ProtocolException.invalid(
                        "tensor " + name + ": shape must have at most " + ELEMENT_LIMIT + " elements: " + shape);
            }
            product *= dimension;
        }
        return product;
    }
}
