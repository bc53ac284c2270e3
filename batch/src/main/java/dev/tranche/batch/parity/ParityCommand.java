package dev.tranche.batch.parity;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tranche parity FOLDER`: runs every case of the folder's `cases.csv` and prints a line for each.
///
/// Leaves with 0 only when nothing failed; a refusal is a failure unless the case allows it.
@Command(
        name = "parity",
        description = "Scores models with known answers: one line a case, then how many passed, failed, were refused.",
        mixinStandardHelpOptions = true)
public final class ParityCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "A folder with cases.csv and the files it names.")
    private Path folder = Path.of(".");

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ParityCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path cases = folder.resolve("cases.csv");
        if (!Files.isRegularFile(cases)) {
            spec.commandLine().getErr().println("there is no cases.csv in the folder: " + folder);
            return 2;
        }
        References references = References.read(folder);
        List<ParityResult> results = new ArrayList<>();
        for (ParityCase each : ParityCase.read(cases)) {
            ParityResult result = ParityRun.run(folder, each);
            results.add(result);
            String reference = references.of(each);
            out.println(json ? ParityReport.json(result, reference) : ParityReport.line(result, reference));
            out.flush();
        }
        out.println(json ? ParityReport.closingJson(results) : ParityReport.closing(results));
        out.flush();
        return results.stream().anyMatch(result -> result.verdict() == ParityResult.Verdict.FAILED) ? 1 : 0;
    }
}
