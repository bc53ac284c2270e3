package dev.tranche.batch.market.spread;

import dev.tranche.batch.file.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tranche market spread-report --model FOLDER --data FILE... --report FILE.html`: what a spread model is
/// worth on recordings, after the last row that it learnt from.
@Command(
        name = "spread-report",
        description = "Validates a spread model on recordings: loss, coverage, economics, importance, drift.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SpreadReportCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "FOLDER", description = "The artifact folder.")
    private Path model = Path.of("model");

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RecordingOptions recordings;

    @Option(names = "--report", required = true, paramLabel = "FILE.html", description = "The page to write.")
    private Path report = Path.of("report.html");

    @Option(
            names = "--tick",
            paramLabel = "PRICE",
            defaultValue = "0.01",
            description = "The tick of an order's price in the trial of quotes (${DEFAULT-VALUE}).")
    private double tick = 0.01;

    @Option(
            names = "--fee-bps",
            paramLabel = "BPS",
            defaultValue = "0",
            description = "The maker's fee in the trial of quotes, below 0 a rebate (${DEFAULT-VALUE}).")
    private double fee = 0;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SpreadReportCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        if (!(tick > 0 && tick < 1e6)) {
            throw new ParameterException(command, "--tick must be above 0 and below 1000000: " + tick);
        }
        if (!(fee >= -100 && fee <= 100)) {
            throw new ParameterException(command, "--fee-bps must be within -100..100: " + fee);
        }
        Learnt learnt = Learnt.read(model);
        if (learnt.sampleMillis() != recordings.sampleMillis(command)
                || learnt.horizon() != recordings.horizonSamples(command)) {
            throw RefusedException.because("the model was made for samples of " + learnt.sampleMillis()
                    + " ms and a horizon of " + learnt.horizonMillis() + " ms: say --sample " + learnt.sampleMillis()
                    + "ms --horizon " + learnt.horizonMillis() + "ms");
        }
        List<Answers> answers = recordings.read(command).stream()
                .map(file -> Answers.of(file, learnt))
                .toList();
        if (answers.stream().allMatch(each -> each.size() == 0)) {
            throw RefusedException.because("nothing in these recordings was received after the last row that the model"
                    + " learnt from: there is nothing to test on");
        }
        SpreadReport page = new SpreadReport(learnt, answers, tick, fee);
        Files.writeString(report, page.html());
        page.lines().forEach(command.getOut()::println);
        command.getOut().println("report: " + report);
        command.getOut().flush();
        return 0;
    }
}
