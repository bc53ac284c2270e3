package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.engine.divergence.StreamStatus;
import dev.tranche.engine.feed.Exchange;
import dev.tranche.engine.feed.Market;
import dev.tranche.market.feed.BookState;
import dev.tranche.market.feed.Fault;
import dev.tranche.runtime.clock.Ticks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine on an exchange that behaves, and then does not.
class VenueRunTest {
    @TempDir
    Path folder;

    private final Market market = Market.of("BTCUSDT", new Random(3), System.currentTimeMillis());

    private static StreamStatus stream(Engine engine) {
        return engine.streams().getFirst();
    }

    /// Publishes the market until something holds.
    private void until(Exchange exchange, BooleanSupplier holds) throws InterruptedException {
        Asked.await(() -> {
            step().forEach(exchange::publish);
            return holds.getAsBoolean();
        });
    }

    private List<String> step() {
        synchronized (market) {
            return market.next(1 + Math.max(0, System.currentTimeMillis() - market.millis()));
        }
    }

    private String snapshot() {
        synchronized (market) {
            return market.snapshot();
        }
    }

    private static boolean valid(Engine engine) {
        return stream(engine).book() == BookState.VALID && stream(engine).up();
    }

    private static long faults(Engine engine, Fault fault) {
        return stream(engine).faults().getOrDefault(fault, 0L);
    }

    @Test
    void dropsDuplicatesReordersBadJsonStallsAndDisconnectsAreNamedAndTheBookComesBack() throws Exception {
        try (Exchange exchange = Exchange.open(this::snapshot)) {
            Path config = folder.resolve("engine.yaml");
            Files.writeString(config, """
                    divergence:
                      bar: 100ms
                      port: 0
                      log.segment: 64KiB
                      streams:
                        - {symbol: BTCUSDT, price_decimals: 2, quantity_decimals: 3, venue: usdm, stream_url: "%s", rest_url: "%s"}
                    """.formatted(exchange.stream(), exchange.rest()));
            try (Engine engine = Engine.start(Launch.of(config), Ticks.system())) {
                exchange.subscriptions.poll(10, TimeUnit.SECONDS);
                until(exchange, () -> valid(engine) && stream(engine).bars() > 2);
                assertThat(exchange.asked).hasSize(1);
                assertThat(stream(engine).faults()).isEmpty();

                List<String> repeated = step();
                repeated.forEach(exchange::publish);
                repeated.forEach(exchange::publish);
                until(exchange, () -> faults(engine, Fault.DUPLICATE) >= 3);
                assertThat(valid(engine)).isTrue();

                exchange.publish("{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",");
                exchange.publish("not JSON at all");
                until(exchange, () -> faults(engine, Fault.MALFORMED) + faults(engine, Fault.TRUNCATED) >= 2);
                assertThat(valid(engine)).isTrue();

                step();
                until(exchange, () -> faults(engine, Fault.SEQUENCE_BREAK) >= 1);
                until(exchange, () -> valid(engine));
                assertThat(exchange.asked).hasSize(2);

                List<String> shuffled = new ArrayList<>(step());
                shuffled.addAll(step());
                Collections.swap(shuffled, 0, 3);
                shuffled.forEach(exchange::publish);
                until(exchange, () -> faults(engine, Fault.SEQUENCE_BREAK) >= 2);
                until(exchange, () -> valid(engine));

                exchange.cut();
                exchange.subscriptions.poll(10, TimeUnit.SECONDS);
                until(exchange, () -> faults(engine, Fault.LOST) >= 1);
                until(exchange, () -> valid(engine));
                exchange.closePolitely();
                exchange.subscriptions.poll(10, TimeUnit.SECONDS);
                until(exchange, () -> faults(engine, Fault.LOST) >= 2);
                until(exchange, () -> valid(engine));

                long bars = stream(engine).bars();
                until(exchange, () -> stream(engine).bars() > bars + 2);
                assertThat(stream(engine).counts().errors()).isZero();
                assertThat(stream(engine).tracks().getFirst().counts().closed()).isTrue();
            }
        }
    }
}
