package dev.tranche.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age < 18",
                "credit_query_cnt_m3 > 10",
                "debt_ratio >= 0.45",
                "duration <= 48",
                "children = 2",
                "children != -1",
                "purpose in ['car', 'new car']",
                "purpose not in ['car', \"it's\"]",
                "purpose = 'radio/tv'",
                "purpose != 'radio/tv'",
                "blacklisted = true",
                "savings is missing",
                "savings is present",
                "age < 18 and savings is missing or purpose = 'car'",
                "age < 18 and (savings is missing or purpose = 'car')",
            })
    void theWrittenFormComesBackAsItWas(String text) {
        assertThat(Condition.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "age<18 | age < 18",
                "purpose in [car,radio/tv] | purpose in ['car', 'radio/tv']",
                "purpose in [car] | purpose = 'car'",
                "purpose = car | purpose = 'car'",
                "flag != true | flag = false",
                "(age < 18) | age < 18",
                "amount > 1e4 | amount > 10000",
            })
    void looseFormsMeanTheSame(String written, String meant) {
        assertThat(Condition.parse(written)).hasToString(meant);
    }

    @Test
    void andBindsTighterThanOr() {
        assertThat(Condition.parse("a < 1 or b < 2 and c < 3"))
                .isInstanceOfSatisfying(
                        Condition.Or.class, or -> assertThat(or.right()).isInstanceOf(Condition.And.class));
    }

    @Test
    void namesItsFeaturesInTheOrderOfTheText() {
        assertThat(Condition.parse("b < 1 and (a is missing or c = x) and b > 0")
                        .features())
                .containsExactly("b", "a", "c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "age | must have <, <=, >, >=, =, !=, in, not in or is at position 4",
                "age < | must have a number at position 6",
                "age < old | must have a number at position 7: age < old (found old)",
                "age < 18 and | the name of a feature",
                "age < 18 age > 3 | must have and, or, or the end at position 10",
                "purpose in car | must have [",
                "purpose in [car | must have ]",
                "purpose in [] | must have a word",
                "purpose not car | must have in",
                "savings is gone | must have present",
                "(age < 18 | must have )",
                "'age' < 18 | the name of a feature",
                "purpose = 'car | must close the quote at position 11",
                "age => 18 | must have a word at position 6",
                "and < 3 | the name of a feature",
            })
    void brokenTextIsRefusedByPlace(String text, String message) {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Condition.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void bracketsDoNotNestWithoutEnd() {
        String deep = "(".repeat(1_000) + "age < 18" + ")".repeat(1_000);
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Condition.parse(deep))
                .withMessageContaining("deeper than 32");
    }

    @Test
    void aRuleIsAsLongAsAPersonReads() {
        String chain = String.join(" or ", Collections.nCopies(300, "age < 18"));
        assertThat(Condition.parse(chain).features()).containsExactly("age");
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Condition.parse(chain + " or " + chain))
                .withMessage("condition must have at most 4000 characters: 7196");
    }
}
