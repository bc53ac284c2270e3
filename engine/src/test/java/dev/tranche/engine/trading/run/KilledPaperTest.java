package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.Main;
import dev.tranche.engine.trading.desk.Verb;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.engine.trading.journal.Telling;
import dev.tranche.engine.trading.journal.ToldCodec;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.order.SomeReports;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A desk on paper whose process is killed, hard, again and again: the venue dies with it each time, and what it
/// told of trades must not be told otherwise afterwards.
@Timeout(180)
class KilledPaperTest {
    private static final Pattern READY = Pattern.compile("READY http://127\\.0\\.0\\.1:(\\d+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    @Test
    void noNumberOfATradeIsUsedForTwoFillsHoweverOftenTheProcessDies() throws Exception {
        Trading.strategyFolder(folder, "one", Trading.strategy("btc_mm_glft_v1.0", "binance", "BTCUSDT", 0.01, 0.001));
        Trading.stream(folder, "BTCUSDT", 7, 20_000);
        Trading.stream(folder, "ETHUSDT", 8, 20_000);
        Path config = Trading.config(folder, "20x", List.of("one"), "reconcile: 1s");
        long position;
        for (int kill = 0; kill < KILLS; kill++) {
            killed(config, kill);
        }
        try (MarketMaker maker = MarketMaker.start(TradingLaunch.of(config), Ticks.system())) {
            long before = fills(maker);
            Trading.await("fills after the kills", () -> fills(maker) > before + 5);
            maker.desk().orElseThrow().order(Verb.HALT, "ada", "a look", Map.of());
            Trading.await(
                    "no order",
                    () -> Trading.status(maker).path("orders").path("active").asLong() == 0);
            position = Math.round(Trading.status(maker)
                            .path("positions")
                            .path(0)
                            .path("quantity")
                            .asDouble()
                    * 1000);
        }
        assertThat(Trading.replay(folder).difference()).isEmpty();
        Heard heard = Heard.in(folder);
        assertThat(heard.different).as("one number, two fills").isZero();
        assertThat(heard.fills).hasSizeGreaterThan(4 * KILLS);
        assertThat(heard.booked).isEqualTo(heard.fills.size());
        assertThat(heard.disputes).as("disputes and breaks of positions").isZero();
        assertThat(heard.lots()).isEqualTo(position);
    }

    private static long fills(MarketMaker maker) {
        return Trading.status(maker).path("strategies").path(0).path("fills").asLong();
    }

    /// Runs the desk in a process of its own until it has traded, and kills it.
    private void killed(Path config, int kill) throws Exception {
        Path log = folder.resolve("child" + kill + ".log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "market",
                        "run",
                        "--role",
                        "engine",
                        "--stay",
                        "--config",
                        config.toString())
                .redirectOutput(log.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            Trading.await("the child is ready: " + kill, () -> port(log) > 0);
            int port = port(log);
            long before = fills(port);
            Trading.await("fills before a kill", () -> fills(port) > before + 5);
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static int port(Path log) {
        try {
            Matcher found = READY.matcher(Files.readString(log));
            return found.find() ? Integer.parseInt(found.group(1)) : 0;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private long fills(int port) {
        try {
            String token =
                    Files.readString(folder.resolve("data/operator.token")).strip();
            String status = Trading.ask(port, "GET", "/api/v1/desk", token, "").body();
            return JSON.readTree(status)
                    .path("strategies")
                    .path(0)
                    .path("fills")
                    .asLong();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What a journal says of trades.
    private static final class Heard implements SomeReports, Telling {
        private final Map<Long, List<Long>> fills = new TreeMap<>();
        private int different;
        private int booked;
        private int disputes;

        static Heard in(Path folder) throws IOException {
            Heard heard = new Heard();
            try (TradingJournal journal =
                    TradingJournal.open(folder.resolve("data/journal"), LogSettings.of(Durability.ASYNC))) {
                Cursor cursor = journal.cursor(journal.start());
                for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                    ByteBuffer payload = next.get().payload().duplicate().order(ByteOrder.LITTLE_ENDIAN);
                    Entry entry = Entry.of(next.get().type());
                    if (entry == Entry.REPORT) {
                        ReportCodec.decode(next.get().epochNanos(), payload, heard);
                    } else if (entry == Entry.TOLD) {
                        ToldCodec.decode(next.get().epochNanos(), payload, heard);
                    }
                }
            }
            return heard;
        }

        long lots() {
            return fills.values().stream().mapToLong(each -> each.get(1)).sum();
        }

        @Override
        public void filled(
                long at, long order, int contract, long trade, Side side, long ticks, long lots, long fee, boolean m) {
            List<Long> fill = List.of(order, side.sign() * lots, ticks, fee);
            List<Long> before = fills.putIfAbsent(trade, fill);
            different += before == null || before.equals(fill) ? 0 : 1;
        }

        @Override
        public void filled(
                long at,
                int strategy,
                int contract,
                long order,
                long trade,
                Side side,
                long ticks,
                long lots,
                long fee,
                boolean maker,
                Intent intent) {
            booked++;
        }

        @Override
        public void notice(long at, Notice notice, int contract, long found, long expected) {
            disputes += notice == Notice.DISPUTED_FILL || notice == Notice.FOREIGN_FILL || notice == Notice.UNRECONCILED
                    ? 1
                    : 0;
        }
    }
}
