package dev.tranche.inference.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonKeysTest {
    private static JsonKeys keys(String json) {
        return Json.parse(json).asStruct("test").keys("step 3");
    }

    @Test
    void aKeyThatNobodyTookIsRefusedByName() {
        JsonKeys keys = keys("{\"mean\":1,\"scael\":2}");
        keys.number("mean");
        keys.number("scale", 1);
        assertThatThrownBy(keys::done)
                .isInstanceOf(JsonException.class)
                .hasMessage("step 3 has no key \"scael\"; known are [mean, scale]");
    }

    @Test
    void takesEveryTypeAndRefusesTheOthers() {
        JsonKeys keys = keys("{\"n\":1.5,\"t\":\"x\",\"b\":true,\"l\":[1,2],\"w\":[\"a\"],\"o\":{\"k\":3},\"z\":null}");
        assertThat(keys.number("n")).isEqualTo(1.5);
        assertThat(keys.number("absent", 7)).isEqualTo(7);
        assertThat(keys.maybeNumber("absent")).isEmpty();
        assertThat(keys.maybeNumber("n")).hasValue(1.5);
        assertThat(keys.text("t")).isEqualTo("x");
        assertThat(keys.text("absent", "y")).isEqualTo("y");
        assertThat(keys.flag("b", false)).isTrue();
        assertThat(keys.flag("absent", true)).isTrue();
        assertThat(keys.numbers("l")).containsExactly(1, 2);
        assertThat(keys.texts("w")).containsExactly("a");
        assertThat(keys.texts("absent")).isEmpty();
        assertThat(keys.table("o")).containsEntry("k", 3.0);
        assertThat(keys.has("z")).isTrue();
        assertThat(keys.word("t", List.of("x", "y"))).isEqualTo("x");
        assertThat(keys.word("absent", List.of("x", "y"), "y")).isEqualTo("y");
        for (Runnable wrong : List.<Runnable>of(
                () -> keys.number("t"),
                () -> keys.number("z"),
                () -> keys.text("n"),
                () -> keys.flag("t", false),
                () -> keys.items("o"),
                () -> keys.numbers("w"),
                () -> keys.texts("l"),
                () -> keys.struct("l"),
                () -> keys.table("l"),
                () -> keys.word("t", List.of("y")),
                () -> keys.need("absent"))) {
            assertThatThrownBy(wrong::run).isInstanceOf(JsonException.class).hasMessageContaining("step 3");
        }
    }

    @Test
    void aNumberBeyondDoubleIsRefused() {
        assertThatThrownBy(() -> keys("{\"n\":1e999}").number("n")).hasMessageContaining("1e999");
    }
}
