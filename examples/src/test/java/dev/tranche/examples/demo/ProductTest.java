package dev.tranche.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tranche.examples.FakeProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the demo starts and stops the product, with a launcher of the test.
class ProductTest {
    @TempDir
    private Path folder = Path.of(".");

    private Path data() throws IOException {
        return Files.createDirectories(folder.resolve("work")).resolve("data");
    }

    @Test
    void itIsReadyWhenItSaysSoAndEndsWhenItIsClosed() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        try (FakeProduct fake = FakeProduct.in(root)) {
            Product product = Product.start(root, data(), 0);
            try (product) {
                assertThat(product.url.getHost()).isEqualTo("127.0.0.1");
                assertThat(product.ready).startsWith("READY http://127.0.0.1:").endsWith("in 0.1 s");
                assertThat(product.token()).isEqualTo("secret");
                assertThat(product.command("rollout", "start", "plan.yaml")).contains("r1");
                assertThat(product.alive()).isTrue();
            }
            product.await();
            assertThat(product.alive()).isFalse();
            assertThat(fake.commands().getFirst()).startsWith("serve --data ").endsWith("--port 0 --test-faults");
            assertThat(fake.commands().getLast()).isEqualTo("rollout start plan.yaml");
        }
    }

    @Test
    void aCommandThatFailsAndAServerThatDoesNotStartShowWhatTheySaid() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        try (FakeProduct fake = FakeProduct.in(root)) {
            try (Product product = Product.start(root, data(), 0)) {
                assertThatIOException()
                        .isThrownBy(() -> product.command("refuse", "me"))
                        .withMessageContaining("tranche refuse me exited with 2")
                        .withMessageContaining("no such command");
            }
            fake.breakDown();
            assertThatIOException()
                    .isThrownBy(() -> Product.start(root, data(), 0))
                    .withMessageContaining("ended before it was ready")
                    .withMessageContaining("no database");
        }
    }
}
