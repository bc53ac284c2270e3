package dev.tranche.engine.trading.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.Snapshot;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.market.Side;
import dev.tranche.market.account.Part;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.DeskTerms;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradingTablesTest {
    private static final LogSettings LOG = LogSettings.of(Durability.WRITTEN);
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path folder;

    /// Takes no order.
    private static final class Nowhere implements OrderSink {
        private static AssertionError sent() {
            return new AssertionError("a desk without strategies orders nothing");
        }

        @Override
        public void place(
                long orderId,
                int contract,
                Side side,
                long priceTicks,
                long quantityLots,
                TimeInForce force,
                boolean reduceOnly) {
            throw sent();
        }

        @Override
        public void amend(long orderId, int contract, long priceTicks, long quantityLots) {
            throw sent();
        }

        @Override
        public void cancel(long orderId, int contract) {
            throw sent();
        }

        @Override
        public void cancelAll(int contract) {
            throw sent();
        }

        @Override
        public void reconcile(int venue, long sinceNanos) {
            throw sent();
        }
    }

    private static Desk desk() {
        return Desk.of(Journalled.CONTRACTS, DeskTerms.usual("btc_mm", 100_000), new Nowhere(), DeskSink.NONE);
    }

    @Test
    void aDesksAccountIsSnappedOnceAMinuteAndReachesTheTablesOfADatabaseOfItsOwn() throws Exception {
        try (TradingJournal journal = TradingJournal.open(folder.resolve("journal"), LOG)) {
            Journalled begun = new Journalled(journal, Instant.parse("2026-08-02T10:00:00Z"));
            long now = begun.now();
            try (TradingTables tables = TradingTables.open(journal, TradingTables.EMBEDDED, "", "", folder)) {
                Desk desk = desk();
                for (int second = 0; second <= 120; second++) {
                    desk.time(now + second * SECOND);
                    tables.look(now + second * SECOND, desk);
                }
                assertThat(tables.writer().await(journal.end(), Duration.ofSeconds(60)))
                        .isTrue();
                assertThat(tables.up()).isTrue();
            }
            List<Snapshot> snapshots = new ArrayList<>();
            Cursor cursor = journal.cursor(journal.start());
            for (Optional<LogRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                if (Entry.of(each.get().type()) == Entry.SNAPSHOT) {
                    snapshots.add(Snapshot.read(new String(each.get().bytes(), StandardCharsets.UTF_8)));
                }
            }
            assertThat(snapshots).hasSize(3);
            assertThat(snapshots.getLast().equity()).isEqualTo(100_000);
            assertThat(snapshots.getLast().part(Part.TOTAL)).isZero();
            assertThat(snapshots.getLast().breaker()).isEqualTo("NORMAL");
            assertThat(snapshots.getLast().metrics()).containsEntry("orders_open", 0.0);
        }
    }

    @Test
    void anAddressThatIsNoneIsRefused() throws Exception {
        try (TradingJournal journal = TradingJournal.open(folder.resolve("journal"), LOG)) {
            assertThatThrownBy(() -> TradingTables.open(journal, "mysql://x", "", "", folder))
                    .hasMessage("store URL must begin with jdbc:postgresql: mysql://x");
        }
    }
}
