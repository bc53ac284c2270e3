package dev.tranche.engine;

import picocli.CommandLine.Command;

/// Market making as processes, and orders of people to a running desk.
@Command(
        name = "market",
        description = "Makes markets on venues and on paper; orders a running desk; runs a journal again.",
        subcommands = {
            MarketRunCommand.class,
            MarketReplayCommand.class,
            MarketOrders.Kill.class,
            MarketOrders.Release.class,
            MarketOrders.Halt.class,
            MarketOrders.Resume.class,
            MarketOrders.CancelAll.class,
            MarketOrders.Flatten.class,
            MarketOrders.Adopt.class,
            MarketOrders.ResetProtection.class,
            MarketOrders.Status.class
        },
        mixinStandardHelpOptions = true)
final class MarketCommand {
    private MarketCommand() {}
}
