package dev.tranche.engine.trading.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Part;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import dev.tranche.runtime.store.Store;
import dev.tranche.runtime.store.StorePlace;
import dev.tranche.runtime.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real PostgreSQL: what the tables say is what the journal says, once, whatever happens to the database.
class TableWriterTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final LogSettings LOG = new LogSettings(Durability.WRITTEN, LogSettings.MIN_SEGMENT);
    private static final long MID = 60_000_00;

    @TempDir
    private static Path shared;

    private static Store store;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws InterruptedException {
        store = Store.start(StoreSettings.of(new StorePlace.Embedded(shared.resolve("postgres")))
                .with(TableWriter.MIGRATIONS));
        store.awaitUp(LIMIT);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static List<List<String>> rows(String sql) {
        return store.transaction(connection -> {
            List<List<String>> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(rows.getString(i)));
                    }
                    found.add(row);
                }
            }
            return found;
        });
    }

    private static void write(TradingJournal journal) throws InterruptedException {
        try (TableWriter writer = TableWriter.follow(journal, store)) {
            assertThat(writer.await(journal.end(), LIMIT)).isTrue();
        }
    }

    private static Instant day(int day, String time) {
        return Instant.parse("2026-0" + day + "-02T" + time + "Z");
    }

    @Test
    void dailyPnlIsTheDifferenceOfEquityMarkedToMarketOverDaysFeesAndFunding() throws Exception {
        try (TradingJournal journal = TradingJournal.open(folder, LOG)) {
            Journalled desk = new Journalled(journal, Instant.parse("2026-03-01T22:00:00Z"));
            // Bought and held over midnight: a view of signed notionals would show a loss of 60,000.
            desk.fill(1, Side.BUY, MID, 1_000, 6_00000000L, Intent.QUOTE);
            double first = desk.at(Instant.parse("2026-03-01T23:59:00Z")).snapshot(MID + 100_00);
            desk.at(Instant.parse("2026-03-02T08:00:00Z")).funding(3_00000000L);
            desk.snapshot(MID - 400_00);
            double second = desk.at(Instant.parse("2026-03-02T23:59:00Z")).snapshot(MID - 250_00);
            desk.at(Instant.parse("2026-03-03T10:00:00Z"))
                    .fill(2, Side.SELL, MID - 200_00, 1_000, -1_00000000L, Intent.QUOTE);
            desk.ledger().deposit(0, 50_000_00000000L);
            double third = desk.snapshot(MID);
            write(journal);

            assertThat(first).isEqualTo(94);
            assertThat(second).isEqualTo(-259);
            assertThat(third).isEqualTo(-208);
            assertThat(rows("SELECT DISTINCT theta FROM portfolio_snapshots WHERE desk = 'btc_mm'"
                            + " AND \"timestamp\" BETWEEN '2026-03-01' AND '2026-03-04'"))
                    .containsExactly(List.of("-1.5"));
            List<List<String>> days =
                    rows("SELECT day, pnl, fees, funding, trades, closing_value FROM daily_pnl WHERE desk = 'btc_mm'"
                            + " AND day BETWEEN '2026-03-01' AND '2026-03-03' ORDER BY day");
            assertThat(days)
                    .containsExactly(
                            List.of("2026-03-01", "94", "6", "0", "1", "100094"),
                            List.of("2026-03-02", "-353", "0", "3", "0", "99741"),
                            List.of("2026-03-03", "51", "-1", "0", "1", "149792"));
            assertThat(
                            rows("SELECT notional, fee, fee_currency, strategy, side FROM trades WHERE \"timestamp\" < '2026-03-04'"
                                            + " ORDER BY \"timestamp\" DESC LIMIT 1")
                                    .getFirst())
                    .containsExactly("59800.00000", "-1.00000000", "USDT", "btc_mm_glft_v1.0", "sell");
        }
    }

    @Test
    void aRowThatTheDatabaseRefusesHoldsUpNoOther() throws Exception {
        try (TradingJournal journal = TradingJournal.open(folder, LOG)) {
            Journalled desk = new Journalled(journal, day(9, "10:00:00"));
            desk.fill(1, Side.BUY, MID, 10, 0, Intent.QUOTE);
            desk.told().breaker(desk.now(), BreakerState.NORMAL, BreakerState.KILLED, "killed by ana: no \u0000 text");
            desk.fill(2, Side.SELL, MID, 10, 0, Intent.QUOTE);
            write(journal);
            desk.fill(3, Side.SELL, MID, 10, 0, Intent.QUOTE);
            write(journal);
        }
        assertThat(rows("SELECT side FROM trades WHERE \"timestamp\" BETWEEN '2026-09-01' AND '2026-09-04'"
                        + " ORDER BY venue_trade_id"))
                .containsExactly(List.of("buy"), List.of("sell"), List.of("sell"));
    }

    @Test
    void aJournalReadAnewByAnotherWriterDoublesNothing() throws Exception {
        try (TradingJournal journal = TradingJournal.open(folder, LOG)) {
            Journalled desk = new Journalled(journal, day(4, "10:00:00"));
            desk.fill(1, Side.BUY, MID, 10, 0, Intent.HEDGE);
            desk.snapshot(MID);
            desk.told()
                    .breaker(
                            desk.now(),
                            BreakerState.NORMAL,
                            BreakerState.RESTRICTED,
                            "drawdown is critical: 0.16 of 0.15");
            desk.told().notice(desk.now(), Notice.DISPUTED_FILL, 0, 7, 0);
            write(journal);
            List<List<String>> before = counts();
            // The mark is lost: every record is read again.
            store.transaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM trading_progress WHERE run IN (SELECT run FROM trades"
                            + " WHERE \"timestamp\" >= '2026-04-02' AND \"timestamp\" < '2026-04-03')");
                }
            });
            write(journal);
            assertThat(counts()).isEqualTo(before);
            // A writer that goes on knows who is at which place.
            desk.at(day(4, "10:01:00")).fill(2, Side.BUY, MID, 5, 0, Intent.QUOTE);
            write(journal);
            assertThat(rows("SELECT strategy FROM trades WHERE \"timestamp\" = '2026-04-02T10:01:00Z'"))
                    .containsExactly(List.of("btc_mm_glft_v1.0"));
        }
    }

    private static List<List<String>> counts() {
        return rows("SELECT (SELECT count(*) FROM trades), (SELECT count(*) FROM portfolio_snapshots),"
                + " (SELECT count(*) FROM risk_events), (SELECT count(*) FROM circuit_breaker_history),"
                + " (SELECT count(*) FROM performance_metrics)");
    }

    @Test
    void aCorrectionBeforeOrAfterItsTradeMakesTheRowRight() throws Exception {
        try (TradingJournal journal = TradingJournal.open(folder, LOG)) {
            Journalled desk = new Journalled(journal, day(5, "10:00:00"));
            desk.fill(1, Side.BUY, MID, 10, 5, Intent.QUOTE);
            desk.correct(1, MID + 100, 7, 4);
            desk.correct(2, MID, 0, 0);
            desk.fill(2, Side.SELL, MID, 9, 5, Intent.QUOTE);
            write(journal);
            assertThat(rows("SELECT venue_trade_id, quantity, price, corrected_at IS NOT NULL FROM trades"
                            + " WHERE \"timestamp\" = '2026-05-02T10:00:00Z' ORDER BY 1"))
                    .containsExactly(List.of("1", "0.007", "60001.00", "t"), List.of("2", "0.000", "60000.00", "t"));
            assertThat(desk.ledger().lots(0, 0)).isEqualTo(7);
        }
    }

    @Test
    void theBreakersHistoryTheRegimesAndTheSummaryOfRiskAreTold() throws Exception {
        try (TradingJournal journal = TradingJournal.open(folder, LOG)) {
            Journalled desk = new Journalled(journal, day(6, "10:00:00"));
            desk.fill(1, Side.BUY, MID, 1, 0, Intent.QUOTE);
            desk.snapshot(MID);
            desk.told()
                    .breaker(desk.now(), BreakerState.NORMAL, BreakerState.WARNING, "daily_loss warns: 0.06 of 0.05");
            desk.at(day(6, "10:00:30"));
            desk.told()
                    .breaker(
                            desk.now(),
                            BreakerState.WARNING,
                            BreakerState.HALTED,
                            "drawdown is critical: could not be measured");
            desk.at(day(6, "10:05:30"));
            desk.told().breaker(desk.now(), BreakerState.HALTED, BreakerState.KILLED, "killed by ada: rehearsal");
            desk.told().regime(desk.now(), 0, 0, -1, 2, 0.9);
            write(journal);
            assertThat(
                            rows(
                                    "SELECT trigger_type, new_state, trigger_value, threshold, portfolio_value, duration_seconds"
                                            + " FROM circuit_breaker_history WHERE \"timestamp\"::date = '2026-06-02' ORDER BY \"timestamp\""))
                    .containsExactly(
                            List.of("daily_loss", "WARNING", "0.06", "0.05", "100000", "null"),
                            List.of("drawdown", "HALTED", "null", "null", "100000", "30"),
                            List.of("manual", "KILLED", "null", "null", "100000", "300"));
            assertThat(rows("SELECT old_regime, new_regime, strategy FROM regime_history WHERE \"timestamp\"::date ="
                            + " '2026-06-02'"))
                    .containsExactly(List.of("UNKNOWN", "HIGH", "btc_mm_glft_v1.0"));
            assertThat(rows("SELECT critical, warnings, unacknowledged, breaker_trips, worst_drawdown FROM risk_summary"
                            + " WHERE day = '2026-06-02'"))
                    .containsExactly(List.of("2", "1", "3", "2", "0.01"));
        }
    }

    @Test
    void aDatabaseThatDiesAndComesBackMissesNothingAndDoublesNothing() throws Exception {
        Path own = folder.resolve("postgres");
        try (TradingJournal journal = TradingJournal.open(folder.resolve("journal"), LOG);
                Store hurt = Store.start(
                        StoreSettings.of(new StorePlace.Embedded(own)).with(TableWriter.MIGRATIONS))) {
            Journalled desk = new Journalled(journal, day(7, "10:00:00"));
            try (TableWriter writer = TableWriter.follow(journal, hurt)) {
                // What trades does not wait for the database, which is not even up yet.
                for (int trade = 1; trade <= 300; trade++) {
                    desk.fill(trade, Side.BUY, MID, 1, 0, Intent.QUOTE);
                }
                assertThat(writer.await(journal.end(), LIMIT)).isTrue();
                ProcessHandle postmaster = ProcessHandle.of(
                                Long.parseLong(Files.readAllLines(own.resolve("data/postmaster.pid"))
                                        .getFirst()))
                        .orElseThrow();
                postmaster.destroyForcibly();
                postmaster.onExit().get(20, TimeUnit.SECONDS);
                for (int trade = 301; trade <= 2_000; trade++) {
                    desk.fill(trade, Side.BUY, MID, 1, 0, Intent.QUOTE);
                }
                assertThat(writer.await(journal.end(), LIMIT)).isTrue();
            }
            long found = hurt.transaction(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT count(*), sum(quantity) FROM trades")) {
                    rows.next();
                    assertThat(rows.getBigDecimal(2)).isEqualByComparingTo("2.000");
                    return rows.getLong(1);
                }
            });
            assertThat(found).isEqualTo(2_000);
            assertThat(desk.ledger().amount(Part.MARK, 0, 0)).isCloseTo(120_000, within(1e-6));
        }
    }
}
