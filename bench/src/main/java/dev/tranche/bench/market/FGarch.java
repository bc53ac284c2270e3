package dev.tranche.bench.market;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// R's fGarch (Debian `r-cran-fgarch`), asked in a process of its own; its time is the processor time that R
/// counts around one fit, so that starting R is not in it.
final class FGarch {
    private static final int MOST_SECONDS = 60;
    private static final String SCRIPT = """
            suppressMessages(library(fGarch))
            arguments <- commandArgs(trailingOnly = TRUE)
            returns <- scan(arguments[1], quiet = TRUE)
            rounds <- as.integer(arguments[2])
            fit <- garchFit(~ garch(1, 1), data = returns, trace = FALSE)
            times <- sapply(seq_len(rounds), function(round) {
                before <- proc.time()
                for (i in 1:3) garchFit(~ garch(1, 1), data = returns, trace = FALSE)
                spent <- proc.time() - before
                1000 * (spent[["user.self"]] + spent[["sys.self"]]) / 3
            })
            cat("fitted", as.character(packageVersion("fGarch")), sprintf("%.8f", -fit@fit$llh), median(times), "\\n")
            """;

    private FGarch() {}

    /// What R said.
    sealed interface Answer {
        /// A fit.
        ///
        /// @param version of fGarch
        /// @param logLikelihood of its estimate
        /// @param millis processor time of one fit, median
        record Fitted(String version, double logLikelihood, double millis) implements Answer {}

        /// There is none.
        record Absent(String why) implements Answer {}
    }

    static Answer fit(double[] returns, int rounds) throws IOException, InterruptedException {
        Path script = Files.createTempFile("fgarch", ".R");
        Path series = Files.createTempFile("fgarch", ".txt");
        Path said = Files.createTempFile("fgarch", ".out");
        try {
            Files.writeString(script, SCRIPT);
            Files.writeString(
                    series, Arrays.stream(returns).mapToObj(Double::toString).collect(Collectors.joining("\n")));
            Process process;
            try {
                process = new ProcessBuilder("Rscript", script.toString(), series.toString(), Integer.toString(rounds))
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
            } catch (IOException absent) {
                return new Answer.Absent("Rscript is not on this machine (Debian: r-cran-fgarch)");
            }
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Answer.Absent("R did not answer within " + MOST_SECONDS + " s");
            }
            return answer(Files.readAllLines(said, StandardCharsets.UTF_8));
        } finally {
            Files.delete(script);
            Files.delete(series);
            Files.delete(said);
        }
    }

    private static Answer answer(List<String> lines) {
        for (String line : lines) {
            String[] words = line.strip().split(" ");
            if (words[0].equals("fitted") && words.length == 4) {
                return new Answer.Fitted(words[1], Double.parseDouble(words[2]), Double.parseDouble(words[3]));
            }
        }
        return new Answer.Absent("R says " + String.join(" ", lines.subList(0, Math.min(3, lines.size())))
                + " (Debian: r-cran-fgarch)");
    }
}
