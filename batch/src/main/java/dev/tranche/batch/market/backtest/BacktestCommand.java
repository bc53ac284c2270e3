package dev.tranche.batch.market.backtest;

import dev.tranche.batch.file.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tranche market backtest CONFIG`: a desk over recordings, with simulated venues in place of the real ones.
@Command(
        name = "backtest",
        description = "Runs the desk of the live engine over recordings, against simulated venues.",
        mixinStandardHelpOptions = true)
public final class BacktestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", description = "What is run: contracts, recordings, venues, strategies (YAML).")
    private Path config = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the recordings; else that of CONFIG.")
    private @Nullable Path data;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Writes a report.")
    private @Nullable Path report;

    @Option(names = "--json", paramLabel = "FILE.json", description = "Writes the results; - prints them.")
    private @Nullable Path json;

    @Option(names = "--seed", description = "In place of the configuration's.")
    private @Nullable Long seed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private BacktestCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        writable(report);
        writable(json == null || json.equals(Path.of("-")) ? null : json);
        BacktestConfig read = BacktestFile.read(config, Optional.ofNullable(data));
        BacktestConfig run = seed == null ? read : read.seeded(seed);
        Recordings.Loaded loaded = Recordings.load(run);
        loaded.notes().forEach(err::println);
        err.flush();
        BacktestResult result = BacktestRun.run(run, loaded.tracks());
        if (json != null && json.equals(Path.of("-"))) {
            out.println(BacktestJson.document(result, loaded.digests()));
        } else {
            BacktestText.print(out, result);
        }
        out.flush();
        if (json != null && !json.equals(Path.of("-"))) {
            write(json, BacktestJson.document(result, loaded.digests()) + "\n", err);
        }
        if (report != null) {
            write(report, BacktestPage.html(result, loaded.digests()), err);
        }
        return 0;
    }

    /// Asked before a run, which may take minutes.
    ///
    /// @param file to be written; null for none
    /// @throws RefusedException when it cannot be
    static void writable(@Nullable Path file) throws IOException {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw RefusedException.because(file + " is no file to write to");
        }
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(Files.createTempFile(folder, ".tranche", ".part"));
        } catch (FileSystemException closed) {
            throw RefusedException.because("nothing can be written to the folder " + folder);
        }
    }

    static void write(Path file, String text, PrintWriter err) throws IOException {
        writable(file);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        err.println("wrote " + file);
        err.flush();
    }
}
