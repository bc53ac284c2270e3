package dev.tranche.batch.divergence;

import dev.tranche.batch.report.Texts;
import dev.tranche.market.study.CellFinding.Measured;
import dev.tranche.market.study.Findings;
import dev.tranche.market.study.PlaceboFindings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What a study comes to, in words. An edge is claimed only for a cell whose accuracy is above one half after
/// paying for every cell looked at and every trial, and whose mean return after costs is above zero with its
/// whole interval.
///
/// @param verdict in one word or two
/// @param sentences what it rests on
record Conclusion(Verdict verdict, List<String> sentences) {
    private static final double SIGNIFICANCE = 0.05;

    /// The four ends of a study.
    enum Verdict {
        TOO_LITTLE("Too little data: nothing is said"),
        NOT_TO_BE_TRUSTED("Not to be trusted: the placebo finds something too"),
        NO_EDGE("No edge"),
        AN_EDGE("An edge that stands after every look was paid for");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static Conclusion of(Findings findings, PlaceboFindings placebo, long trials) {
        List<Measured> measured = findings.measured();
        List<String> sentences = new ArrayList<>();
        if (measured.isEmpty()) {
            int most =
                    findings.cells().stream().mapToInt(cell -> cell.n()).max().orElse(0);
            sentences.add("No cell has the " + findings.settings().minimum()
                    + " events that a number needs; the largest has " + most + ".");
            return new Conclusion(Verdict.TOO_LITTLE, sentences);
        }
        double looks = (double) measured.size() * trials;
        List<Measured> standing =
                measured.stream().filter(cell -> stands(cell, looks)).toList();
        sentences.add(chances(measured, looks, trials));
        sentences.add(returns(findings, measured));
        if (placebo.verdict() == PlaceboFindings.Verdict.OUTSIDE) {
            sentences.add("The placebo lies outside its band, so none of this can be believed.");
            return new Conclusion(Verdict.NOT_TO_BE_TRUSTED, sentences);
        }
        standing.forEach(cell -> sentences.add(name(cell) + " stands: " + Texts.percent(cell.hitRate()) + " of "
                + cell.n() + ", net " + Texts.basisPoints(cell.net()) + "."));
        return new Conclusion(standing.isEmpty() ? Verdict.NO_EDGE : Verdict.AN_EDGE, sentences);
    }

    private static boolean stands(Measured cell, double looks) {
        return cell.p() * looks < SIGNIFICANCE && cell.netInterval().low() > 0;
    }

    private static String chances(List<Measured> measured, double looks, long trials) {
        long striking =
                measured.stream().filter(cell -> cell.p() < SIGNIFICANCE).count();
        Measured best =
                measured.stream().min(Comparator.comparingDouble(Measured::p)).orElseThrow();
        return String.format(
                Locale.ROOT,
                "Of %d cells with enough events %d have p < 0.05 for their accuracy, where chance alone gives about"
                        + " %.1f. The smallest p is that of %s, %s; paid for %,d looks (%d cells x %,d trials) it is %s.",
                measured.size(),
                striking,
                SIGNIFICANCE * measured.size(),
                name(best),
                Texts.chance(best.p()),
                (long) looks,
                measured.size(),
                trials,
                Texts.chance(Math.min(1, best.p() * looks)));
    }

    private static String returns(Findings findings, List<Measured> measured) {
        long losing = measured.stream().filter(cell -> cell.net() <= 0).count();
        Measured best =
                measured.stream().max(Comparator.comparingDouble(Measured::net)).orElseThrow();
        return String.format(
                Locale.ROOT,
                "After costs of %s bp a round trip %d of %d cells lose in the mean; the best, %s, makes %s (%s to %s).",
                Texts.plain(Math.rint(findings.settings().costs().roundTrip() * 1e6) / 100),
                losing,
                measured.size(),
                name(best),
                Texts.basisPoints(best.net()),
                Texts.basisPoints(best.netInterval().low()),
                Texts.basisPoints(best.netInterval().high()));
    }

    private static String name(Measured cell) {
        return cell.cell() + " at " + cell.horizon() + " bars";
    }
}
