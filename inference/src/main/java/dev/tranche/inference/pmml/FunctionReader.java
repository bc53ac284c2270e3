package dev.tranche.inference.pmml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads `Apply` of the built-in functions on numbers, truth values and comparisons (DMG PMML 4.4, Built-in
/// functions). A missing argument makes the answer missing, save where the function asks for that.
final class FunctionReader {
    private static final Set<String> LOGICAL = Set.of(
            "isMissing",
            "isNotMissing",
            "equal",
            "notEqual",
            "lessThan",
            "lessOrEqual",
            "greaterThan",
            "greaterOrEqual",
            "and",
            "or",
            "not",
            "isIn",
            "isNotIn");

    private FunctionReader() {}

    /// Whether the function answers a truth value.
    static boolean logical(Element element) {
        return LOGICAL.contains(element.word("function", ""));
    }

    static Expression read(Element element, Type type, ExpressionReader reader) {
        element.only(
                Set.of("function", "mapMissingTo", "defaultValue", "invalidValueTreatment"), ExpressionReader.NAMES);
        element.choice("invalidValueTreatment", List.of("returnInvalid"));
        String function = element.word("function");
        if (type == Type.TEXT && !function.equals("if")) {
            throw element.unread("the function " + function + " is not read for texts");
        }
        Expression applied = apply(function, element, type, reader);
        // mapMissingTo answers for a missing argument, defaultValue for a missing answer; both see it as one here.
        if (!element.has("mapMissingTo") && !element.has("defaultValue")) {
            return applied;
        }
        if (type == Type.TEXT || (element.has("mapMissingTo") && element.has("defaultValue"))) {
            throw element.unread("mapMissingTo and defaultValue are read one at a time and for numbers");
        }
        String literal = element.word(element.has("mapMissingTo") ? "mapMissingTo" : "defaultValue");
        double replacement = type.parse(literal, element);
        return values -> {
            double value = applied.of(values);
            return Double.isNaN(value) ? replacement : value;
        };
    }

    private static Expression apply(String function, Element element, Type type, ExpressionReader reader) {
        return switch (function) {
            case "isMissing", "isNotMissing" -> {
                Expression of = only(element, null, reader);
                boolean missing = function.equals("isMissing");
                yield values -> Double.isNaN(of.of(values)) == missing ? 1 : 0;
            }
            case "equal", "notEqual", "lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual" ->
                compared(Comparison.of(function, element), element, reader);
            case "isIn", "isNotIn" -> member(element, reader, function.equals("isIn"));
            case "and", "or" -> combined(element, reader, function.equals("and"));
            case "not" -> unary(element, reader, x -> x == 0 ? 1 : 0);
            case "if" -> conditional(element, type, reader);
            default -> arithmetic(function, element, reader);
        };
    }

    private static Expression arithmetic(String function, Element element, ExpressionReader reader) {
        return switch (function) {
            case "+" -> binary(element, reader, (a, b) -> a + b);
            case "-" -> binary(element, reader, (a, b) -> a - b);
            case "*" -> binary(element, reader, (a, b) -> a * b);
            case "/" -> binary(element, reader, (a, b) -> b == 0 ? Double.NaN : a / b);
            case "pow" -> binary(element, reader, StrictMath::pow);
            case "threshold" -> binary(element, reader, (a, b) -> a > b ? 1 : 0);
            case "min" -> folded(element, reader, Math::min, false);
            case "max" -> folded(element, reader, Math::max, false);
            case "sum" -> folded(element, reader, Double::sum, false);
            case "product" -> folded(element, reader, (a, b) -> a * b, false);
            case "avg" -> folded(element, reader, Double::sum, true);
            case "ln" -> unary(element, reader, StrictMath::log);
            case "log10" -> unary(element, reader, StrictMath::log10);
            case "exp" -> unary(element, reader, StrictMath::exp);
            case "expm1" -> unary(element, reader, StrictMath::expm1);
            case "ln1p" -> unary(element, reader, StrictMath::log1p);
            case "sqrt" -> unary(element, reader, Math::sqrt);
            case "abs" -> unary(element, reader, Math::abs);
            case "floor" -> unary(element, reader, Math::floor);
            case "ceil" -> unary(element, reader, Math::ceil);
            case "rint" -> unary(element, reader, Math::rint);
            case "round" -> unary(element, reader, x -> Math.floor(x + 0.5));
            default -> throw element.unread("the function \"" + function + "\" is not read");
        };
    }

    private static List<Expression> arguments(Element element, Type type, ExpressionReader reader) {
        List<Expression> arguments = new ArrayList<>();
        for (Element child : element.children()) {
            arguments.add(reader.read(child, type));
        }
        return arguments;
    }

    /// The only argument.
    ///
    /// @param type what it must be; null for anything
    private static Expression only(Element element, @Nullable Type type, ExpressionReader reader) {
        if (element.children().size() != 1) {
            throw element.wrong("takes 1 argument: " + element.children().size());
        }
        Element child = element.children().getFirst();
        return reader.read(child, type == null ? reader.typeOf(child, Type.DOUBLE) : type);
    }

    private static Expression unary(Element element, ExpressionReader reader, DoubleUnaryOperator function) {
        Expression of = only(element, Type.DOUBLE, reader);
        return values -> {
            double x = of.of(values);
            return Double.isNaN(x) ? x : function.applyAsDouble(x);
        };
    }

    private static Expression binary(Element element, ExpressionReader reader, DoubleBinaryOperator function) {
        if (element.children().size() != 2) {
            throw element.wrong("takes 2 arguments: " + element.children().size());
        }
        List<Expression> both = arguments(element, Type.DOUBLE, reader);
        Expression left = both.getFirst();
        Expression right = both.getLast();
        return values -> {
            double a = left.of(values);
            double b = right.of(values);
            return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : function.applyAsDouble(a, b);
        };
    }

    /// Over the arguments that are not missing, as the specification says of these functions.
    private static Expression folded(
            Element element, ExpressionReader reader, DoubleBinaryOperator function, boolean mean) {
        List<Expression> all = arguments(element, Type.DOUBLE, reader);
        return values -> {
            double result = Double.NaN;
            int count = 0;
            for (Expression one : all) {
                double value = one.of(values);
                if (!Double.isNaN(value)) {
                    result = count++ == 0 ? value : function.applyAsDouble(result, value);
                }
            }
            return mean ? result / count : result;
        };
    }

    /// The type in which values are compared: that of the first field among them.
    private static Type common(Element element, ExpressionReader reader) {
        Type common = null;
        int texts = 0;
        for (Element child : element.children()) {
            if (!child.name().equals("Constant")) {
                Type type = reader.typeOf(child, Type.DOUBLE);
                common = common == null ? type : common;
                texts += type == Type.TEXT ? 1 : 0;
            }
        }
        if (texts > 1) {
            throw element.unread("a text is compared with constants only");
        }
        return common == null ? Type.DOUBLE : common;
    }

    private static Expression compared(Comparison comparison, Element element, ExpressionReader reader) {
        Type type = common(element, reader);
        List<Expression> both = arguments(element, type, reader);
        if (both.size() != 2 || (type == Type.TEXT && comparison.ordered())) {
            throw element.wrong("compares 2 numbers, or whether 2 texts are equal");
        }
        Expression left = both.getFirst();
        Expression right = both.getLast();
        return values -> {
            double a = left.of(values);
            double b = right.of(values);
            return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : comparison.holds(a, b) ? 1 : 0;
        };
    }

    private static Expression member(Element element, ExpressionReader reader, boolean in) {
        List<Expression> all = arguments(element, common(element, reader), reader);
        if (all.size() < 2) {
            throw element.wrong("takes at least 2 arguments: " + all.size());
        }
        Expression of = all.getFirst();
        List<Expression> set = all.subList(1, all.size());
        return values -> {
            double value = of.of(values);
            if (Double.isNaN(value)) {
                return Double.NaN;
            }
            Set<Double> members = new HashSet<>();
            for (Expression one : set) {
                members.add(one.of(values) + 0.0);
            }
            return members.contains(value + 0.0) == in ? 1 : 0;
        };
    }

    private static Expression combined(Element element, ExpressionReader reader, boolean and) {
        List<Expression> all = arguments(element, Type.BOOLEAN, reader);
        double decides = and ? 0 : 1;
        return values -> {
            double result = 1 - decides;
            for (Expression one : all) {
                double value = one.of(values);
                if (value == decides) {
                    return decides;
                }
                result = Double.isNaN(value) ? value : result;
            }
            return result;
        };
    }

    private static Expression conditional(Element element, Type type, ExpressionReader reader) {
        int count = element.children().size();
        if (count != 2 && count != 3) {
            throw element.wrong("takes 2 or 3 arguments: " + count);
        }
        Expression condition = reader.read(element.children().getFirst(), Type.BOOLEAN);
        Expression then = reader.read(element.children().get(1), type);
        Expression otherwise = count == 3 ? reader.read(element.children().get(2), type) : values -> Double.NaN;
        return values -> {
            double truth = condition.of(values);
            return Double.isNaN(truth) ? Double.NaN : truth == 0 ? otherwise.of(values) : then.of(values);
        };
    }
}
