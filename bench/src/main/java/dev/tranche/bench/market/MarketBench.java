package dev.tranche.bench.market;

import dev.tranche.bench.Report;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a market maker's decisions cost, one section a question. Times are processor times of the thread that
/// does the work where the work is pure, so that a busy machine does not lengthen them.
@Command(
        name = "market",
        description = "From market data to orders; greeks of 1,500 options; GARCH beside R's fGarch; back-tests.",
        mixinStandardHelpOptions = true)
public final class MarketBench implements Callable<Integer> {
    private static final List<Section> SECTIONS =
            List.of(new PathSection(), new GreeksSection(), new GarchSection(), new BacktestSection());

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Sections to run: path, greeks, garch, backtest; all where it is left out.")
    private List<String> only = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "11",
            description = "Times each contender is measured; the median is told (${DEFAULT-VALUE}).")
    private int rounds;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    MarketBench() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> names = SECTIONS.stream().map(Section::name).toList();
        if (!names.containsAll(only)) {
            throw new ParameterException(spec.commandLine(), "--only must be of " + names + ": " + only);
        }
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds must be at least 1: " + rounds);
        }
        Report report = Report.open("market", json, System.out);
        boolean correct = true;
        for (Section section : SECTIONS) {
            if (only.isEmpty() || only.contains(section.name())) {
                correct &= section.run(report, rounds);
            }
        }
        return correct ? 0 : 1;
    }
}
