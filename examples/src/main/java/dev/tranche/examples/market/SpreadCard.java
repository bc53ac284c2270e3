package dev.tranche.examples.market;

import dev.tranche.examples.market.SpreadTrees.Shape;
import dev.tranche.market.spread.SpreadTarget;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The model card: what was learnt from what, and what it is worth, as found.
///
/// @param quantile learnt; NaN for a mean
/// @param tried shapes with their loss against a constant's, walking forward
/// @param purge seconds left out before what is tested
record SpreadCard(
        String name,
        SpreadTarget target,
        double quantile,
        Shape shape,
        Map<Shape, Double> tried,
        Findings findings,
        Map<String, Findings.Score> scores,
        SpreadRows training,
        SpreadRows test,
        int purge) {
    private static final double NANOS_A_SECOND = 1e9;

    String text() {
        return """
                # %s

                An example. It answers with a spread, bid to ask, in basis points of the mid, from %d features of the book and
                its trades (docs/concepts/spread-model.md). Do not quote by it: it has seen %.0f seconds of one evening.

                Learnt: %s. Trees: %s, chosen among %d shapes by walking forward inside the training rows:

                %s

                Training rows lie before the test rows, with %d seconds left out between them; nothing is shuffled. A loss
                below that of the constant means that the model knows something that a constant does not; the constant
                (%.3f) and the multiple of the realised volatility (%.2f) are the best of the training rows.

                %s

                Half an hour of another day would be worth more than any other choice made here.
                """.formatted(
                name,
                training.all().getFirst().features().length,
                (training.to() - training.from()) / NANOS_A_SECOND,
                learnt(),
                shape,
                tried.size(),
                tried.entrySet().stream()
                        .map(each -> String.format(
                                Locale.ROOT, "* %s: %.3f of the constant's loss", each.getKey(), each.getValue()))
                        .collect(Collectors.joining("\n")),
                purge,
                findings.constant(),
                findings.factor(),
                table());
    }

    /// The scores as a table.
    String table() {
        return """
                | rows | n | loss | constant | volatility | of constant | covered | constant covered | mean answer |
                |---|---|---|---|---|---|---|---|---|
                """
                + scores.entrySet().stream()
                        .map(each -> "| " + each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining("\n"));
    }

    private String learnt() {
        return switch (target) {
            case SEED -> "the mean of the seed's target (the cheapest of 12 candidates)";
            case MOVE ->
                String.format(
                        Locale.ROOT,
                        "the %.0f %% quantile of twice the mid's move (pinball loss, in basis points)",
                        100 * quantile);
            case MARKOUT -> "the mean of twice the takers' markout (squared error, in square basis points)";
        };
    }
}
