package dev.tranche.server.protocol;

import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureType;
import dev.tranche.server.journal.Layout;
import dev.tranche.server.journal.RawRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of a request, put together from its tensors. What is wrong with one value is the fault of its
/// row; what is wrong with a tensor as a whole refuses the request.
final class Rows {
    /// Most rows of one request.
    static final int ROW_LIMIT = 10_000;

    /// Inputs that are not features: who each row is about.
    static final Set<String> IDENTIFIERS = Set.of("loan_id", "unit", "entity");

    /// Every whole number up to here is a double: 2 to the power of 53.
    private static final long EXACT = 1L << 53;

    private static final int SHOWN_NAMES = 60;
    private static final int IDENTIFIER_LIMIT = 200;

    private final Target target;
    private final Layout layout;
    private final RawRow[] rows;
    private final @Nullable String[] faults;
    private final @Nullable String[] loans;
    private final @Nullable String[] units;
    private final @Nullable String[] entities;

    private Rows(Target target, int count) {
        this.target = target;
        this.layout = target.route().layout();
        this.rows = new RawRow[count];
        for (int i = 0; i < count; i++) {
            rows[i] = RawRow.of(layout);
        }
        this.faults = new String[count];
        this.loans = new String[count];
        this.units = new String[count];
        this.entities = new String[count];
    }

    /// Puts the rows together.
    ///
    /// @throws ProtocolException when a tensor does not belong to the model or has the wrong datatype or
    ///     shape
    static Rows of(Target target, InferRequest request) {
        Tensor first = request.inputs().getFirst();
        long count = first.shape().getFirst();
        if (count < 1 || count > ROW_LIMIT) {
            throw ProtocolException.invalid(
                    "a request must have 1.." + ROW_LIMIT + " rows (the first dimension of its inputs): " + count);
        }
        Rows rows = new Rows(target, (int) count);
        rows.whole(request.parameters());
        int features = 0;
        for (Tensor input : request.inputs()) {
            if (input.shape().getFirst() != count) {
                throw ProtocolException.invalid("input " + input.name() + " has "
                        + input.shape().getFirst() + " rows where input " + first.name() + " has " + count);
            }
            features += rows.take(input);
        }
        if (features == 0) {
            throw ProtocolException.invalid(
                    "the request has no feature of " + target.name() + "; its inputs are " + rows.names());
        }
        return rows;
    }

    /// Identifiers that hold for every row of the request.
    private void whole(Parameters parameters) {
        for (String name : IDENTIFIERS) {
            parameters.text(name).ifPresent(value -> Arrays.fill(identifiers(name), value));
        }
    }

    private @Nullable String[] identifiers(String name) {
        return switch (name) {
            case "loan_id" -> loans;
            case "unit" -> units;
            default -> entities;
        };
    }

    /// Takes one tensor; returns how many features it brought.
    private int take(Tensor input) {
        int position = layout.position(input.name());
        if (position >= 0) {
            single(input);
            FeatureType type = target.type(input.name()).orElse(FeatureType.NUMBER);
            requireType(input, type);
            for (int row = 0; row < rows.length; row++) {
                set(row, position, input, row, type);
            }
            return 1;
        }
        if (IDENTIFIERS.contains(input.name())) {
            single(input);
            identify(input);
            return 0;
        }
        return dense(input);
    }

    private void single(Tensor input) {
        if (input.shape().size() > 2
                || (input.shape().size() == 2 && input.shape().get(1) != 1)) {
            throw ProtocolException.invalid("input " + input.name() + " must have the shape [" + rows.length + "] or ["
                    + rows.length + ",1]: " + input.shape());
        }
    }

    private static void requireType(Tensor input, FeatureType type) {
        boolean taken = switch (type) {
            case NUMBER -> input.datatype().real() || input.datatype().whole();
            case BOOLEAN -> input.datatype() == Datatype.BOOL;
            case CATEGORY, TEXT, DATE, EVENTS -> input.datatype() == Datatype.BYTES;
        };
        if (!taken) {
            throw ProtocolException.invalid("input " + input.name() + " is a " + type + " and takes "
                    + (switch (type) {
                        case NUMBER -> "FP64, FP32, FP16 or a datatype of whole numbers";
                        case BOOLEAN -> "BOOL";
                        case CATEGORY, TEXT, DATE, EVENTS -> "BYTES";
                    })
                    + ": " + input.datatype());
        }
    }

    /// One tensor of all numbers: a column for each feature, in the order of the schema.
    private int dense(Tensor input) {
        List<Feature> features = target.principal().artifact().schema().features();
        boolean numbers = input.datatype().real() || input.datatype().whole();
        if (!numbers || input.shape().size() != 2 || !target.dense()) {
            throw ProtocolException.invalid("input " + Shown.text(input.name()) + " is no input of " + target.name()
                    + "; its inputs are " + names());
        }
        int columns = features.size();
        if (input.shape().get(1) != columns) {
            throw ProtocolException.invalid("input " + Shown.text(input.name()) + " must have the shape [" + rows.length
                    + "," + columns + "], a column for each of " + names() + ": " + input.shape());
        }
        for (int column = 0; column < columns; column++) {
            int position = layout.position(features.get(column).name());
            for (int row = 0; row < rows.length; row++) {
                set(row, position, input, row * columns + column, FeatureType.NUMBER);
            }
        }
        return columns;
    }

    private String names() {
        List<String> names = target.principal().artifact().schema().features().stream()
                .map(Feature::name)
                .toList();
        return names.size() <= SHOWN_NAMES
                ? names.toString()
                : names.subList(0, SHOWN_NAMES) + " and " + (names.size() - SHOWN_NAMES) + " more";
    }

    private void set(int row, int position, Tensor input, int at, FeatureType type) {
        if (rows[row].kind(position) != RawRow.Kind.MISSING) {
            throw ProtocolException.invalid("the feature " + layout.names().get(position)
                    + " is given twice, in a tensor of its own and in " + input.name());
        }
        if (faults[row] != null || input.column().missing(at) || marked(input, at)) {
            return;
        }
        switch (input.column()) {
            case Column.Reals reals -> number(row, position, reals.values()[at]);
            case Column.Wholes wholes -> whole(row, position, input.datatype(), wholes.values()[at]);
            case Column.Flags flags -> rows[row].flag(position, flags.values().get(at));
            case Column.Texts texts -> text(row, position, String.valueOf(texts.values()[at]), type);
        }
    }

    /// True when the element equals the tensor's parameter `missing`.
    private static boolean marked(Tensor input, int at) {
        Parameter marker = input.parameters().values().get("missing");
        if (marker == null) {
            return false;
        }
        return switch (input.column()) {
            case Column.Reals reals ->
                switch (marker) {
                    case Parameter.Real real -> real.value() == reals.values()[at];
                    case Parameter.Whole whole -> (double) whole.value() == reals.values()[at];
                    case Parameter.Text _, Parameter.Flag _ -> throw badMarker(input);
                };
            case Column.Wholes wholes ->
                switch (marker) {
                    case Parameter.Whole whole -> whole.value() == wholes.values()[at];
                    case Parameter.Real _, Parameter.Text _, Parameter.Flag _ -> throw badMarker(input);
                };
            case Column.Texts texts ->
                switch (marker) {
                    case Parameter.Text text -> text.value().equals(texts.values()[at]);
                    case Parameter.Whole _, Parameter.Real _, Parameter.Flag _ -> throw badMarker(input);
                };
            case Column.Flags _ -> throw badMarker(input);
        };
    }

    private static ProtocolException badMarker(Tensor input) {
        return ProtocolException.invalid("the parameter missing of input " + input.name()
                + " must be an element that stands for missing: a number for numbers, a text for BYTES");
    }

    private void number(int row, int position, double value) {
        if (Double.isFinite(value)) {
            rows[row].number(position, value);
        } else {
            fault(row, "the feature " + layout.names().get(position) + " must be a finite number or missing: " + value);
        }
    }

    private void whole(int row, int position, Datatype datatype, long value) {
        if (value >= -EXACT && value <= EXACT && (value >= 0 || datatype != Datatype.UINT64)) {
            rows[row].number(position, (double) value);
            return;
        }
        BigInteger exact =
                datatype == Datatype.UINT64 ? new BigInteger(Long.toUnsignedString(value)) : BigInteger.valueOf(value);
        double number = exact.doubleValue();
        if (new BigDecimal(number).compareTo(new BigDecimal(exact)) == 0) {
            rows[row].number(position, number);
        } else {
            fault(
                    row,
                    "the feature " + layout.names().get(position)
                            + " must be a whole number that a double holds exactly (all are up to " + EXACT + "): "
                            + exact);
        }
    }

    private void text(int row, int position, String value, FeatureType type) {
        if (type != FeatureType.EVENTS) {
            rows[row].text(position, value);
            return;
        }
        EventsText.canonical(value)
                .ifPresentOrElse(
                        items -> rows[row].items(position, items),
                        () -> fault(
                                row,
                                "the feature " + layout.names().get(position) + " must be a JSON array of events: "
                                        + Shown.text(value)));
    }

    private void identify(Tensor input) {
        @Nullable String[] into = identifiers(input.name());
        for (int row = 0; row < rows.length; row++) {
            String value = identifier(input, row);
            if (value == null || value.isEmpty()) {
                continue;
            }
            if (value.length() > IDENTIFIER_LIMIT) {
                fault(
                        row,
                        input.name() + " must be a text of 1.." + IDENTIFIER_LIMIT + " characters: " + value.length());
            } else {
                into[row] = value;
            }
        }
    }

    private static @Nullable String identifier(Tensor input, int row) {
        return switch (input.column()) {
            case Column.Texts texts -> texts.values()[row];
            case Column.Wholes wholes -> {
                if (wholes.missing(row)) {
                    yield null;
                }
                long value = wholes.values()[row];
                yield input.datatype() == Datatype.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
            }
            case Column.Reals _, Column.Flags _ ->
                throw ProtocolException.invalid(
                        "input " + input.name() + " takes BYTES or whole numbers: " + input.datatype());
        };
    }

    private void fault(int row, String reason) {
        if (faults[row] == null) {
            faults[row] = reason;
        }
    }

    int count() {
        return rows.length;
    }

    RawRow row(int at) {
        return rows[at];
    }

    /// What is wrong with a row before anybody is asked, else null.
    @Nullable
    String fault(int at) {
        return faults[at];
    }

    @Nullable
    String loan(int at) {
        return loans[at];
    }

    @Nullable
    String unit(int at) {
        return units[at];
    }

    String entity(int at) {
        String entity = entities[at];
        return entity == null ? "" : entity;
    }
}
