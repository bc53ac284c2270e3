package dev.tranche.bench;

import dev.tranche.bench.divergence.DivergenceBench;
import dev.tranche.bench.explain.ExplainBench;
import dev.tranche.bench.inference.InferenceBench;
import dev.tranche.bench.life.LifeBench;
import dev.tranche.bench.market.MarketBench;
import dev.tranche.bench.serve.ServeBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `tranche bench …`: one subcommand per question.
@Command(
        name = "bench",
        description = "Measure the product beside its peers, in the same run.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ServeBench.class,
            InferenceBench.class,
            ExplainBench.class,
            LifeBench.class,
            DivergenceBench.class,
            MarketBench.class
        })
public final class Main {
    private Main() {}

    /// Runs one benchmark and exits with 0 (measured), 1 (a contender is wrong or absent) or 2 (usage).
    public static void main(String[] args) {
        String[] words =
                args.length > 0 && args[0].equals("bench") ? java.util.Arrays.copyOfRange(args, 1, args.length) : args;
        System.exit(new CommandLine(new Main()).execute(words));
    }
}
