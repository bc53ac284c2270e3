package dev.tranche.batch.divergence;

import dev.tranche.batch.divergence.read.FileFacts;
import dev.tranche.batch.divergence.read.Market;
import dev.tranche.batch.divergence.read.Span;
import dev.tranche.batch.divergence.report.StudyView;
import dev.tranche.batch.report.Page.Tone;
import dev.tranche.batch.report.Texts;
import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.study.Detection;
import dev.tranche.market.study.Outcome;
import dev.tranche.market.study.Settings;
import dev.tranche.market.study.StudyBars;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The report of a study as one page.
final class StudyReport {
    private StudyReport() {}

    static String html(Evidence evidence) {
        Conclusion conclusion = Conclusion.of(evidence.findings(), evidence.placebo(), evidence.trials());
        String symbols = evidence.markets().stream().map(Market::symbol).collect(Collectors.joining(", "));
        return new StudyView(
                        "Divergences of " + symbols,
                        subtitle(evidence),
                        tone(conclusion.verdict()),
                        conclusion.verdict().text(),
                        conclusion.sentences(),
                        facts(evidence),
                        prices(evidence),
                        outcomes(evidence),
                        evidence.findings(),
                        evidence.placebo(),
                        evidence.calibration())
                .html();
    }

    private static String subtitle(Evidence evidence) {
        return evidence.markets().stream()
                .map(market -> String.format(
                        Locale.ROOT,
                        "%s: %,d bars of %s, %s to %s",
                        market.symbol(),
                        market.bars().size(),
                        Span.text(market.intervalMillis()),
                        Texts.minute(market.bars().getFirst().openMillis()),
                        Texts.minute(market.bars().getLast().closeMillis())))
                .collect(Collectors.joining(" · ", "", " (UTC)"));
    }

    private static Tone tone(Conclusion.Verdict verdict) {
        return switch (verdict) {
            case TOO_LITTLE, NO_EDGE -> Tone.WAIT;
            case NOT_TO_BE_TRUSTED -> Tone.BAD;
            case AN_EDGE -> Tone.GOOD;
        };
    }

    private static List<List<String>> facts(Evidence evidence) {
        Settings settings = evidence.study().settings();
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("parameters", parameters(evidence.findings().parameters())));
        facts.add(List.of("trials", Long.toString(evidence.trials())));
        facts.add(List.of(
                "costs a side",
                settings.costs().feeBasisPoints() + " bp fee, "
                        + settings.costs().slippageBasisPoints() + " bp slippage"));
        facts.add(List.of(
                "sessions", "day " + settings.dayFrom() + " to " + settings.dayTo() + " o'clock " + settings.zone()));
        facts.add(List.of(
                "bootstrap",
                settings.replicates() + " replicates of blocks, seed " + settings.seed() + "; returns summed by "
                        + Span.text(evidence.study().periodMillis())));
        facts.add(List.of("minimum", settings.minimum() + " events for a number"));
        for (Market market : evidence.markets()) {
            market.files().forEach(file -> facts.add(List.of(file.symbol(), file(file))));
        }
        return facts;
    }

    private static String parameters(Parameters parameters) {
        return parameters.values().entrySet().stream()
                .map(each -> each.getKey() + " " + Texts.plain(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String file(FileFacts file) {
        String bad = file.bad().entrySet().stream()
                .map(each -> each.getValue() + " × " + each.getKey())
                .collect(Collectors.joining(", "));
        return file.file() + ", " + file.layout() + ", " + file.rows() + " rows, " + file.gaps() + " holes"
                + (bad.isEmpty() ? "" : ", " + bad) + ", sha256 " + file.sha256();
    }

    private static List<StudyView.Price> prices(Evidence evidence) {
        List<StudyView.Price> prices = new ArrayList<>();
        for (int i = 0; i < evidence.markets().size(); i++) {
            StudyBars bars = evidence.study().bars().get(i);
            prices.add(new StudyView.Price(
                    bars.symbol(),
                    evidence.markets().get(i).bars(),
                    Detection.STANDARD.events(bars, evidence.findings().parameters())));
        }
        return prices;
    }

    private static List<Outcome> outcomes(Evidence evidence) {
        return evidence.study().outcomes(evidence.findings().parameters()).stream()
                .filter(outcome -> outcome.event().source()
                        == evidence.calibration().cell().source())
                .toList();
    }
}
