package dev.tranche.batch.market.backtest;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Bar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tranche market study CONFIG...`: seed 002's claims on recordings, each back-test with and without hedge,
/// breaker and regime.
@Command(
        name = "study",
        description = "Tests what seed 002 claims: back-tests with and without hedge, breaker and regime, compared.",
        mixinStandardHelpOptions = true)
public final class StudyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", arity = "1..*", description = "Configurations of back-tests, one a data set.")
    private List<Path> configs = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the recordings; else that of CONFIG.")
    private @Nullable Path data;

    @Option(
            names = "--block",
            defaultValue = "3",
            description = "Periods that stay together, in the mean (${DEFAULT-VALUE}).")
    private int block;

    @Option(names = "--replicates", defaultValue = "20000", description = "Of the bootstrap (${DEFAULT-VALUE}).")
    private int replicates;

    @Option(names = "--seed", defaultValue = "1", description = "Of the draws (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--stress",
            defaultValue = "0",
            paramLabel = "N",
            description = "At most so many windows of five days with a shock for the breaker (${DEFAULT-VALUE}).")
    private int stress;

    @Option(
            names = "--shock",
            split = ",",
            paramLabel = "TIMES",
            defaultValue = "3,5,10",
            description = "What the moves of their third day are multiplied with, each 1..20 (${DEFAULT-VALUE}).")
    private List<Double> shocks = List.of();

    @Option(names = "--markdown", paramLabel = "FILE.md", description = "Writes the tables.")
    private @Nullable Path markdown;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private StudyCommand() {}

    @Override
    public Integer call() throws IOException {
        within("--block", block, 1, 1000);
        within("--replicates", replicates, 100, 1_000_000);
        within("--stress", stress, 0, 10_000);
        for (double shock : shocks) {
            within("--shock", shock, 1, 20);
        }
        BacktestCommand.writable(markdown);
        PrintWriter out = spec.commandLine().getOut();
        StudyTables tables = StudyTables.empty();
        int comparisons = Variant.all().size() * configs.size();
        for (Path file : configs) {
            BacktestConfig config = BacktestFile.read(file, Optional.ofNullable(data));
            tables.add(study(config, comparisons));
        }
        List<String> lines = tables.lines();
        lines.forEach(out::println);
        out.flush();
        if (markdown != null) {
            BacktestCommand.write(
                    markdown,
                    String.join("\n", lines) + "\n",
                    spec.commandLine().getErr());
        }
        return 0;
    }

    private static void within(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw RefusedException.because(
                    option + " must be within " + plain(least) + ".." + plain(most) + ": " + plain(value));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private StudyTables.DataSet study(BacktestConfig config, int comparisons) throws IOException {
        Recordings.Loaded loaded = Recordings.load(config);
        PrintWriter err = spec.commandLine().getErr();
        loaded.notes().forEach(err::println);
        err.flush();
        boolean bars = config.feeds().stream().allMatch(feed -> feed.source() instanceof BacktestConfig.Source.Bars);
        Map<BacktestConfig.Switches, BacktestResult> results = new LinkedHashMap<>();
        for (Variant variant : Variant.all()) {
            for (BacktestConfig.Switches each : List.of(variant.off(), variant.on())) {
                if (!results.containsKey(each)) {
                    results.put(each, BacktestRun.run(config.with(each), loaded.tracks()));
                }
            }
        }
        BacktestResult whole = results.values().iterator().next();
        boolean days = whole.ends() - whole.begins() > Duration.ofDays(3).toNanos();
        long period =
                days ? Duration.ofDays(1).toNanos() : Duration.ofSeconds(10).toNanos();
        Map<BacktestConfig.Switches, Arm> arms = new LinkedHashMap<>();
        results.forEach((switches, result) -> arms.put(switches, Arm.of(result, period)));
        Finding.Draws draws = new Finding.Draws(block, replicates, seed, comparisons);
        List<StudyTables.Row> rows = new ArrayList<>();
        for (Variant variant : Variant.all()) {
            List<Finding> findings = new ArrayList<>();
            for (Claim claim : Claim.values()) {
                findings.add(Finding.of(claim, of(arms, variant.on()), of(arms, variant.off()), days, draws));
            }
            rows.add(new StudyTables.Row(variant, List.copyOf(findings)));
        }
        BacktestConfig.Switches unbroken = new BacktestConfig.Switches(false, true, true);
        List<BreakerStudy.Restraint> restraints =
                BreakerStudy.restraints(of(results, BacktestConfig.Switches.ON), of(results, unbroken));
        List<BreakerStudy.Stress> stressed = new ArrayList<>();
        Optional<String> leftOut = Optional.empty();
        if (stress > 0 && !bars) {
            leftOut = Optional.of("these recordings are no bars");
        } else if (stress > 0) {
            List<List<Bar>> all = Recordings.bars(config);
            leftOut = StressPaths.missing(all);
            if (leftOut.isEmpty()) {
                StressPaths paths = StressPaths.of(all);
                for (double shock : shocks) {
                    stressed.addAll(BreakerStudy.stress(config, paths, stress, shock));
                }
            }
        }
        Finding.Draws pairs = new Finding.Draws(block, replicates, seed, 4 * shocks.size() * configs.size());
        return new StudyTables.DataSet(
                config, days, results, arms, List.copyOf(rows), restraints, stressed, leftOut, pairs);
    }

    private static <T> T of(Map<BacktestConfig.Switches, T> runs, BacktestConfig.Switches switches) {
        T found = runs.get(switches);
        if (found == null) {
            throw new IllegalStateException("no variant runs with " + switches);
        }
        return found;
    }
}
