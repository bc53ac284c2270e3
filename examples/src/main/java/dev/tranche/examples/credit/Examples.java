package dev.tranche.examples.credit;

import dev.tranche.examples.edge.Edge;
import dev.tranche.examples.market.TrainSpread;
import picocli.CommandLine.Command;

/// `tranche examples …`: what the examples can do besides the demo.
@Command(
        name = "examples",
        description = "Rebuild what the examples ship, or measure a model embedded in a JVM.",
        mixinStandardHelpOptions = true,
        subcommands = {Train.class, TrainSpread.class, Edge.class})
public final class Examples {
    Examples() {}
}
