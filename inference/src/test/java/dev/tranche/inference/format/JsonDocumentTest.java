package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Trials;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
    private static Document read(String text) {
        return JsonDocument.read(text.getBytes(UTF_8));
    }

    private static Document.Numbers numbers(String text) {
        return new Place("", read(text)).numbers();
    }

    @Test
    void everyFloatIsReadAsWritten() {
        Trials.of(20, random -> {
            for (int i = 0; i < 5_000; i++) {
                float value = Float.intBitsToFloat(random.nextInt());
                if (!Float.isFinite(value)) {
                    continue;
                }
                for (String text : List.of(
                        Float.toString(value),
                        String.format("%.8e", value),
                        String.format("%.9g", value),
                        Double.toString(value + Math.ulp(value) / 2.0))) {
                    assertThat(numbers("[" + text + ",0.5]").real(0)).as(text).isEqualTo(Float.parseFloat(text));
                }
            }
        });
    }

    @Test
    void aTextBesideTheMiddleOfTwoFloatsIsRoundedOnce() {
        // 1 + 2^-24 lies between two floats; as a double the longer texts become exactly that middle.
        assertThat(numbers("[1.000000059604644775390625]").real(0)).isEqualTo(1f);
        assertThat(numbers("[1.0000000596046447753906251]").real(0)).isEqualTo(Math.nextUp(1f));
        assertThat(numbers("[1.0000000596046447753906249]").real(0)).isEqualTo(1f);
    }

    @Test
    void theBareWordsOfXgboostAreNumbers() {
        Document.Numbers numbers = numbers("[NaN, Infinity, -Infinity, 1e-45, -0.0]");
        assertThat(numbers.real(0)).isNaN();
        assertThat(numbers.real(1)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(numbers.real(2)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(numbers.real(3)).isEqualTo(Float.MIN_VALUE);
        assertThat(numbers.real(4)).isEqualTo(-0f);
    }

    @Test
    void wholeNumbersStayExactUntilAFloatJoinsThem() {
        assertThat(numbers("[2147483647, -1, true, false]").whole(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(numbers("[7, 1.5]").whole(0)).isEqualTo(7);
        assertThat(numbers("[123456789012345678901234567890]").real(0)).isEqualTo(1.2345679e29f);
        assertThatThrownBy(() -> numbers("[1.5]").whole(0)).hasMessageContaining("a whole number is needed: 1.5");
        assertThatThrownBy(() -> numbers("[2147483648]").whole(0)).hasMessageContaining("2147483648");
    }

    @Test
    void textsAreUtf8WithEscapes() {
        assertThat(new Place("", read("[\"a\\u00e9\\n\\ud83d\\ude00\",\"信用\",\"\"]")).texts())
                .containsExactly("aé\n😀", "信用", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "[1,",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "[1 2]",
                "\"x",
                "nul",
                "tru",
                "[1]]",
                "1 2",
                "-",
                "1e",
                "+1",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "{\"a\":1,\"a\":2}",
                "[1,\"a\"]",
                "Inf",
                "//"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ArtifactException.class);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertThatThrownBy(() -> JsonDocument.read(new byte[] {'"', (byte) 0xc3, '"'}))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void nestingHasALimit() {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isNotNull();
        assertThatThrownBy(() -> read("[".repeat(65) + "]".repeat(65))).hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> read("{\"a\":".repeat(1_000_000))).hasMessageContaining("deeper than 64");
    }
}
