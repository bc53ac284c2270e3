package dev.tranche.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.Examples;
import dev.tranche.server.TestServer;
import dev.tranche.server.TestServer.Got;
import inference.GrpcPredictV2;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pages about the inference protocol say is so.
class OpenInferencePagesTest {
    private static final Path ROOT = Path.of(System.getProperty("tranche.root"));
    private static final Map<String, String> TESTS = Map.of(
            "R",
            "protocol/RestCornerCasesTest.java",
            "G",
            "grpc/GrpcCornerCasesTest.java",
            "E",
            "protocol/ExtensionsTest.java");

    @Test
    void everyCornerCaseIsDecidedAndNamesTestsThatExist() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/reference/open-inference-protocol.md"));
        List<MatchResult> rows = Pattern.compile("(?m)^\\| (\\d+) \\| .+ \\| (.+) \\|$")
                .matcher(page)
                .results()
                .toList();
        assertThat(rows.stream().map(row -> Integer.parseInt(row.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList());
        for (MatchResult row : rows) {
            List<MatchResult> tests = Pattern.compile("`([RGE])\\.(\\w+)`")
                    .matcher(row.group(2))
                    .results()
                    .toList();
            assertThat(tests).as("case %s", row.group(1)).isNotEmpty();
            for (MatchResult test : tests) {
                assertThat(Files.readString(ROOT.resolve("server/src/test/java/dev/tranche/server")
                                .resolve(TESTS.get(test.group(1)))))
                        .contains("void " + test.group(2) + "()");
            }
        }
    }

    @Test
    void theExampleOfTheHowToIsAnswered(@TempDir Path data) throws Exception {
        String page = Files.readString(ROOT.resolve("docs/how-to/call-by-open-inference-protocol.md"));
        MatchResult body = Pattern.compile("(?s)/infer -d '(\\{.*?})'")
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow();
        try (TestServer server = TestServer.start(data, new Examples())) {
            Got got = server.post(Asked.INFER, body.group(1));
            assertThat(got.status()).as(got.body()).isEqualTo(200);
            assertThat(Asked.output(got, "error").toString()).isEqualTo("[\"\",\"\"]");
            assertThat(Asked.output(got, "action").get(0).asString()).isIn("APPROVE", "REVIEW", "DECLINE");
        }
    }

    /// Every message and field that KServe publishes has the same number and type in the definition
    /// published here.
    @Test
    void ourDefinitionAgreesWithKserves() throws Exception {
        String own = Files.readString(
                ROOT.resolve("server/src/main/resources/dev/tranche/server/grpc/open_inference.proto"));
        List<String> expected = new ArrayList<>();
        GrpcPredictV2.getDescriptor()
                .getMessageTypes()
                .forEach(message -> Stream.concat(Stream.of(message), message.getNestedTypes().stream())
                        .filter(each -> !each.getOptions().getMapEntry())
                        .forEach(each -> {
                            expected.add("message " + each.getName() + " {");
                            each.getFields()
                                    .forEach(field ->
                                            expected.add(" " + field.getName() + " = " + field.getNumber() + ";"));
                        }));
        GrpcPredictV2.getDescriptor()
                .getServices()
                .getFirst()
                .getMethods()
                .forEach(method -> expected.add(
                        "rpc " + method.getName() + "(" + method.getInputType().getName() + ") returns ("
                                + method.getOutputType().getName() + ")"));
        assertThat(expected).hasSizeGreaterThan(60);
        assertThat(own.replaceAll("message (\\w+) \\{}", "message $1 {")).contains(expected);
    }
}
