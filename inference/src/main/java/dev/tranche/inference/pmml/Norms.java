package dev.tranche.inference.pmml;

import java.util.List;
import java.util.Set;

/// Reads `NormContinuous`: straight lines between given points (DMG PMML 4.4, Transformations: normalization).
final class Norms {
    private Norms() {}

    static Expression continuous(Element element, Fields.Field field) {
        element.only(Set.of("field", "mapMissingTo", "outliers"), Set.of("LinearNorm"));
        if (field.type() == Type.TEXT) {
            throw element.wrong("a text cannot be normed: " + field.name());
        }
        List<Element> points = element.all("LinearNorm");
        if (points.size() < 2) {
            throw element.wrong("must have at least 2 LinearNorm: " + points.size());
        }
        double[] from = new double[points.size()];
        double[] to = new double[points.size()];
        for (int i = 0; i < from.length; i++) {
            Element point = points.get(i).only(Set.of("orig", "norm"), Set.of());
            from[i] = point.number("orig");
            to[i] = point.number("norm");
            if (i > 0 && !(from[i] > from[i - 1])) {
                throw point.wrong("orig must rise: " + from[i - 1] + ", " + from[i]);
            }
        }
        double missing = element.number("mapMissingTo", Double.NaN);
        String outliers = element.choice("outliers", List.of("asIs", "asMissingValues", "asExtremeValues"));
        int slot = field.slot();
        int last = from.length - 1;
        return values -> {
            double value = values[slot];
            boolean below = value < from[0];
            if (Double.isNaN(value)) {
                return missing;
            }
            if (!outliers.equals("asIs") && (below || value > from[last])) {
                return outliers.equals("asMissingValues") ? missing : to[below ? 0 : last];
            }
            int piece = 1;
            while (piece < last && value > from[piece]) {
                piece++;
            }
            double slope = (to[piece] - to[piece - 1]) / (from[piece] - from[piece - 1]);
            return to[piece - 1] + (value - from[piece - 1]) * slope;
        };
    }
}
