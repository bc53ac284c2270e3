package dev.tranche.inference.pmml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `DataDictionary` and `MiningSchema`: first the active fields, so that the rest of the file can name
/// them, and in the end what becomes of their values, when all texts of the file are known.
final class InputReader {
    private static final Set<String> MINING_FIELD = Set.of(
            "name",
            "usageType",
            "optype",
            "importance",
            "outliers",
            "lowValue",
            "highValue",
            "missingValueReplacement",
            "missingValueTreatment",
            "invalidValueTreatment",
            "invalidValueReplacement");

    /// A field of the dictionary and of the schema.
    private record Active(Fields.Field field, Element dictionary, Element schema) {}

    private final Map<String, Element> dictionary = new HashMap<>();
    private final Fields fields;
    private final List<Active> active = new ArrayList<>();
    private Optional<Element> target = Optional.empty();

    private InputReader(Fields fields) {
        this.fields = fields;
    }

    /// Enters the active fields of a model.
    static InputReader of(Element dictionary, Element schema, Fields fields) {
        InputReader reader = new InputReader(fields);
        for (Element field : dictionary
                .only(Set.of("numberOfFields"), Set.of("DataField", "Taxonomy"))
                .all("DataField")) {
            reader.dictionary.put(field.word("name"), field);
        }
        for (Element field : schema.only(Set.of(), Set.of("MiningField")).all("MiningField")) {
            reader.enter(field.only(MINING_FIELD, Set.of()));
        }
        return reader;
    }

    /// Checks the schema of a segment, whose fields are those of the model around it: it may not treat them
    /// again.
    static void check(Element schema, Fields fields) {
        for (Element field : schema.only(Set.of(), Set.of("MiningField")).all("MiningField")) {
            switch (field.word("usageType", "active")) {
                case "active" -> fields.find(field.word("name"), field);
                case "target", "predicted" -> {
                    continue;
                }
                default -> {}
            }
            for (String attribute : field.attributes().keySet()) {
                if (!Set.of("name", "usageType", "optype", "importance", "invalidValueTreatment")
                        .contains(attribute)) {
                    throw field.unread(attribute + " is read in the outer MiningSchema only");
                }
            }
        }
    }

    private void enter(Element schema) {
        String name = schema.word("name");
        Element field = dictionary.get(name);
        switch (schema.word("usageType", "active")) {
            case "active" -> {
                if (field == null) {
                    throw schema.wrong("the DataDictionary has no field \"" + name + "\"");
                }
                field.only(
                        Set.of("name", "optype", "dataType", "displayName", "isCyclic"), Set.of("Value", "Interval"));
                Fields.Field entered = fields.input(name, Type.of(field), field);
                for (Element value : field.all("Value")) {
                    fields.literal(entered, value.word("value"), value);
                }
                active.add(new Active(entered, field, schema));
            }
            case "target", "predicted" -> target = Optional.ofNullable(field);
            case "supplementary", "group", "order", "frequencyWeight", "analysisWeight" -> {}
            case String other -> throw schema.wrong("usageType is not known: " + other);
        }
    }

    /// What the dictionary says of the target, when the schema names one that is there.
    Optional<Element> target() {
        return target;
    }

    /// The inputs, in the order of the schema.
    List<Input> inputs() {
        return active.stream().map(this::input).toList();
    }

    private Input input(Active of) {
        Element schema = of.schema();
        Fields.Field field = of.field();
        Set<Double> missing = new HashSet<>();
        Set<Double> listed = new HashSet<>();
        Set<Double> excluded = new HashSet<>();
        for (Element value : of.dictionary().all("Value")) {
            value.only(Set.of("value", "displayValue", "property"), Set.of());
            double literal = fields.literal(field, value.word("value"), value) + 0.0;
            switch (value.choice("property", List.of("valid", "invalid", "missing"))) {
                case "valid" -> listed.add(literal);
                case "invalid" -> excluded.add(literal);
                default -> missing.add(literal);
            }
        }
        List<Input.Interval> intervals = of.dictionary().all("Interval").stream()
                .map(InputReader::interval)
                .toList();
        if (field.type() == Type.TEXT && !intervals.isEmpty()) {
            throw of.dictionary().wrong("a text has no interval");
        }
        Input.WhenInvalid whenInvalid = whenInvalid(schema, field);
        Input.WhenMissing whenMissing = whenMissing(schema, field);
        int[] codes = field.type() == Type.TEXT ? fields.codes(field) : new int[0];
        return new Input(
                field.name(),
                field.type(),
                codes,
                fields.texts(codes),
                missing,
                new Input.Valid(listed, intervals, excluded),
                whenInvalid,
                whenExtreme(schema, field),
                whenMissing);
    }

    /// Reads an `Interval`.
    static Input.Interval interval(Element element) {
        element.only(Set.of("closure", "leftMargin", "rightMargin"), Set.of());
        String closure = element.word("closure");
        if (!Set.of("openOpen", "openClosed", "closedOpen", "closedClosed").contains(closure)) {
            throw element.wrong("closure must be openOpen, openClosed, closedOpen or closedClosed: " + closure);
        }
        return new Input.Interval(
                element.number("leftMargin", Double.NEGATIVE_INFINITY),
                closure.startsWith("closed"),
                element.number("rightMargin", Double.POSITIVE_INFINITY),
                closure.endsWith("Closed"));
    }

    private Input.WhenInvalid whenInvalid(Element schema, Fields.Field field) {
        Optional<String> replacement = schema.maybe("invalidValueReplacement");
        return switch (schema.choice(
                "invalidValueTreatment", List.of("returnInvalid", "asIs", "asMissing", "asValue"))) {
            case "returnInvalid" -> new Input.WhenInvalid.Refuse();
            case "asMissing" -> new Input.WhenInvalid.AsMissing();
            case "asIs" ->
                replacement.isPresent()
                        ? new Input.WhenInvalid.Replace(fields.constant(field.type(), replacement.get(), schema))
                        : new Input.WhenInvalid.Keep();
            default ->
                new Input.WhenInvalid.Replace(
                        fields.constant(field.type(), schema.word("invalidValueReplacement"), schema));
        };
    }

    private Input.WhenMissing whenMissing(Element schema, Fields.Field field) {
        boolean refuse = schema.word("missingValueTreatment", "asIs").equals("returnInvalid");
        Double replacement = schema.maybe("missingValueReplacement")
                .map(literal -> fields.constant(field.type(), literal, schema))
                .orElse(null);
        return new Input.WhenMissing(replacement, refuse);
    }

    private static Input.WhenExtreme whenExtreme(Element schema, Fields.Field field) {
        String word = schema.choice("outliers", List.of("asIs", "asMissingValues", "asExtremeValues"));
        if (word.equals("asIs") || field.type() == Type.TEXT) {
            return Input.WhenExtreme.NEVER;
        }
        double low = schema.number("lowValue");
        double high = schema.number("highValue");
        if (low > high) {
            throw schema.wrong("lowValue must be at most highValue: " + low + ", " + high);
        }
        return new Input.WhenExtreme(low, high, word.equals("asExtremeValues"));
    }
}
