package dev.tranche.batch.market;

import dev.tranche.batch.market.backtest.BacktestCommand;
import dev.tranche.batch.market.backtest.StudyCommand;
import dev.tranche.batch.market.series.DccCommand;
import dev.tranche.batch.market.series.GarchCommand;
import dev.tranche.batch.market.series.RegimeCommand;
import dev.tranche.batch.market.spread.FeaturesCommand;
import dev.tranche.batch.market.spread.SpreadReportCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tranche market …` on files.
@Command(
        name = "market",
        description = "Prices, volatilities and regimes from files.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PriceCommand.class,
            GarchCommand.class,
            DccCommand.class,
            RegimeCommand.class,
            FeaturesCommand.class,
            BacktestCommand.class,
            StudyCommand.class,
            SpreadReportCommand.class
        })
public final class MarketCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private MarketCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "market needs one of " + spec.subcommands().keySet());
    }
}
