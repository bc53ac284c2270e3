package dev.tranche.inference.pmml;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What becomes of a predicted number (DMG PMML 4.4, Targets): bounded, then scaled, then made whole.
record Target(double low, double high, double factor, double constant, String cast) {
    private static final Target NOTHING = new Target(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1, 0, "no");

    static Target read(Optional<Element> targets, boolean classification) {
        if (targets.isEmpty() || targets.get().children().isEmpty()) {
            return NOTHING;
        }
        Element target = targets.get().only(Set.of(), Set.of("Target")).need("Target");
        target.only(
                Set.of("field", "optype", "castInteger", "min", "max", "rescaleConstant", "rescaleFactor"),
                Set.of("TargetValue"));
        for (Element value : target.all("TargetValue")) {
            value.only(Set.of("value", "displayValue"), Set.of());
        }
        Target read = new Target(
                target.number("min", Double.NEGATIVE_INFINITY),
                target.number("max", Double.POSITIVE_INFINITY),
                target.number("rescaleFactor", 1),
                target.number("rescaleConstant", 0),
                target.choice("castInteger", List.of("no", "round", "ceiling", "floor")));
        if (classification && !read.equals(NOTHING)) {
            throw target.unread("the target of a classification is not rescaled");
        }
        if (read.low > read.high) {
            throw target.wrong("min must be at most max: " + read.low + ", " + read.high);
        }
        return read;
    }

    double of(double value) {
        double scaled = Math.clamp(value, low, high) * factor + constant;
        return switch (cast) {
            case "round" -> Math.floor(scaled + 0.5);
            case "ceiling" -> Math.ceil(scaled);
            case "floor" -> Math.floor(scaled);
            default -> scaled;
        };
    }
}
