package dev.tranche.examples.credit;

import dev.tranche.credit.Action;
import dev.tranche.credit.monitor.Calibration;
import dev.tranche.credit.monitor.Discrimination;
import dev.tranche.credit.monitor.Flips;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How each model does on rows it was not fitted on, beside the live one.
final class Report {

    private final GermanCredit.Split split;
    private final double approveBelow;
    private final double declineFrom;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private double[] live = new double[0];

    Report(GermanCredit.Split split, double approveBelow, double declineFrom) {
        this.split = split;
        this.approveBelow = approveBelow;
        this.declineFrom = declineFrom;
    }

    GermanCredit.Split split() {
        return split;
    }

    /// @param calibration of the traffic rows
    private record Line(
            double validationAuc, Discrimination traffic, Calibration calibration, double approved, double flips) {}

    /// The model that decides today; the others are compared with it.
    void live(String name, double[] validation, double[] traffic) {
        live = traffic;
        candidate(name, validation, traffic);
    }

    /// A model that wants to go live.
    void candidate(String name, double[] validation, double[] traffic) {
        Flips flips = Flips.of(actions(live), actions(traffic));
        double approved = (double) actions(traffic).stream()
                        .filter(action -> action == Action.APPROVE)
                        .count()
                / traffic.length;
        lines.put(
                name,
                new Line(
                        Discrimination.of(validation, bad(split.validation())).auc(),
                        Discrimination.of(traffic, bad(split.traffic())),
                        Calibration.of(traffic, bad(split.traffic())),
                        approved,
                        flips.rate()));
    }

    /// One sentence with the figures of a model.
    String sentence(String name) {
        Line line = lines.get(name);
        if (line == null) {
            throw new IllegalArgumentException("no figures for " + name);
        }
        return text(
                "On %d held-out traffic rows: AUC %.3f, KS %.3f, Brier %.4f, observed ÷ expected bad %.2f (95 %%: %.2f to"
                        + " %.2f), approval rate %.1f %%, decisions that differ from the scorecard's %.1f %%.",
                split.traffic().size(),
                line.traffic.auc(),
                line.traffic.ks(),
                line.traffic.brier(),
                line.calibration.ratio(),
                line.calibration.low(),
                line.calibration.high(),
                100 * line.approved,
                100 * line.flips);
    }

    /// The table that `README.md` shows.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(text(
                "%d training rows, %d validation rows, %d traffic rows; approve below %s, decline from %s%n%n",
                split.training().size(),
                split.validation().size(),
                split.traffic().size(),
                approveBelow,
                declineFrom));
        text.append("| model | AUC validation | AUC traffic | KS traffic | Brier traffic | observed ÷ expected bad |")
                .append(" approved | decisions flipped |\n|---|---|---|---|---|---|---|---|\n");
        lines.forEach((name, line) -> text.append(text(
                "| %s | %.3f | %.3f | %.3f | %.4f | %.2f (%.2f to %.2f) | %.1f %% | %.1f %% |%n",
                name,
                line.validationAuc,
                line.traffic.auc(),
                line.traffic.ks(),
                line.traffic.brier(),
                line.calibration.ratio(),
                line.calibration.low(),
                line.calibration.high(),
                100 * line.approved,
                100 * line.flips)));
        return text.toString();
    }

    private List<Action> actions(double[] scores) {
        return Arrays.stream(scores)
                .mapToObj(score ->
                        score < approveBelow ? Action.APPROVE : score < declineFrom ? Action.REVIEW : Action.DECLINE)
                .toList();
    }

    private static boolean[] bad(List<Applicant> rows) {
        boolean[] bad = new boolean[rows.size()];
        for (int i = 0; i < bad.length; i++) {
            bad[i] = rows.get(i).bad();
        }
        return bad;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
    }
}
