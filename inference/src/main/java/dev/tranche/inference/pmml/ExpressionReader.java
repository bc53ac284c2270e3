package dev.tranche.inference.pmml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads expressions and the fields derived by them (DMG PMML 4.4, Transformations and Built-in functions):
/// the common kinds, the others refused by name.
final class ExpressionReader {
    static final Set<String> NAMES =
            Set.of("Constant", "FieldRef", "NormContinuous", "NormDiscrete", "Discretize", "MapValues", "Apply");

    private final Fields fields;
    private final Set<Integer> inputs = new TreeSet<>();

    ExpressionReader(Fields fields) {
        this.fields = fields;
    }

    /// Enters the derived fields of a dictionary or of a model, in the order of the file.
    static void derive(Optional<Element> transformations, Fields fields) {
        if (transformations.isEmpty()) {
            return;
        }
        for (Element field :
                transformations.get().only(Set.of(), Set.of("DerivedField")).all("DerivedField")) {
            Set<String> children = new TreeSet<>(NAMES);
            children.add("Value");
            field.only(Set.of("name", "displayName", "optype", "dataType"), children);
            Type type = Type.of(field);
            ExpressionReader reader = new ExpressionReader(fields);
            Expression expression = reader.inside(field, type);
            fields.derive(
                    field.word("name"),
                    type,
                    reader.inputs,
                    type == Type.FLOAT ? values -> (float) expression.of(values) : expression,
                    field);
        }
    }

    /// The inputs that the expressions read so far are made from.
    Set<Integer> inputs() {
        return inputs;
    }

    /// The one expression inside an element.
    Expression inside(Element element, Type type) {
        List<Element> found = element.children().stream()
                .filter(child -> NAMES.contains(child.name()))
                .toList();
        if (found.size() != 1) {
            throw element.wrong(
                    "must have one expression of " + NAMES.stream().sorted().toList() + ": " + found.size());
        }
        return read(found.getFirst(), type);
    }

    /// An expression whose value is of a type.
    Expression read(Element element, Type type) {
        return switch (element.name()) {
            case "Constant" -> constant(element, type);
            case "FieldRef" -> {
                element.only(Set.of("field", "mapMissingTo"), Set.of());
                Fields.Field field = field(element);
                if ((field.type() == Type.TEXT) != (type == Type.TEXT)) {
                    throw element.unread("a text is not read as a number, nor a number as a text: " + field.name());
                }
                int slot = field.slot();
                yield missing(element, type, values -> values[slot]);
            }
            case "NormContinuous" -> number(type, element, Norms.continuous(element, field(element)));
            case "NormDiscrete" -> discrete(element, type);
            case "Discretize" -> discretize(element, type);
            case "MapValues" -> mapped(element, type);
            default -> FunctionReader.read(element, type, this);
        };
    }

    /// The type of what an expression reads, as far as it decides how it is compared.
    Type typeOf(Element element, Type otherwise) {
        return switch (element.name()) {
            case "FieldRef" -> fields.find(element.word("field"), element).type();
            case "Constant" -> element.has("dataType") ? Type.of(element) : otherwise;
            case "Apply" -> FunctionReader.logical(element) ? Type.BOOLEAN : otherwise;
            case "MapValues" -> element.has("dataType") ? Type.of(element) : otherwise;
            default -> Type.DOUBLE;
        };
    }

    private Expression constant(Element element, Type type) {
        element.only(Set.of("dataType", "missing"), Set.of());
        if (element.flag("missing", false)) {
            return values -> Double.NaN;
        }
        double value = fields.constant(
                type, type == Type.TEXT ? element.text() : element.text().strip(), element);
        return values -> value;
    }

    private Fields.Field field(Element element) {
        Fields.Field field = fields.find(element.word("field"), element);
        inputs.addAll(field.inputs());
        return field;
    }

    private Expression discrete(Element element, Type type) {
        element.only(Set.of("field", "value", "mapMissingTo", "method"), Set.of());
        Fields.Field field = field(element);
        int slot = field.slot();
        double literal = fields.literal(field, element.word("value"), element);
        return number(
                type,
                element,
                missing(
                        element,
                        Type.DOUBLE,
                        values -> Double.isNaN(values[slot]) ? Double.NaN : values[slot] == literal ? 1 : 0));
    }

    private static Expression number(Type type, Element element, Expression expression) {
        if (type == Type.TEXT) {
            throw element.wrong("answers a number where a text is needed");
        }
        return expression;
    }

    private Expression missing(Element element, Type type, Expression expression) {
        if (!element.has("mapMissingTo")) {
            return expression;
        }
        double replacement = fields.constant(type, element.word("mapMissingTo"), element);
        return values -> {
            double value = expression.of(values);
            return Double.isNaN(value) ? replacement : value;
        };
    }

    private Expression discretize(Element element, Type type) {
        element.only(Set.of("field", "mapMissingTo", "defaultValue", "dataType"), Set.of("DiscretizeBin"));
        int slot = field(element).slot();
        List<Input.Interval> bins = new ArrayList<>();
        List<Double> answers = new ArrayList<>();
        for (Element bin : element.all("DiscretizeBin")) {
            bin.only(Set.of("binValue"), Set.of("Interval"));
            bins.add(InputReader.interval(bin.need("Interval")));
            answers.add(fields.constant(type, bin.word("binValue"), bin));
        }
        double missing = maybe(element, "mapMissingTo", type);
        double otherwise = maybe(element, "defaultValue", type);
        return values -> {
            double value = values[slot];
            if (Double.isNaN(value)) {
                return missing;
            }
            for (int i = 0; i < bins.size(); i++) {
                if (bins.get(i).contains(value)) {
                    return answers.get(i);
                }
            }
            return otherwise;
        };
    }

    private double maybe(Element element, String attribute, Type type) {
        return element.has(attribute) ? fields.constant(type, element.word(attribute), element) : Double.NaN;
    }

    private Expression mapped(Element element, Type type) {
        element.only(
                Set.of("mapMissingTo", "defaultValue", "outputColumn", "dataType"),
                Set.of("FieldColumnPair", "InlineTable"));
        String output = element.word("outputColumn");
        List<Fields.Field> from = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (Element pair : element.all("FieldColumnPair")) {
            from.add(field(pair.only(Set.of("field", "column"), Set.of())));
            columns.add(pair.word("column"));
        }
        Map<List<Double>, Double> table = new java.util.HashMap<>();
        for (Element row :
                element.need("InlineTable").only(Set.of(), Set.of("row")).all("row")) {
            List<Double> key = new ArrayList<>();
            for (int i = 0; i < from.size(); i++) {
                key.add(fields.literal(from.get(i), cell(row, columns.get(i)), row) + 0.0);
            }
            table.putIfAbsent(key, fields.constant(type, cell(row, output), row));
        }
        double missing = maybe(element, "mapMissingTo", type);
        double otherwise = maybe(element, "defaultValue", type);
        int[] slots = from.stream().mapToInt(Fields.Field::slot).toArray();
        return values -> {
            List<Double> key = new ArrayList<>(slots.length);
            for (int slot : slots) {
                if (Double.isNaN(values[slot])) {
                    return missing;
                }
                key.add(values[slot] + 0.0);
            }
            @Nullable Double found = table.get(key);
            return found == null ? otherwise : found;
        };
    }

    private static String cell(Element row, String column) {
        return row.need(column).text();
    }
}
