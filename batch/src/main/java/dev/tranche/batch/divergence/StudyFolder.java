package dev.tranche.batch.divergence;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.study.PlaceboFindings.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The folder that a study leaves: `study.json`, `report.html` and, when the placebo allows it,
/// `calibration.yaml`. The same evidence is the same bytes.
final class StudyFolder {
    private StudyFolder() {}

    /// Writes the folder. A calibration that is refused stops nothing else from being written.
    ///
    /// @throws RefusedException when a calibration was asked for and the evidence does not carry one
    static void write(Path folder, Evidence evidence, Optional<CalibrationTerms> terms, PrintWriter err)
            throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("study.json", StudyJson.document(evidence) + "\n");
        files.put("report.html", StudyReport.html(evidence));
        Optional<String> refusal = terms.isPresent() ? refusal(evidence) : Optional.empty();
        if (terms.isPresent() && refusal.isEmpty()) {
            files.put("calibration.yaml", CalibrationYaml.of(evidence, terms.get()));
        }
        Files.createDirectories(folder);
        if (refusal.isPresent()) {
            // What an earlier run left here must not be taken for this one's.
            Files.deleteIfExists(folder.resolve("calibration.yaml"));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path whole = folder.resolve(file.getKey());
            Path part = folder.resolve(file.getKey() + ".part");
            Files.writeString(part, file.getValue());
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            err.println("wrote " + whole);
        }
        err.flush();
        if (refusal.isPresent()) {
            throw RefusedException.because(refusal.get());
        }
    }

    /// Why no calibration may come of this evidence.
    private static Optional<String> refusal(Evidence evidence) {
        Verdict verdict = evidence.placebo().verdict();
        if (verdict != Verdict.WITHIN) {
            return Optional.of("no calibration is written: the placebo is " + StudyJson.word(verdict)
                    + ", and only a detector that finds nothing where there is nothing may be calibrated");
        }
        return CalibrationYaml.tooSmall(evidence.calibration())
                .map(few -> "no calibration is written: at " + few.horizon() + " bars " + few);
    }
}
