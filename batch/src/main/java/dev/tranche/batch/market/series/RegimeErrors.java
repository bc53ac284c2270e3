package dev.tranche.batch.market.series;

import dev.tranche.batch.report.Page;
import dev.tranche.market.regime.GaussianHmm;
import dev.tranche.market.regime.HmmErrors;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The errors of the numbers of regimes, for people and for programs.
final class RegimeErrors {
    private static final List<String> FEATURES = List.of("return", "deviation");

    /// A number of the model and its errors of three kinds, as they are shown.
    private record Line(String name, double estimate, double hessian, double outerProduct, double robust) {
        List<String> cells() {
            return List.of(
                    Estimates.digits(estimate),
                    Estimates.digits(hessian),
                    Estimates.digits(outerProduct),
                    Estimates.digits(robust));
        }
    }

    private RegimeErrors() {}

    static void print(PrintWriter out, GaussianHmm model, HmmErrors errors) {
        switch (errors) {
            case HmmErrors.Refused(String reason) -> out.println("  no errors: " + reason);
            case HmmErrors.Found found -> {
                out.printf(
                        "  %-40s %14s %14s %14s %14s%n", "", "estimate", "error: hessian", "outer product", "robust");
                for (Line line : lines(model, found)) {
                    out.printf("  %-40s", line.name());
                    line.cells().forEach(each -> out.printf(Locale.ROOT, " %14s", each));
                    out.println();
                }
                held(found).forEach(each -> out.println("  " + each));
            }
        }
    }

    static ObjectNode json(HmmErrors errors) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (errors) {
            case HmmErrors.Refused(String reason) -> node.put("refused", reason);
            case HmmErrors.Found(
                    HmmErrors.Kind hessian,
                    HmmErrors.Kind outer,
                    HmmErrors.Kind robust,
                    List<String> held) -> {
                node.set("hessian", json(hessian));
                node.set("outer_product", json(outer));
                node.set("robust", json(robust));
                ArrayNode words = node.putArray("held");
                held.forEach(words::add);
            }
        }
        return node;
    }

    static void show(Page page, GaussianHmm model, HmmErrors errors) {
        switch (errors) {
            case HmmErrors.Refused(String reason) -> page.words("No errors: " + reason + ".");
            case HmmErrors.Found found -> {
                List<List<Page.Cell>> rows = new ArrayList<>();
                for (Line line : lines(model, found)) {
                    List<Page.Cell> row = new ArrayList<>(List.of(Page.Cell.of(line.name())));
                    line.cells().forEach(each -> row.add(Page.Cell.number(each)));
                    rows.add(row);
                }
                page.table(
                        List.of(
                                Page.Cell.of("of the model"),
                                Page.Cell.number("estimate"),
                                Page.Cell.number("error: hessian"),
                                Page.Cell.number("outer product"),
                                Page.Cell.number("robust")),
                        rows);
                held(found).forEach(page::soft);
            }
        }
    }

    private static ObjectNode json(HmmErrors.Kind kind) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("move", Estimates.rows(kind.move()));
        node.set("means", Estimates.rows(kind.means()));
        ArrayNode covariances = node.putArray("covariances");
        kind.covariances().forEach(each -> covariances.add(Estimates.rows(each)));
        return node;
    }

    private static List<String> held(HmmErrors.Found found) {
        return found.held().stream()
                .map(each -> each + ": it has no error, and the others are those with it known")
                .toList();
    }

    private static List<Line> lines(GaussianHmm model, HmmErrors.Found found) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < model.states(); i++) {
            for (int j = 0; j < model.states(); j++) {
                lines.add(new Line(
                        "move " + i + " to " + j,
                        model.move().get(i).get(j),
                        found.hessian().move().get(i).get(j),
                        found.outerProduct().move().get(i).get(j),
                        found.robust().move().get(i).get(j)));
            }
        }
        for (int i = 0; i < model.states(); i++) {
            for (int d = 0; d < model.dimensions(); d++) {
                lines.add(new Line(
                        "state " + i + ", mean of " + FEATURES.get(d),
                        model.means().get(i).get(d),
                        found.hessian().means().get(i).get(d),
                        found.outerProduct().means().get(i).get(d),
                        found.robust().means().get(i).get(d)));
            }
            for (int d = 0; d < model.dimensions(); d++) {
                for (int e = 0; e <= d; e++) {
                    lines.add(new Line(
                            "state " + i
                                    + (d == e
                                            ? ", variance of " + FEATURES.get(d)
                                            : ", covariance of " + FEATURES.get(e) + ", " + FEATURES.get(d)),
                            model.covariances().get(i).get(d).get(e),
                            found.hessian().covariances().get(i).get(d).get(e),
                            found.outerProduct().covariances().get(i).get(d).get(e),
                            found.robust().covariances().get(i).get(d).get(e)));
                }
            }
        }
        return lines;
    }
}
