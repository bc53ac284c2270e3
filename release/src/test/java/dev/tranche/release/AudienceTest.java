package dev.tranche.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceTest {
    @ParameterizedTest
    @ValueSource(strings = {"5%", "100%", "BTCUSDT", "BTCUSDT,ETHUSDT"})
    void parseAndToStringAreInverse(String text) {
        assertThat(Audience.parse(text)).hasToString(text);
    }

    @Test
    void entitiesAreASet() {
        assertThat(Audience.parse("ETHUSDT,BTCUSDT,ETHUSDT")).isEqualTo(Audience.parse("BTCUSDT, ETHUSDT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BTC USDT", ",", "a;b"})
    void impossibleEntitiesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Audience.parse(text))
                .withMessageContaining("entit");
    }

    @Test
    void aShareIncludesTheSlotsBelowIt() {
        Audience five = Audience.parse("5%");
        assertThat(five.includes(499, "")).isTrue();
        assertThat(five.includes(500, "")).isFalse();
        assertThat(Audience.EVERYONE.includes(9999, "")).isTrue();
    }

    @Test
    void anEntitySetIncludesItsEntitiesWhateverTheUnit() {
        Audience bitcoin = Audience.parse("BTCUSDT");
        assertThat(bitcoin.includes(9999, "BTCUSDT")).isTrue();
        assertThat(bitcoin.includes(0, "ETHUSDT")).isFalse();
        assertThat(bitcoin.includes(0, "")).isFalse();
    }

    @Test
    void aLargerAudienceCoversASmallerOne() {
        assertThat(Audience.parse("20%").covers(Audience.parse("5%"))).isTrue();
        assertThat(Audience.parse("5%").covers(Audience.parse("20%"))).isFalse();
        assertThat(Audience.parse("A,B").covers(Audience.parse("A"))).isTrue();
        assertThat(Audience.parse("A").covers(Audience.parse("A,B"))).isFalse();
        assertThat(Audience.EVERYONE.covers(Audience.parse("A"))).isTrue();
        assertThat(Audience.parse("99%").covers(Audience.parse("A"))).isFalse();
        assertThat(Audience.parse("A").covers(Audience.parse("1%"))).isFalse();
    }
}
