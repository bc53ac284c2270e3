package dev.tranche.batch.divergence.report;

import dev.tranche.batch.report.Drawing;
import dev.tranche.batch.report.Frame;
import dev.tranche.batch.report.Scale;
import dev.tranche.batch.report.Svg;
import dev.tranche.batch.report.Svg.Anchor;
import dev.tranche.batch.report.Texts;
import dev.tranche.market.study.HorizonCalibration.Fitted;
import dev.tranche.market.study.ScoreBin;
import java.util.List;
import java.util.Locale;

/// What a score was worth: for each bin of scores the share that went the way announced, with its interval.
///
/// @param fitted one horizon
record Reliability(Fitted fitted) implements Drawing {
    private static final double CHANCE = 0.5;
    private static final double FULL = 100;

    @Override
    public int height(Size size) {
        return 260;
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder("Win rate by score, " + fitted.horizon() + " bars:");
        for (ScoreBin bin : fitted.bins()) {
            text.append(String.format(
                    Locale.ROOT,
                    " %.0f to %.0f %s of %d;",
                    bin.scoreMin(),
                    bin.scoreMax(),
                    Texts.percent(bin.winRate()),
                    bin.n()));
        }
        return text.toString();
    }

    @Override
    public String draw(Size size) {
        Svg svg = Svg.empty();
        Frame frame = Frame.of(size, height(size));
        List<ScoreBin> bins = fitted.bins();
        double least = Math.floor(bins.getFirst().scoreMin() / 10) * 10;
        Scale across = frame.across(Math.min(least, FULL - 10), FULL);
        Scale up = frame.up(
                Math.min(
                        CHANCE,
                        bins.stream()
                                .mapToDouble(bin -> bin.winRateBand().low())
                                .min()
                                .orElse(0)),
                Math.max(
                        CHANCE,
                        bins.stream()
                                .mapToDouble(bin -> bin.winRateBand().high())
                                .max()
                                .orElse(1)));
        frame.drawUp(svg, up, Texts::tick);
        frame.drawAcross(
                svg, across, across.ticks(size.narrow() ? 4 : 7), tick -> String.format(Locale.ROOT, "%.0f", tick));
        svg.line("chance", frame.left(), up.at(CHANCE), frame.right(), up.at(CHANCE));
        for (ScoreBin bin : bins) {
            double from = across.at(bin.scoreMin());
            double to = Math.max(from + 2, across.at(bin.scoreMax()));
            double top = up.at(bin.winRateBand().high());
            svg.rectangle(
                    "levelband", from, top, to - from, up.at(bin.winRateBand().low()) - top);
            svg.line("level", from, up.at(bin.winRate()), to, up.at(bin.winRate()));
            svg.text("note", (from + to) / 2, up.at(bin.winRate()) - 6, Anchor.MIDDLE, "n " + bin.n());
        }
        return svg.toString();
    }
}
