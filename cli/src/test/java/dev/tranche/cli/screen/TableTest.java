package dev.tranche.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = Table.of("version", "requests")
            .row("consumer_apply_scorecard_v1.0", "1,203")
            .row("consumer_apply_xgb_v1.0", "7");

    @Test
    void wordsStandLeftAndNumbersRight() {
        assertThat(table.lines(Ink.NONE, 200))
                .containsExactly(
                        "version                        requests",
                        "consumer_apply_scorecard_v1.0     1,203",
                        "consumer_apply_xgb_v1.0               7");
    }

    @Test
    void theWidestColumnGivesWay() {
        assertThat(table.lines(Ink.NONE, 30))
                .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(30))
                .contains("consumer_apply_scor…     1,203");
    }

    @Test
    void aRowHasACellForEachHeading() {
        assertThatThrownBy(() -> table.row("one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row must have 2 cells: 1");
    }
}
