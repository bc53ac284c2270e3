package dev.tranche.inference.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEveryKindOfValue() {
        assertThat(Json.parse(" {\"a\": [1, -2.5e3, \"x\\u00e9\\n\", true, false, null, {}, []]} "))
                .isEqualTo(Json.struct(Map.entry(
                        "a",
                        new Json.Items(List.of(
                                new Json.Num("1"),
                                new Json.Num("-2.5e3"),
                                new Json.Text("xé\n"),
                                new Json.Flag(true),
                                new Json.Flag(false),
                                new Json.Null(),
                                Json.struct(),
                                new Json.Items(List.of()))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "[1 2]",
                "nul",
                "tru",
                "NaN",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "--1",
                "0x10",
                "1_000",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\uD800\"",
                "\"a\nb\"",
                "// no\n1",
                "1 1",
                "[1]]",
                "\uFEFF1",
                "{\"a\"}",
                "{\"a\":}",
                "\"\\uABC",
                "１"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageMatching("(?s)line \\d+, column \\d+: .+");
    }

    @Test
    void namesTheExactPlace() {
        assertThatThrownBy(() -> Json.parse("{\"a\":1,\"a\":2}"))
                .hasMessage("line 1, column 8: the key \"a\" appears twice");
        assertThatThrownBy(() -> Json.parse("{\"a\": tru}")).hasMessage("line 1, column 7: a value must begin here");
    }

    @Test
    void countsLinesAndColumnsFromOne() {
        assertThatThrownBy(() -> Json.parse("[1,\n 2,\n  oops]")).hasMessageStartingWith("line 3, column 3:");
    }

    @Test
    void keepsNumbersAsTextUntilAsked() {
        Json.Num tenth = (Json.Num) Json.parse("0.1");
        assertThat(tenth.doubleValue()).isEqualTo(0.1);
        assertThat(tenth.floatValue()).isEqualTo(0.1f);
        // By way of a double this literal would round to the even float below.
        Json.Num halfway = (Json.Num) Json.parse("16777217.0000000001");
        assertThat(halfway.floatValue()).isEqualTo(16777218f);
        assertThat((float) halfway.doubleValue()).isEqualTo(16777216f);
        assertThat(((Json.Num) Json.parse("9223372036854775807")).longValue()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> ((Json.Num) Json.parse("1.0")).longValue())
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,1",
        "100,100",
        "-0.0,-0.0",
        "-0,-0.0",
        "1e2,100",
        "0.10,0.1",
        "1E400,1E400",
        "1e15,1.0E15",
        "123456789012345678,123456789012345678",
        "1e-7,1.0E-7",
        "5e-324,4.9E-324"
    })
    void writesNumbersShortest(String given, String canonical) {
        assertThat(Json.parse(given).canonical()).isEqualTo(canonical);
    }

    @Test
    void writesKeysInOrderWithoutBlanks() {
        assertThat(Json.parse("{ \"b\" : [ 1 , null ], \"a\": \"\\u000b\\\"\\\\/张三\\n\\r\\t\", \"é\":{}, \"c\":[] }")
                        .canonical())
                .isEqualTo("{\"a\":\"\\u000b\\\"\\\\/张三\\n\\r\\t\",\"b\":[1,null],\"c\":[],\"é\":{}}");
    }

    @Test
    void refusesDepthLengthAndBytesBeyondTheLimits() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("at most 64");
        byte[] long17 = "[1,2,3,4,5,6,7,8]".getBytes(StandardCharsets.UTF_8);
        assertThat(Json.parse(long17, new JsonLimits(1, 17))).isInstanceOf(Json.Items.class);
        assertThatThrownBy(() -> Json.parse(long17, new JsonLimits(1, 16))).hasMessageContaining("at most 16");
        assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> new JsonLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasNoTextForNotANumber() {
        assertThatThrownBy(() -> Json.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.of(Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }
}
