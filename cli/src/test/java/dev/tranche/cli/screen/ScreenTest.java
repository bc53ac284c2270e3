package dev.tranche.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {

    @Test
    void sttySaysRowsThenColumns() {
        assertThat(Screen.Size.parse("50 132\n")).isEqualTo(new Screen.Size(132, 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0 0", "50", "a b", "-1 80", "99999 80"})
    void whatIsNoSizeIsTheStandardOne(String text) {
        assertThat(Screen.Size.parse(text)).isEqualTo(new Screen.Size(80, 24));
    }

    @Test
    void noColorTakesTheColoursAway() {
        assertThat(Screen.terminal(Map.of(), () -> Screen.STANDARD).ink().on()).isTrue();
        assertThat(Screen.terminal(Map.of("NO_COLOR", "1"), () -> Screen.STANDARD)
                        .ink()
                        .on())
                .isFalse();
        assertThat(Screen.terminal(Map.of("NO_COLOR", ""), () -> Screen.STANDARD)
                        .ink()
                        .on())
                .isTrue();
        assertThat(Screen.terminal(Map.of("TERM", "dumb"), () -> Screen.STANDARD)
                        .ink()
                        .on())
                .isFalse();
        assertThat(Screen.pipe().ink().on()).isFalse();
    }

    @Test
    void everyVerdictHasItsOwnSymbolAndColour() {
        Ink ink = new Ink(true);
        assertThat(java.util.Arrays.stream(Verdict.values()).map(verdict -> verdict.label(ink)))
                .doesNotHaveDuplicates()
                .allSatisfy(label -> assertThat(Text.width(label)).isEqualTo(8));
        assertThat(Verdict.of("pass")).isEqualTo(Verdict.PASS);
        assertThat(Verdict.of("WAIT")).isEqualTo(Verdict.WAIT);
        assertThat(Verdict.of("fail")).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aVerdictThatIsNotKnownIsNeverAPass() {
        assertThat(Verdict.of("splendid")).isEqualTo(Verdict.BROKEN);
    }
}
