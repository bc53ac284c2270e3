package dev.tranche.batch.divergence;

import dev.tranche.market.study.Costs;
import dev.tranche.market.study.Settings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The options that say how a study is made.
final class SettingsOptions {
    @Option(
            names = "--horizon",
            paramLabel = "BARS",
            split = ",",
            description = "Bars a position is held, such as 10,20 (the default).")
    private List<Integer> horizons = new ArrayList<>();

    @Option(
            names = "--fee-bps",
            paramLabel = "BPS",
            defaultValue = "5",
            description = "The venue's fee a side, in basis points (${DEFAULT-VALUE}).")
    private double fee = 5;

    @Option(
            names = "--slippage-bps",
            paramLabel = "BPS",
            defaultValue = "1",
            description = "Half the spread and what the order moves, a side, in basis points (${DEFAULT-VALUE}).")
    private double slippage = 1;

    @Option(
            names = "--session-zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "The zone of the day session, 9 to 17 o'clock (${DEFAULT-VALUE}).")
    private String zone = "UTC";

    @Option(
            names = "--minimum",
            paramLabel = "N",
            defaultValue = "30",
            description = "Events that a cell must have before it says a number, at least 10 (${DEFAULT-VALUE}).")
    private int minimum = 30;

    @Option(
            names = "--replicates",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Of the block bootstrap (${DEFAULT-VALUE}).")
    private int replicates = 1000;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Of the walk-forward (${DEFAULT-VALUE}).")
    private int folds = 5;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of everything random (${DEFAULT-VALUE}).",
            defaultValue = "20251020")
    private long seed = 20251020;

    private SettingsOptions() {}

    Settings settings(CommandLine command) {
        try {
            return new Settings(
                    horizons.isEmpty() ? Settings.STANDARD.horizons() : List.copyOf(new TreeSet<>(horizons)),
                    new Costs(fee, slippage),
                    ZoneId.of(zone),
                    Settings.STANDARD.dayFrom(),
                    Settings.STANDARD.dayTo(),
                    minimum,
                    Settings.STANDARD.confidence(),
                    replicates,
                    folds,
                    seed);
        } catch (DateTimeException | IllegalArgumentException unusable) {
            throw new ParameterException(command, String.valueOf(unusable.getMessage()), unusable);
        }
    }
}
