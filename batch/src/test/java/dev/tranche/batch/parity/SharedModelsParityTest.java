package dev.tranche.batch.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The models of `../shared/data/models`, answered by the genuine libraries that made them.
class SharedModelsParityTest {
    private static final Set<String> IN_SCOPE = Set.of("xgboost", "lightgbm", "pickle", "pmml", "onnx");

    @Test
    void everyCaseOfOurFormatsMatches() throws IOException {
        Path folder = Path.of(System.getProperty("tranche.shared", "../shared"), "data", "models");
        Assumptions.assumeTrue(
                Files.isRegularFile(folder.resolve("cases.csv")),
                "skipped: " + folder + " is not there, so no model of the genuine libraries was compared");
        List<ParityResult> results = ParityCase.read(folder.resolve("cases.csv")).stream()
                .filter(each -> IN_SCOPE.contains(each.format()))
                .map(each -> ParityRun.run(folder, each))
                .toList();
        assertThat(results).hasSizeGreaterThan(130);
        assertThat(results.stream()
                        .filter(result -> result.verdict() == ParityResult.Verdict.FAILED)
                        .map(result -> ParityReport.line(result, "")))
                .isEmpty();
    }
}
