package dev.tranche.engine.trading.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AboveTest {
    private static final Pattern SPAN = Pattern.compile("span_ms=(\\d+)i");

    @TempDir
    private Path folder;

    private final List<Integer> spans = new CopyOnWriteArrayList<>();
    private volatile boolean signalled;

    /// Takes everything but signals.
    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean signal = path.equals("/api/v1/signals");
        signalled |= signal;
        Matcher span = SPAN.matcher(body);
        while (signalled && span.find()) {
            spans.add(Integer.parseInt(span.group(1)));
        }
        byte[] words =
                "{\"code\":\"forbidden\",\"detail\":\"the token may not operate\"}".getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(signal ? 403 : 200, words.length);
        call.getResponseBody().write(words);
        call.close();
    }

    @Test
    void aSignalThatTheServerDoesNotTakeIsTriedAgainOnceASecondAndNotAtOnce() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.writeString(folder.resolve("server.token"), "tr_secret");
        Trading.stream(folder, "BTCUSDT", 7, 600);
        Trading.stream(folder, "ETHUSDT", 8, 600);
        Trading.strategyFolder(folder, "one", Trading.strategy("btc_mm_glft_v1.0", "binance", "BTCUSDT", 0.01, 0.001));
        String more = "server: http://127.0.0.1:" + server.getAddress().getPort() + "\ntoken_file: server.token\n";
        Path config = Trading.config(folder, "fast", List.of("one"), more);
        try (MarketMaker maker = MarketMaker.start(TradingLaunch.of(config), Ticks.system())) {
            Trading.await("measurements", () -> spans.size() > 3);
            assertThat(maker.desk()).isPresent();
        } finally {
            server.stop(0);
        }

        assertThat(signalled).isTrue();
        // The first is of the turn that the refusal ended.
        assertThat(spans.subList(1, spans.size())).allMatch(span -> span >= 500);
    }
}
