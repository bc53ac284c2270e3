package dev.tranche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MarketOrdersTest {
    private static final List<String> VERBS =
            List.of("kill", "release", "halt", "resume", "cancel-all", "flatten", "adopt", "status");

    @TempDir
    private Path folder = Path.of("");

    private Path token = Path.of("");

    private record Spoken(int code, String out, String err) {}

    @BeforeEach
    void aToken() throws IOException {
        token = Files.writeString(folder.resolve("operator.token"), "a-token\n");
    }

    private Spoken say(String verb, String url, Path tokenFile) {
        List<String> words =
                new ArrayList<>(List.of("market", verb, "--engine", url, "--token-file", tokenFile.toString()));
        if (!verb.equals("status")) {
            words.addAll(List.of("--reason", "a drill"));
        }
        if (verb.equals("adopt")) {
            words.addAll(Arrays.asList("--venue", "binance", "--symbol", "BTCUSDT", "--price", "1"));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(Main.class)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words.toArray(String[]::new));
        return new Spoken(code, out.toString(), err.toString());
    }

    private static HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream answer = exchange.getResponseBody()) {
                answer.write(bytes);
            }
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void anEngineThatDoesNotRunIsSaidInWordsByEveryVerb() {
        for (String verb : VERBS) {
            Spoken spoken = say(verb, "http://127.0.0.1:1", token);
            assertThat(spoken.code()).as(verb).isEqualTo(3);
            assertThat(spoken.err())
                    .isEqualToIgnoringNewLines("tranche market " + verb
                            + ": nobody listens at http://127.0.0.1:1: does the engine run? --engine names it");
        }
    }

    @Test
    void aTokenThatIsNotTakenIsSaidWithItsFile() throws IOException {
        HttpServer server = answering(401, "{\"code\":\"unauthorized\",\"detail\":\"a token is asked for\"}");
        try {
            for (String verb : VERBS) {
                Spoken spoken = say(verb, url(server), token);
                assertThat(spoken.code()).as(verb).isEqualTo(1);
                assertThat(spoken.err()).contains("does not take the token in " + token, "a token is asked for");
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatIsNoEngineIsSaidToBeNone() throws IOException {
        for (HttpServer server : List.of(
                answering(404, "{\"code\":\"unknown_path\",\"detail\":\"there is no such door\"}"),
                answering(502, "<html>bad gateway</html>"),
                answering(200, "{\"models\":[]}"),
                answering(200, "<html>hello</html>"))) {
            try {
                for (String verb : VERBS) {
                    Spoken spoken = say(verb, url(server), token);
                    assertThat(spoken.code()).as(verb).isIn(1, 3);
                    assertThat(spoken.out()).isEmpty();
                    assertThat(spoken.err()).containsAnyOf("is no engine with a desk", "is no JSON");
                }
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void aTokenFileThatIsNotThereOrHoldsNoTokenIsNamedAndNotShown() throws IOException {
        Path missing = folder.resolve("nowhere.token");
        assertThat(say("halt", "http://127.0.0.1:1", missing).err()).contains("there is no token file " + missing);
        Files.writeString(token, "secret-one\nsecret-two\n");
        Spoken spoken = say("halt", "http://127.0.0.1:1", token);
        assertThat(spoken.code()).isEqualTo(3);
        assertThat(spoken.err()).contains("does not hold one token").doesNotContain("secret");
    }
}
