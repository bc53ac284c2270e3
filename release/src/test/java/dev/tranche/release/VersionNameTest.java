package dev.tranche.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionNameTest {
    @Test
    void theLongFormNamesProductTypeMajorAndMinor() {
        assertThat(VersionName.parse("consumer_apply_xgb_v2.1"))
                .isEqualTo(VersionName.of("consumer_apply", "xgb", 2, 1));
        assertThat(VersionName.parse("consumer_apply_policy_v1.0").product()).isEqualTo("consumer_apply");
    }

    @Test
    void aTwoPartNameIsItsOwnProductAndLeavesTheMinorOpen() {
        assertThat(VersionName.parse("lstm_v1"))
                .isEqualTo(new VersionName("lstm", "", OptionalInt.of(1), OptionalInt.empty()));
        assertThat(VersionName.parse("xgboost_v2").exact()).isFalse();
    }

    @Test
    void aOnePartNameLeavesEverythingOpen() {
        assertThat(VersionName.parse("consumer_apply"))
                .isEqualTo(new VersionName("consumer_apply", "", OptionalInt.empty(), OptionalInt.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consumer_apply_xgb_v2.1",
                "lstm_v1",
                "lstm_v1.0",
                "lstm",
                "a_b",
                "x_v1_v2",
                "p-q_t-u_v10.20",
                "风"
            })
    void parseAndToStringAreInverse(String text) {
        if (text.equals("风")) {
            assertThatIllegalArgumentException().isThrownBy(() -> VersionName.parse(text));
            return;
        }
        assertThat(VersionName.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "_v1", "../etc_v1", "a b_v1", "a__b_v1.0", "a_v1.2.3", "a_v01", "a_v1.", "a/b", "a_v1.0\n"})
    void otherTextIsRefusedWithTheTextInTheMessage(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VersionName.parse(text))
                .withMessageContaining(text);
    }

    @Test
    void aNameThatWouldBeReadAsAnotherProductCannotBeMade() {
        assertThatIllegalArgumentException().isThrownBy(() -> VersionName.of("consumer_apply", "", 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionName("lstm_v1", "", OptionalInt.empty(), OptionalInt.empty()));
    }

    @Test
    void anOpenNameCoversTheExactOnesItMayMean() {
        VersionName exact = VersionName.parse("consumer_apply_xgb_v2.1");
        assertThat(List.of("consumer_apply", "consumer_apply_xgb_v2", "consumer_apply_xgb_v2.1"))
                .allMatch(text -> VersionName.parse(text).covers(exact));
        assertThat(List.of("consumer", "consumer_apply_lgbm_v2", "consumer_apply_xgb_v1", "consumer_apply_xgb_v2.0"))
                .noneMatch(text -> VersionName.parse(text).covers(exact));
    }

    @Test
    void numbersOrderAsNumbers() {
        assertThat(VersionName.parse("a_b_v1.10")).isGreaterThan(VersionName.parse("a_b_v1.9"));
        assertThat(VersionName.parse("a_b_v10.0")).isGreaterThan(VersionName.parse("a_b_v9.9"));
    }

    @Test
    void theSemanticFormIsMajorMinorZero() {
        assertThat(VersionName.parse("lstm_v1").semantic()).isEqualTo("1.0.0");
        assertThat(VersionName.parse("consumer_apply_xgb_v2.1").semantic()).isEqualTo("2.1.0");
    }

    @Test
    void majorsAreComparedWithinProductAndType() {
        VersionName name = VersionName.parse("consumer_apply_xgb_v2.1");
        assertThat(name.sameMajor(VersionName.parse("consumer_apply_xgb_v2.7"))).isTrue();
        assertThat(name.sameMajor(VersionName.parse("consumer_apply_lgbm_v2.1")))
                .isFalse();
        assertThat(name.sameMajor(VersionName.parse("consumer_apply_xgb_v3.1"))).isFalse();
    }

    @Test
    void aVersionNeedsAnExactName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Version(VersionName.parse("lstm_v1"), VersionKind.MODEL, Digest.of(new byte[0])))
                .withMessageContaining("lstm_v1");
    }
}
