package dev.tranche.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    private final Ink ink = new Ink(true);

    @Test
    void chineseCharactersTakeTwoColumnsAndColoursNone() {
        assertThat(Text.width("rollout")).isEqualTo(7);
        assertThat(Text.width("坏账率")).isEqualTo(6);
        assertThat(Text.width(ink.red("bad"))).isEqualTo(3);
        assertThat(Text.width("e\u0301")).isEqualTo(1);
    }

    @Test
    void paddingCountsColumns() {
        assertThat(Text.padded("坏", 4)).isEqualTo("坏  ");
        assertThat(Text.right("7", 3)).isEqualTo("  7");
        assertThat(Text.padded("longer", 3)).isEqualTo("longer");
    }

    @Test
    void aCutEndsWithAnEllipsisAndNeverExceeds() {
        assertThat(Text.cut("scorecard", 9)).isEqualTo("scorecard");
        assertThat(Text.cut("scorecard", 6)).isEqualTo("score…");
        assertThat(Text.cut("坏账率", 4)).isEqualTo("坏…");
        assertThat(Text.cut("ab", 0)).isEmpty();
    }

    @Test
    void aCutClosesItsColour() {
        String cut = Text.cut(ink.red("scorecard"), 6);
        assertThat(cut).endsWith("\033[0m");
        assertThat(Text.width(cut)).isEqualTo(6);
    }

    @Test
    void wrappingBreaksAtSpacesAndKeepsEveryWord() {
        assertThat(Text.wrapped("one two three", 7)).containsExactly("one two", "three");
        assertThat(Text.wrapped("extraordinarily long", 4)).containsExactly("extraordinarily", "long");
        assertThat(Text.wrapped("", 4)).containsExactly("");
    }
}
