package dev.tranche.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Speaks to the server as an engine does: asks the route what holds for which symbol, and tells what it
/// measures of that, several times a second. What it measures is what a test says.
final class Teller implements AutoCloseable {
    private static final long PAUSE_NANOS = 250_000_000;

    private final Product server;
    private final String product;
    private final List<String> symbols;
    private final Thread thread;
    private volatile String fields =
            "events=300,closed_all=30,closed_bull=20,closed_bear=10,detection_latency=\"97:40\"";
    private volatile boolean stopped;
    private long toldNanos = System.nanoTime();

    private Teller(Product server, String product, String... symbols) {
        this.server = server;
        this.product = product;
        this.symbols = Arrays.asList(symbols);
        this.thread = Thread.ofVirtual().unstarted(this::tell);
    }

    static Teller start(Product server, String product, String... symbols) {
        Teller teller = new Teller(server, product, symbols);
        teller.thread.start();
        return teller;
    }

    /// Every detection from now on takes 25 ms.
    void slow() {
        fields = fields.replace("97:40", "266:40");
    }

    private void tell() {
        for (int seq = 1; !stopped; seq++) {
            int number = seq;
            long now = System.nanoTime();
            long span = Math.clamp((now - toldNanos) / 1_000_000, 1, 60_000);
            toldNanos = now;
            JsonNode slot = server.read("/api/v1/routes/" + product).path("calibration");
            String lines = symbols.stream()
                    .flatMap(symbol -> (slot.path("entities").has(symbol)
                                    ? slot.path("entities").path(symbol)
                                    : slot.path("others"))
                            .valueStream()
                            .map(work -> line(symbol, work, number, span)))
                    .collect(Collectors.joining("\n"));
            try {
                server.post("/write", lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private String line(String symbol, JsonNode work, int seq, long span) {
        return "tranche_signal,product=" + product + ",version="
                + work.path("version").asString() + ",entity=" + symbol + ",mode="
                + work.path("mode").asString() + ",sender=e2e seq=" + seq + ",span_ms=" + span + "," + fields;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
