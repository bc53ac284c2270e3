package dev.tranche.batch.parity;

import dev.tranche.batch.file.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which library and version answered the known answers: the `lib_version` of `fixtures.csv` beside the
/// cases, where there is one.
///
/// @param rows of `fixtures.csv`: family, version, model
record References(List<List<String>> rows) {
    static References read(Path folder) throws IOException {
        Path file = folder.resolve("fixtures.csv");
        if (!Files.isRegularFile(file)) {
            return new References(List.of());
        }
        Table table = Table.csv(file);
        return new References(table.rows().stream()
                .map(row ->
                        List.of(table.value(row, "family"), table.value(row, "lib_version"), table.value(row, "model")))
                .toList());
    }

    /// The library and version behind a case, for instance `XGBoost 3.4.1`; empty when the folder does not
    /// say.
    String of(ParityCase of) {
        Set<String> versions = new LinkedHashSet<>();
        for (List<String> row : rows) {
            if (row.getFirst().equals(of.family())
                    && row.get(2).equals(of.model())
                    && !row.get(1).isBlank()) {
                versions.add(named(of.format(), row.get(1)));
            }
        }
        return String.join(", ", versions);
    }

    private static String named(String format, String version) {
        return switch (format) {
            case "xgboost" -> "XGBoost " + version.replaceFirst("^xgboost4j ", "");
            case "lightgbm" -> "LightGBM " + version.replaceFirst("^lightgbmlib ", "");
            case "pmml" -> "the DMG's " + version;
            case "onnx" -> "the ONNX backend tests of " + version;
            default -> version;
        };
    }
}
