package dev.tranche.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final Pattern IMPORT = Pattern.compile("from '(\\.{1,2}/[^']+)'|(?:src|href)=\"(/console/[^\"]+)\"");

    @Test
    void everyFileIsServedWithItsTypeAndAPolicy() {
        ServerBuilder builder = Server.builder().http(0);
        Console.files().forEach(builder::service);
        Server server = builder.build();
        server.start().join();
        try {
            BlockingWebClient client =
                    WebClient.of("http://127.0.0.1:" + server.activeLocalPort()).blocking();
            for (String path : Console.files().keySet()) {
                AggregatedHttpResponse answer = client.get(path);
                assertThat(answer.status().code()).as(path).isEqualTo(200);
                assertThat(answer.content().length()).as(path).isPositive();
                assertThat(answer.headers().get("content-security-policy"))
                        .as(path)
                        .contains("sha256-");
            }
        } finally {
            server.stop().join();
        }
    }

    @Test
    void everyFileThatAnotherOneImportsIsServed() throws IOException {
        Path sources = Path.of("src/main/resources/console");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                List<String> wanted = IMPORT.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1) == null
                                ? match.group(2)
                                : "/console/"
                                        + sources.relativize(file.resolveSibling(match.group(1))
                                                .normalize()))
                        .toList();
                assertThat(Console.files().keySet()).as(file.toString()).containsAll(wanted);
            }
        }
    }
}
