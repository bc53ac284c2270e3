package dev.tranche.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM while applicants come in.
class DrainTest {
    @Test
    @Promise("000 §5.1 more than 99.9 % of the requests succeed, also while the server is stopped")
    void aStopUnderLoadAnswersEveryRequestThatWasTakenInAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Product product = Product.startWithScorecard(data, "--test-faults");
        ProcessHandle database = Postgres.of(data).running().orElseThrow();
        List<ProcessHandle> workers = database.descendants().toList();
        // Slow enough that some are always under way, quick enough for the deadline.
        Rollouts.fault(product, "consumer_apply_scorecard_v1.0", 30, 0);
        Load load = Load.on(product, 1000, 16);
        load.awaitMore(300, "before the stop", reply -> reply.status() == 200);

        product.handle().destroy();

        product.handle().onExit().get(40, TimeUnit.SECONDS);
        load.close();
        assertThat(load.unanswered()).isEmpty();
        assertThat(load.refused()).isEmpty();
        assertThat(load.replies()).hasSize((int) load.sent());
        assertThat(product.exitCode()).isZero();
        assertThat(Postgres.runs(database)).isFalse();
        assertThat(workers).noneMatch(Postgres::runs);
        assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();

        try (Product again = Product.start(data)) {
            Load.Reply last = load.replies().getLast();
            assertThat(again.read("/api/v1/decisions/" + last.decision())
                            .path("loan_id")
                            .asString())
                    .isEqualTo(last.loan());
        }
    }
}
