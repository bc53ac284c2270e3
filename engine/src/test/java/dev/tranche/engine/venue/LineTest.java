package dev.tranche.engine.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineTest {
    /// Answers nothing and lets everybody connect.
    private static final class Silent implements Loopback.House {
        @Override
        public Loopback.Answer asked(Loopback.Request request) {
            return new Loopback.Answer(404, Map.of(), "");
        }

        @Override
        public void opened(Loopback.Channel channel) {}

        @Override
        public void heard(Loopback.Channel channel, String text) {}

        @Override
        public void closed(Loopback.Channel channel) {}
    }

    /// Cannot read what the venue answered, the first time it looks and the first time it prepares.
    private static final class Confused implements Line.Role {
        private final URI address;
        private final CountDownLatch looked = new CountDownLatch(2);
        private final List<String> lost = new CopyOnWriteArrayList<>();
        private int prepared;

        Confused(URI address) {
            this.address = address;
        }

        @Override
        public URI address() {
            return address;
        }

        @Override
        public void prepare(Wire wire) {
            prepared++;
            if (prepared == 1) {
                throw new IllegalArgumentException("side must be BUY or SELL: BOTH");
            }
        }

        @Override
        public void due(Wire wire, long nanos) {
            looked.countDown();
            if (looked.getCount() == 1) {
                throw new ArithmeticException("a price of 0.123 has more than 1 decimal");
            }
        }

        @Override
        public void lost(String reason) {
            lost.add(reason);
        }

        @Override
        public void heard(byte[] bytes, long nowNanos) {}
    }

    @Test
    void anAnswerThatCannotBeReadEndsTheConnectionAndAnotherIsMade() throws IOException, InterruptedException {
        try (Loopback loopback = Loopback.open(new Silent(), Mischief.of(new Random(1)));
                HttpClient client = HttpClient.newHttpClient()) {
            Confused role = new Confused(loopback.socket("/"));
            Line line = new Line(
                    "test",
                    loopback.socket("/"),
                    Fixtures.link(Duration.ofSeconds(3)),
                    client,
                    Ticks.system(),
                    new Random(1),
                    role);
            line.start();

            assertThat(role.looked.await(20, TimeUnit.SECONDS))
                    .as("%s", role.lost)
                    .isTrue();

            line.close();
            assertThat(role.lost).hasSize(3);
            assertThat(role.lost.get(0)).contains("side must be BUY or SELL: BOTH");
            assertThat(role.lost.get(1)).contains("more than 1 decimal");
        }
    }
}
