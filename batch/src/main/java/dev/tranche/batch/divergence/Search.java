package dev.tranche.batch.divergence;

import dev.tranche.market.divergence.Parameters;
import dev.tranche.market.study.Pass;
import dev.tranche.market.study.Study;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Runs the detector with every parameter set, on several threads; what an earlier run finished is taken from
/// its log.
final class Search {
    private final Study study;
    private final TrialLog log;
    private final Progress progress;

    private Search(Study study, TrialLog log, Progress progress) {
        this.study = study;
        this.log = log;
        this.progress = progress;
    }

    /// @return one pass for each parameter set, in their order
    static List<Pass> run(Study study, List<Parameters> sets, TrialLog log, int threads, Progress progress)
            throws InterruptedException, IOException {
        Search search = new Search(study, log, progress);
        List<Future<Pass>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (Parameters set : sets) {
                running.add(executor.submit(() -> search.pass(set)));
            }
            List<Pass> passes = new ArrayList<>();
            for (Future<Pass> each : running) {
                passes.add(each.get());
            }
            return passes;
        } catch (ExecutionException broken) {
            running.forEach(each -> each.cancel(true));
            switch (broken.getCause()) {
                case UncheckedIOException io -> throw io.getCause();
                case RuntimeException runtime -> throw runtime;
                case null, default -> throw new IllegalStateException(broken);
            }
        }
    }

    private Pass pass(Parameters set) {
        String name = name(set);
        @Nullable String before = log.result(name);
        if (before != null) {
            return PassText.parse(set, before, study.settings().horizons().size());
        }
        Pass pass = study.pass(set);
        try {
            log.append(name, PassText.of(pass));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        progress.step();
        return pass;
    }

    /// All values of a set, which is what its results are found by.
    static String name(Parameters set) {
        StringBuilder name = new StringBuilder();
        set.values()
                .forEach((key, value) -> name.append(name.isEmpty() ? "" : ",")
                        .append(key)
                        .append('=')
                        .append(value));
        return name.toString();
    }
}
