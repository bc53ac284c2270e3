package dev.tranche.batch.parity;

import dev.tranche.batch.file.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One line of `cases.csv`: a model, rows for it, and what the genuine library answered.
///
/// @param id the case's name
/// @param family whose files these are
/// @param format `xgboost`, `lightgbm` or one that is refused
/// @param model the model's path; `.*` and `a|b` stand for several forms, `;` separates files
/// @param input the path of the rows
/// @param encoding how a line of the input becomes a row
/// @param expected the paths of the known answers, separated by `;`
/// @param expect what the known answers are
/// @param rounds `all`, `best` or a number
/// @param absolute the largest allowed difference
/// @param relative the largest allowed difference as a share of the known answer, where that is more
/// @param policy what the case asks for
record ParityCase(
        String id,
        String family,
        String format,
        String model,
        String input,
        String encoding,
        String expected,
        String expect,
        String rounds,
        double absolute,
        double relative,
        Policy policy) {
    /// What a case asks for.
    enum Policy {
        /// The answers must match.
        SCORE,
        /// The model must load.
        LOAD,
        /// The model must be refused.
        REFUSE,
        /// The model may be refused, with a reason.
        MAY_REFUSE;

        static Policy parse(String text) {
            return switch (text) {
                case "score" -> SCORE;
                case "load" -> LOAD;
                case "refuse" -> REFUSE;
                case "may-refuse" -> MAY_REFUSE;
                default ->
                    throw new IllegalArgumentException("a policy must be score, load, refuse or may-refuse: " + text);
            };
        }
    }

    /// The cases of a file.
    ///
    /// @throws IOException when the file cannot be read
    static List<ParityCase> read(Path file) throws IOException {
        Table table = Table.csv(file);
        return table.rows().stream()
                .map(row -> new ParityCase(
                        table.value(row, "case"),
                        table.value(row, "family"),
                        table.value(row, "format"),
                        table.value(row, "model"),
                        table.value(row, "input"),
                        table.value(row, "encoding"),
                        table.value(row, "expected"),
                        table.value(row, "expect"),
                        table.value(row, "rounds"),
                        Double.parseDouble(table.value(row, "tolerance_abs")),
                        Double.parseDouble(table.value(row, "tolerance_rel")),
                        Policy.parse(table.value(row, "policy"))))
                .toList();
    }
}
