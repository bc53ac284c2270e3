package dev.tranche.batch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.batch.divergence.report.ParameterText;
import dev.tranche.batch.report.Page.Cell;
import dev.tranche.batch.report.Page.Tone;
import dev.tranche.market.divergence.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void everythingHandedInIsTextAndNothingIsAskedOfANetwork() {
        String evil = "<script>alert(1)</script>\"&";
        Page page = Page.of(evil, evil);
        page.verdict(Tone.BAD, evil, List.of(evil));
        page.open("one", evil);
        page.heading(evil);
        page.soft(evil);
        page.facts(List.of(List.of(evil, evil)));
        page.table(List.of(Cell.of(evil), Cell.number(evil)), List.of(List.of(Cell.pill(evil, Tone.GOOD))));
        page.close();
        String html = page.html();
        assertThat(html)
                .doesNotContain("<script")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("url(");
        assertThat(html).contains("default-src 'none'", "prefers-color-scheme: dark", "max-width: 700px");
        assertThat(html).contains("<td></td></tr>");
    }

    @Test
    void numbersAreWrittenAsPeopleReadThem() {
        assertThat(Texts.percent(.4857)).isEqualTo("48.6 %");
        assertThat(Texts.percent(Double.NaN)).isEqualTo("-");
        assertThat(Texts.basisPoints(-.00121)).isEqualTo("-12.1 bp");
        assertThat(Texts.chance(.00004)).isEqualTo("< 0.001");
        assertThat(Texts.chance(.25)).isEqualTo("0.250");
        assertThat(Texts.minute(1_734_652_800_000L)).isEqualTo("2024-12-20 00:00");
        assertThat(Texts.minute(1_734_652_801_000L)).isEqualTo("2024-12-20 00:00:01");
        assertThat(Texts.plain(13)).isEqualTo("13");
        assertThat(Texts.plain(.4)).isEqualTo("0.4");
        assertThat(ParameterText.of(Parameters.SEED.with(Map.of("cooldown", 30))))
                .isEqualTo("swing_L 12, z_hi 1.5, z_mid 0.7, cooldown 30");
    }
}
