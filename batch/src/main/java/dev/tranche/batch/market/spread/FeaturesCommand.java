package dev.tranche.batch.market.spread;

import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadTape;
import dev.tranche.market.spread.SpreadTarget;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tranche market features --data FILE... --out FILE.csv`: the features of a spread model and its targets,
/// one line for each sample of the recordings, by the same code that a live desk runs.
@Command(
        name = "features",
        description = "Writes what a spread model learns from: features and targets of recordings, as CSV.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class FeaturesCommand implements Callable<Integer> {
    private static final long NANOS_A_MILLI = 1_000_000;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RecordingOptions recordings;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The CSV to write; gzipped where the name ends in .gz.")
    private Path out = Path.of("features.csv");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private FeaturesCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        List<SpreadFile> files = recordings.read(command);
        int horizon = recordings.horizonSamples(command);
        long rows = 0;
        try (BufferedWriter csv = open()) {
            csv.write(header());
            for (SpreadFile file : files) {
                rows += write(file, horizon, csv);
            }
        }
        command.getOut().println(rows + " samples, " + SpreadFeature.names().size() + " features, in " + out);
        command.getOut().flush();
        return 0;
    }

    private BufferedWriter open() throws IOException {
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(out));
        return new BufferedWriter(new OutputStreamWriter(
                out.toString().endsWith(".gz") ? new GZIPOutputStream(file) : file, StandardCharsets.UTF_8));
    }

    private static String header() {
        List<String> names = new ArrayList<>(List.of("file", "symbol", "sampled_nanos", "mid", "horizon_millis"));
        names.addAll(SpreadFeature.names());
        for (SpreadTarget target : SpreadTarget.values()) {
            names.add("target_" + target);
        }
        return String.join(",", names) + "\n";
    }

    private static long write(SpreadFile file, int horizon, BufferedWriter csv) throws IOException {
        SpreadTape tape = file.tape();
        List<double[]> targets = new ArrayList<>();
        for (SpreadTarget target : SpreadTarget.values()) {
            targets.add(target.of(tape, horizon));
        }
        int width = SpreadFeature.names().size();
        for (int sample = 0; sample < tape.size(); sample++) {
            csv.write(file.name() + "," + file.instrument().symbol() + "," + tape.nanos(sample) + ","
                    + number(file.price(sample)) + "," + horizon * tape.intervalNanos() / NANOS_A_MILLI);
            for (int place = 0; place < width; place++) {
                csv.write(',');
                csv.write(number(tape.feature(sample, place)));
            }
            for (double[] target : targets) {
                csv.write(',');
                csv.write(number(target[sample]));
            }
            csv.write('\n');
        }
        return tape.size();
    }

    /// The digits that read back as the same number; nothing where there is none.
    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
