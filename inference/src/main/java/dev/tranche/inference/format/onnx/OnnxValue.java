package dev.tranche.inference.format.onnx;

import java.util.ArrayList;
import java.util.List;

/// An input or output of a graph as it is declared (`ValueInfoProto`).
///
/// @param name its name
/// @param kind what it is
/// @param type the element type of a tensor; of a sequence of maps that of the keys
/// @param dims the shape of a tensor, -1 where it is open; empty for a scalar or when the graph does not say
public record OnnxValue(String name, Kind kind, ElementType type, List<Long> dims) {
    /// What a value is.
    public enum Kind {
        /// A tensor.
        TENSOR,
        /// One map from class to probability a row, as ZipMap makes them.
        MAPS,
        /// Anything else, which is neither given nor asked for.
        OTHER
    }

    public OnnxValue {
        dims = List.copyOf(dims);
    }

    /// How many columns a tensor of rows has: the product of the dimensions behind the first; -1 when that is
    /// open.
    public long width() {
        long width = 1;
        for (long dim : dims.subList(Math.min(1, dims.size()), dims.size())) {
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                return -1;
            }
            width = Math.multiplyExact(width, dim);
            if (width > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return width;
    }

    static OnnxValue read(Proto proto) {
        String name = "";
        OnnxValue type = new OnnxValue("", Kind.OTHER, ElementType.OTHER, List.of());
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> name = proto.text();
                case 2 -> type = type(proto.message());
                default -> proto.skip();
            }
        }
        return new OnnxValue(name, type.kind, type.type, type.dims);
    }

    private static OnnxValue type(Proto proto) {
        OnnxValue type = new OnnxValue("", Kind.OTHER, ElementType.OTHER, List.of());
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> type = tensor(proto.message());
                case 4 -> type = sequence(proto.message());
                case 5 -> type = new OnnxValue("", Kind.OTHER, key(proto.message()), List.of());
                default -> proto.skip();
            }
        }
        return type;
    }

    private static OnnxValue tensor(Proto proto) {
        int type = 0;
        List<Long> dims = List.of();
        while (proto.next()) {
            switch (proto.field()) {
                case 1 -> type = (int) proto.whole();
                case 2 -> dims = dims(proto.message());
                default -> proto.skip();
            }
        }
        return new OnnxValue("", Kind.TENSOR, ElementType.of(type), dims);
    }

    private static List<Long> dims(Proto proto) {
        List<Long> dims = new ArrayList<>();
        while (proto.next()) {
            if (proto.field() != 1) {
                proto.skip();
                continue;
            }
            long size = -1;
            Proto dim = proto.message();
            while (dim.next()) {
                if (dim.field() == 1) {
                    size = dim.whole();
                } else {
                    dim.skip();
                }
            }
            dims.add(size > 0 ? size : -1);
        }
        return dims;
    }

    private static OnnxValue sequence(Proto proto) {
        OnnxValue inner = new OnnxValue("", Kind.OTHER, ElementType.OTHER, List.of());
        while (proto.next()) {
            if (proto.field() == 1) {
                inner = type(proto.message());
            } else {
                proto.skip();
            }
        }
        boolean map = inner.kind == Kind.OTHER && inner.type != ElementType.OTHER;
        return new OnnxValue("", map ? Kind.MAPS : Kind.OTHER, inner.type, List.of());
    }

    private static ElementType key(Proto proto) {
        int key = 0;
        while (proto.next()) {
            if (proto.field() == 1) {
                key = (int) proto.whole();
            } else {
                proto.skip();
            }
        }
        return ElementType.of(key);
    }

    @Override
    public String toString() {
        List<String> shape =
                dims.stream().map(dim -> dim < 0 ? "?" : Long.toString(dim)).toList();
        return switch (kind) {
            case TENSOR -> name + " (" + type + shape + ")";
            case MAPS -> name + " (a map a row)";
            case OTHER -> name + " (no tensor)";
        };
    }
}
