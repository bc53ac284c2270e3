package dev.tranche.batch.market.series;

import dev.tranche.batch.report.Page;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// The options that say how a result is told: as tables or as JSON, and as a page with plots beside it.
final class ResultOptions {
    @Option(names = "--json", description = "One JSON document instead of tables.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Also writes a page with plots.")
    private Optional<Path> report = Optional.empty();

    private ResultOptions() {}

    /// Makes only what is asked for.
    ///
    /// @throws IOException when the page cannot be written
    void tell(PrintWriter out, Supplier<?> document, Consumer<PrintWriter> tables, Supplier<Page> page)
            throws IOException {
        if (json) {
            out.println(document.get());
        } else {
            tables.accept(out);
        }
        out.flush();
        if (report.isPresent()) {
            Plots.write(report.get(), page.get());
        }
    }
}
