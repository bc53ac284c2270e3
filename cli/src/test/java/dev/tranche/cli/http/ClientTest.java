package dev.tranche.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.cli.RecordedDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ClientTest {
    private final RecordedDoor door = RecordedDoor.open();
    private final Client client = Client.to(URI.create(door.url() + "/"), Optional.of("secret"));

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void itSendsTheTokenAndTheBodyAsTheyAre() {
        door.says("POST /score", "score.json");
        assertThat(client.post("/score", JsonNodeFactory.instance.objectNode().put("loan_id", "张三"))
                        .path("loan_id")
                        .asString())
                .isEqualTo("L1");
        RecordedDoor.Asked asked = door.asked().getFirst();
        assertThat(asked.token()).isEqualTo("Bearer secret");
        assertThat(asked.type()).isEqualTo("application/json");
        assertThat(asked.json().path("loan_id").asString()).isEqualTo("张三");
    }

    @Test
    void anEmptyAnswerIsAnEmptyObject() {
        door.says("DELETE /model/x", 204, "");
        assertThat(client.delete("/model/x").isEmpty()).isTrue();
    }

    @Test
    void aPageOfAProxyIsShownAsItCame() {
        door.says("GET /health", 502, "<html>Bad Gateway</html>");
        assertThatThrownBy(() -> client.get("/health"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("<html>Bad Gateway</html>.");
    }

    @Test
    void aConnectionThatBreaksOffIsUnreachable() throws IOException {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUpUntilClosed(rude));
            Client caller = Client.to(URI.create("http://127.0.0.1:" + rude.getLocalPort()), Optional.empty());
            assertThatThrownBy(() -> caller.get("/health"))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageStartingWith("no answer from http://127.0.0.1:" + rude.getLocalPort());
        }
    }

    /// The JDK's client asks once more when a connection breaks off, so one hang-up is not enough.
    private static void hangUpUntilClosed(ServerSocket rude) {
        while (!rude.isClosed()) {
            try {
                rude.accept().close();
            } catch (IOException closed) {
                assertThat(rude.isClosed()).isTrue();
            }
        }
    }

    @Test
    void namesAreEscapedForPaths() {
        assertThat(Client.escaped("a b/ü")).isEqualTo("a%20b%2F%C3%BC");
    }
}
