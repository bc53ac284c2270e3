package dev.tranche.inference.pmml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads predicates, and says which inputs they ask.
final class PredicateReader {
    static final Set<String> NAMES =
            Set.of("SimplePredicate", "CompoundPredicate", "SimpleSetPredicate", "True", "False");

    private final Fields fields;
    private final Set<Integer> asked;

    /// @param asked takes the inputs that the predicates ask
    PredicateReader(Fields fields, Set<Integer> asked) {
        this.fields = fields;
        this.asked = asked;
    }

    /// The one predicate inside an element.
    Predicate inside(Element element) {
        List<Element> found = element.children().stream()
                .filter(child -> NAMES.contains(child.name()))
                .toList();
        if (found.size() != 1) {
            throw element.wrong(
                    "must have one predicate of " + NAMES.stream().sorted().toList() + ": " + found.size());
        }
        return read(found.getFirst());
    }

    private Predicate read(Element element) {
        return switch (element.name()) {
            case "True" -> new Predicate.Always(Truth.TRUE);
            case "False" -> new Predicate.Always(Truth.FALSE);
            case "SimplePredicate" -> simple(element);
            case "SimpleSetPredicate" -> set(element);
            default -> compound(element);
        };
    }

    private Predicate simple(Element element) {
        element.only(Set.of("field", "operator", "value"), Set.of());
        Fields.Field field = field(element);
        String operator = element.word("operator");
        if (operator.equals("isMissing") || operator.equals("isNotMissing")) {
            return new Predicate.Missing(field.slot(), operator.equals("isMissing"));
        }
        Comparison comparison = Comparison.of(operator, element);
        if (field.type() == Type.TEXT && comparison.ordered()) {
            throw element.unread("texts have no order here: " + operator);
        }
        return new Predicate.Simple(field.slot(), comparison, fields.literal(field, element.word("value"), element));
    }

    private Predicate set(Element element) {
        element.only(Set.of("field", "booleanOperator"), Set.of("Array"));
        Fields.Field field = field(element);
        String operator = element.word("booleanOperator");
        if (!operator.equals("isIn") && !operator.equals("isNotIn")) {
            throw element.wrong("booleanOperator must be isIn or isNotIn: " + operator);
        }
        Element array = element.need("Array").only(Set.of("n", "type"), Set.of());
        Set<Double> literals = new HashSet<>();
        List<String> words = words(array.text());
        if (array.has("n") && array.number("n") != words.size()) {
            throw array.wrong("must have n = " + array.word("n") + " values: " + words.size());
        }
        for (String word : words) {
            literals.add(fields.literal(field, word, array));
        }
        return new Predicate.InSet(field.slot(), operator.equals("isIn"), literals);
    }

    private Predicate compound(Element element) {
        element.only(Set.of("booleanOperator"), NAMES);
        List<Predicate> parts = new ArrayList<>();
        for (Element child : element.children()) {
            parts.add(read(child));
        }
        if (parts.isEmpty()) {
            throw element.wrong("must have at least one predicate");
        }
        return switch (element.word("booleanOperator")) {
            case "and" -> new Predicate.All(parts);
            case "or" -> new Predicate.Any(parts);
            case "xor" -> new Predicate.Odd(parts);
            case "surrogate" -> new Predicate.Surrogate(parts);
            case String other -> throw element.wrong("booleanOperator must be and, or, xor or surrogate: " + other);
        };
    }

    private Fields.Field field(Element element) {
        Fields.Field field = fields.find(element.word("field"), element);
        asked.addAll(field.inputs());
        return field;
    }

    /// The words of an array: between blanks, or in quotes, where `\"` is a quote.
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                word.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
                open = true;
            } else if (!quoted && Character.isWhitespace(c)) {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                open = false;
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }
}
