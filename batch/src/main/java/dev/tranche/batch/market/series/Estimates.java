package dev.tranche.batch.market.series;

import dev.tranche.market.volatility.VolatilityFit;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An estimated volatility for people and for programs.
final class Estimates {
    private Estimates() {}

    static void print(PrintWriter out, VolatilityFit fit) {
        out.printf("  %-8s %14s %14s %14s %14s%n", "", "estimate", "error: hessian", "outer product", "robust");
        for (int i = 0; i < fit.parameters().size(); i++) {
            out.printf(
                    "  %-8s %14s %14s %14s %14s%n",
                    fit.form().parameters().get(i),
                    digits(fit.parameters().get(i)),
                    digits(fit.errors().hessian().get(i)),
                    digits(fit.errors().outerProduct().get(i)),
                    digits(fit.errors().robust().get(i)));
        }
        out.printf(
                Locale.ROOT, "  log-likelihood %.6f, persistence %s", fit.logLikelihood(), digits(fit.persistence()));
        out.printf(
                Locale.ROOT,
                " (half of a shock to the variance is left after %s steps)%n",
                digits(Math.log(0.5) / Math.log(fit.persistence())));
        out.printf(Locale.ROOT, "  volatility of the next step %s%n", digits(Math.sqrt(fit.next())));
    }

    static ObjectNode json(Series series, VolatilityFit fit) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("series", series.name());
        node.put("column", series.column());
        node.put("returns", series.returns().size());
        node.put("unit", series.prices() ? "per cent, logarithms of prices" : "as given");
        node.put("form", fit.form().name().toLowerCase(Locale.ROOT));
        ObjectNode parameters = node.putObject("parameters");
        for (int i = 0; i < fit.parameters().size(); i++) {
            ObjectNode each = parameters.putObject(fit.form().parameters().get(i));
            put(each, "estimate", fit.parameters().get(i));
            put(each, "error_hessian", fit.errors().hessian().get(i));
            put(each, "error_outer_product", fit.errors().outerProduct().get(i));
            put(each, "error_robust", fit.errors().robust().get(i));
        }
        put(node, "log_likelihood", fit.logLikelihood());
        put(node, "persistence", fit.persistence());
        put(node, "next_variance", fit.next());
        return node;
    }

    /// A number, or null where there is none.
    static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /// Numbers; null where there is none.
    static ArrayNode row(List<Double> values) {
        ArrayNode row = JsonNodeFactory.instance.arrayNode();
        for (double each : values) {
            if (Double.isFinite(each)) {
                row.add(each);
            } else {
                row.addNull();
            }
        }
        return row;
    }

    static ArrayNode rows(List<List<Double>> values) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        values.forEach(each -> rows.add(row(each)));
        return rows;
    }

    /// Six significant digits; `-` for none.
    static String digits(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "-";
    }
}
