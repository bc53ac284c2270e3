package dev.tranche.inference.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void whatIsWrittenIsRead() {
        for (String text : new String[] {"all", "best", "17"}) {
            assertThat(Rounds.parse(text)).hasToString(text);
        }
    }

    @Test
    void anythingElseIsRefusedByName() {
        for (String text : new String[] {"", "0", "-1", "first", "1.5"}) {
            assertThatThrownBy(() -> Rounds.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rounds must be all, best or at least 1: " + text);
        }
    }
}
