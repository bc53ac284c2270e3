package dev.tranche.engine.trading.run;

import dev.tranche.engine.feed.Market;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.replay.Replay;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Recordings, strategies and configurations to run a market maker on, and what is asked of it.
final class Trading {
    static final long START = 1_767_225_600_000L;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LONGEST_SECONDS = 60;

    private Trading() {}

    /// A random walk of so many steps of 20 ms, with one whole book near its beginning and `extra` lines.
    static void stream(Path folder, String symbol, long seed, long start, int steps, List<String> extra)
            throws IOException {
        Market market = Market.of(symbol, new Random(seed), start);
        List<String> lines = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            for (String message : market.next(20)) {
                lines.add(market.millis() * 1_000_000L + " " + message);
            }
            if (step == 3) {
                lines.add(market.millis() * 1_000_000L + " " + market.snapshot());
            }
            if (!extra.isEmpty() && step % 10 == 9) {
                lines.add(market.millis() * 1_000_000L + " " + extra.get(step / 10 % extra.size()));
            }
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(symbol + ".gz")))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
    }

    static void stream(Path folder, String symbol, long seed, int steps) throws IOException {
        stream(folder, symbol, seed, START, steps, List.of());
    }

    static String strategy(String name, String venue, String symbol, double size, double leastBps) {
        return """
                strategy:
                  name: %s
                  quotes:
                    - {venue: %s, symbol: %s}
                  fair: mid
                  quoting: {model: glft, gamma: 0.1, arrival_a: 1.2, arrival_k: 500, size: %s, least_spread_bps: %s, refresh: 10ms}
                  volatility: {sample: 100ms, half_life: 10s, warm: 3}
                  spread: {source: theory}
                  limits: {quantity: 1000, position: 10000, collar_bps: 500, orders_a_second: 1000}
                """.formatted(name, venue, symbol, size, leastBps);
    }

    static void strategyFolder(Path folder, String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve("strategy.yaml"), text);
    }

    /// A desk on paper that plays BTCUSDT.gz and ETHUSDT.gz and runs the strategies in these folders.
    static Path config(Path folder, String pace, List<String> strategies, String more) throws IOException {
        String rows = String.join(
                "",
                strategies.stream()
                        .map(each -> "    - {folder: " + each + "}\n")
                        .toList());
        Path file = folder.resolve("trading.yaml");
        Files.writeString(file, """
                trading:
                  desk: btc_mm
                  data: data
                  port: 0
                  pace: %s
                  journal.segment: 1MiB
                  breaker: {concentration_warning: 1, concentration_limit: 1}
                  venues:
                    - {name: binance, kind: paper, wire: binance}
                  contracts:
                    - {venue: binance, symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 3, tick: 10, base: BTC, maker_bps: 1, taker_bps: 4, file: BTCUSDT.gz}
                    - {venue: binance, symbol: ETHUSDT, price_decimals: 2, quantity_decimals: 3, tick: 10, base: ETH, maker_bps: 1, taker_bps: 4, file: ETHUSDT.gz}
                  strategies:
                %s%s""".formatted(pace, rows, more.indent(2)));
        return file;
    }

    static Replay.Result replay(Path folder) throws IOException {
        try (TradingJournal journal =
                TradingJournal.open(folder.resolve("data/journal"), LogSettings.of(Durability.ASYNC))) {
            return Replay.alone().run(journal, Long.MAX_VALUE);
        }
    }

    /// The ids of the orders that were placed, in the order in which they were.
    static List<Long> ids(Path folder) throws IOException {
        List<Long> ids = new ArrayList<>();
        try (TradingJournal journal =
                TradingJournal.open(folder.resolve("data/journal"), LogSettings.of(Durability.ASYNC))) {
            journal.orders((id, _) -> ids.add(id));
        }
        return ids;
    }

    /// Records of a kind in the journal.
    static long count(Path folder, Entry entry) throws IOException {
        long found = 0;
        try (TradingJournal journal =
                TradingJournal.open(folder.resolve("data/journal"), LogSettings.of(Durability.ASYNC))) {
            Cursor cursor = journal.cursor(journal.start());
            for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                found += Entry.of(next.get().type()) == entry ? 1 : 0;
            }
        }
        return found;
    }

    static void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(LONGEST_SECONDS).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within a minute: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    static JsonNode status(MarketMaker maker) {
        return JSON.valueToTree(maker.desk().orElseThrow().board().tree());
    }

    static HttpResponse<String> ask(int port, String method, String path, String token, String body)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10))
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
