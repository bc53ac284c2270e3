package dev.tranche.bench.life;

import dev.tranche.bench.Report;
import dev.tranche.bench.serve.Contender;
import dev.tranche.bench.serve.SubjectModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import ml.dmlc.xgboost4j.java.XGBoostError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The life of a model in the packaged server: what versions that compute the same share in memory, rows a
/// second in batches against one by one (seed 000 §6.1), and what answering costs while versions take each
/// other's place.
@Command(
        name = "life",
        description = "Memory that versions share, rows a second in batches, latency while versions are swapped.",
        mixinStandardHelpOptions = true)
public final class LifeBench implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--trees", defaultValue = "500", description = "Trees of the model (${DEFAULT-VALUE}).")
    private int trees;

    @Option(names = "--versions", defaultValue = "10", description = "Versions in memory (${DEFAULT-VALUE}).")
    private int versions;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds, 1 to 20 (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "5", description = "Length of one run, 1 to 60 (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--connections", defaultValue = "8", description = "Connections of a batch run (${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--swaps", defaultValue = "8", description = "Versions that go live under load (${DEFAULT-VALUE}).")
    private int swaps;

    @Option(names = "--rate", defaultValue = "500", description = "Requests a second under swaps (${DEFAULT-VALUE}).")
    private int rate;

    LifeBench() {}

    @Override
    public Integer call() throws IOException, InterruptedException, XGBoostError {
        Report report = Report.open("life", json, System.out);
        if (new ProcessBuilder("sh", "-c", "command -v wrk").start().waitFor() != 0) {
            report.remark("wrk is not installed: apt-get install wrk");
            return 1;
        }
        Path root = Path.of(System.getProperty("tranche.root", "."));
        Path work = Files.createTempDirectory("tranche-bench");
        SubjectModel model = SubjectModel.make(work, trees);
        Batches batches = new Batches(model, work);
        try (Contender product = Contender.tranche(root, work, model, "written");
                Asker asker = new Asker(product)) {
            double one = batches.worst(asker, 1);
            double many = Math.max(batches.worst(asker, 100), batches.worst(asker, 1000));
            boolean correct = Batches.right(one) && Batches.right(many);
            report.correct(
                    correct,
                    String.format(
                            Locale.ROOT,
                            "largest error over 1000 rows one by one %.2g, in batches %.2g; against xgboost4j 3.0.4,"
                                    + " tolerance 1e-6",
                            one,
                            many));
            boolean reproduced = new Sharing(model.folder, work, versions).measure(report, rounds);
            batches.measure(report, product, rounds, seconds, connections);
            boolean answered = new Swaps(root, work, model).measure(report, product, asker, swaps, seconds, rate);
            return correct && reproduced && answered ? 0 : 1;
        }
    }
}
