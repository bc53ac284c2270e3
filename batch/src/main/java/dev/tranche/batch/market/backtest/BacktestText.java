package dev.tranche.batch.market.backtest;

import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contracts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The summary on the terminal.
final class BacktestText {
    private BacktestText() {}

    static void print(PrintWriter out, BacktestResult result) {
        lines(result).forEach(out::println);
    }

    private static List<String> lines(BacktestResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.config().name() + ": " + result.config().switches());
        lines.add(String.format(
                Locale.ROOT,
                "from %s to %s, %,d events told; desk hash %016x",
                BacktestJson.instant(result.begins()),
                BacktestJson.instant(result.ends()),
                result.events(),
                result.hash()));
        lines.add(String.format(
                Locale.ROOT,
                "profit %,.2f of %,.0f dollars, deepest fall %.3f %%",
                result.profit(),
                result.capital(),
                100 * result.drawdown()));
        lines.add("  spread " + money(result.usd(Part.SPREAD)) + "  adverse " + money(result.usd(Part.ADVERSE))
                + "  inventory " + money(result.usd(Part.INVENTORY)) + "  hedge " + money(result.usd(Part.HEDGE))
                + "  fees " + money(-result.usd(Part.FEES)) + "  funding " + money(-result.usd(Part.FUNDING)));
        Contracts contracts = result.config().contracts();
        for (int i = 0; i < contracts.size(); i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-24s %,7d maker and %,6d taker fills, %,.4f traded, %,.4f held",
                    contracts.get(i).venue() + ":" + contracts.get(i).symbol(),
                    result.recorder().fills.count(i, true),
                    result.recorder().fills.count(i, false),
                    contracts
                            .get(i)
                            .instrument()
                            .quantity(result.recorder().fills.lots(i)),
                    result.account().position(i)));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%,d quotes, both sides stood %.1f %% of the time, %,.0f dollars a side in the mean; %,d hedges",
                result.recorder().quotes,
                100 * result.twoSided(),
                result.quoted(),
                result.recorder().hedges));
        lines.add("breaker: "
                + result.breakerShares().entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "%s %.1f %%", each.getKey(), 100 * each.getValue()))
                        .collect(Collectors.joining(", "))
                + "; changes " + result.recorder().breaker.size());
        counted(lines, "pulled", result.recorder().pulled);
        counted(lines, "not sent", result.recorder().refusals);
        counted(lines, "refused by venues", result.trader().rejections);
        counted(lines, "notices", result.recorder().notices);
        List<Days.Day> whole = Days.whole(result.days());
        if (whole.size() > 1) {
            double[] profits = whole.stream().mapToDouble(Days.Day::profit).toArray();
            lines.add(String.format(
                    Locale.ROOT,
                    "%d whole days: mean %,.2f, deviation %,.2f dollars; Sharpe ratio of a year %.2f",
                    profits.length,
                    Days.mean(profits),
                    Days.deviation(profits),
                    Days.sharpe(profits)));
        }
        Stopwatch watch = result.trader().watch;
        lines.add(String.format(
                Locale.ROOT,
                "on this machine: %.2f s; desk %,d calls, half within %.1f us, 99 %% within %.1f us, longest %,.0f us",
                result.took() / 1e9,
                watch.count(),
                watch.quantile(0.5) / 1e3,
                watch.quantile(0.99) / 1e3,
                watch.longest() / 1e3));
        return lines;
    }

    /// Cents; nothing has no sign.
    static String money(double dollars) {
        String text = String.format(Locale.ROOT, "%,.2f", dollars);
        return text.equals("-0.00") ? "0.00" : text;
    }

    private static void counted(List<String> lines, String what, Map<? extends Enum<?>, Long> counts) {
        if (!counts.isEmpty()) {
            lines.add(what + ": "
                    + counts.entrySet().stream()
                            .map(each -> each.getKey().name().toLowerCase(Locale.ROOT) + " " + each.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }
}
