package dev.tranche.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Feature;
import dev.tranche.inference.FeatureType;
import dev.tranche.inference.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reading a policy, and asking whether it fits a schema.
class PolicyTest {

    @Test
    void readsWhatTheFileSays() {
        Policy policy = Policies.policy();
        assertThat(policy.name()).isEqualTo("consumer_apply_policy_v1.0");
        assertThat(policy.deadline()).isEqualTo(Duration.ofMillis(200));
        assertThat(policy.unit()).isEqualTo("loan_id");
        assertThat(policy.bands())
                .containsExactly(new Band("LOW", 0, 0.2), new Band("MEDIUM", 0.2, 0.45), new Band("HIGH", 0.45, 1));
        assertThat(policy.method()).isNull();
    }

    @Test
    void takesTheDemandedMethod() {
        Policy policy = Policies.with("\"max\":3", "\"max\":3,\"method\":\"points_below_reference\"");
        assertThat(policy.method()).isEqualTo(Contributions.Method.POINTS_BELOW_REFERENCE);
    }

    @ParameterizedTest
    @CsvSource({"0, APPROVE", "0.199999, APPROVE", "0.2, REVIEW", "0.449, REVIEW", "0.45, DECLINE", "1, DECLINE"})
    void everyScoreHasExactlyOneBandAndACutoffBelongsToTheBandAbove(double score, Action action) {
        assertThat(Policies.policy().action(score)).isEqualTo(action);
        assertThat(Policies.policy().bands().stream().filter(band -> band.holds(score)))
                .hasSize(1);
    }

    @Test
    void whatIsNoProbabilityHasNoBand() {
        for (double score : new double[] {Double.NaN, -0.01, 1.01, 620}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Policies.policy().action(score))
                    .withMessageContaining("score must be a probability within 0..1: " + score);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"unit\":\"loan_id\" | \"unit\":\"loan_id\",\"colour\":\"red\" | no key \"colour\"",
                "\"unit\":\"loan_id\" | \"unit\":\" \" | must not be blank",
                "\"deadline\":\"200ms\" | \"deadline\":\"200\" | duration above zero like 200ms, 2s or 1m: 200",
                "\"deadline\":\"200ms\" | \"deadline\":\"0ms\" | above zero",
                "\"deadline\":\"200ms\", |  | needs the key \"deadline\"",
                "{\"name\":\"HIGH\"} | {\"name\":\"HIGH\",\"below\":0.9} | last band must reach 1",
                "{\"name\":\"MEDIUM\",\"below\":0.45} | {\"name\":\"MEDIUM\"} | must say below which score it ends",
                "{\"name\":\"MEDIUM\",\"below\":0.45} | {\"name\":\"MEDIUM\",\"below\":0.1} | band MEDIUM must be a range within 0..1: 0.2..0.1",
                "{\"name\":\"MEDIUM\",\"below\":0.45} | {\"name\":\"MEDIUM\",\"below\":1.45} | band MEDIUM must be a range",
                "{\"name\":\"MEDIUM\",\"below\":0.45} | {\"name\":\"LOW\",\"below\":0.45} | two bands are named LOW",
                "{\"name\":\"MEDIUM\",\"below\":0.45} | {\"name\":\"MEDIUM\",\"below\":0.45,\"above\":0.2} | no key \"above\"",
                "[{\"name\":\"LOW\",\"below\":0.2},{\"name\":\"MEDIUM\",\"below\":0.45},{\"name\":\"HIGH\"}] | [] | at least one band",
                "\"HIGH\":\"decline\"} | \"HIGH\":\"decline\",\"WORST\":\"decline\"} | bands that do not exist: [WORST]",
                ",\"HIGH\":\"decline\"} | } | actions must say what happens in band HIGH",
                "\"HIGH\":\"decline\"} | \"HIGH\":\"refuse\"} | actions: HIGH must be approve, review or decline: refuse",
                "\"HIGH\":\"decline\"} | \"HIGH\":\"approve\"} | band HIGH must not be milder",
                "\"max\":3 | \"max\":5 | max must be a whole number within 1..4: 5.0",
                "\"max\":3 | \"max\":0 | within 1..4",
                "\"max\":3 | \"max\":2.5 | whole number",
                "\"max\":3 | \"max\":3,\"method\":\"magic\" | method must be one of",
                "\"code\":\"R02\" | \"code\":\"R01\" | the code R01 is used twice",
                "\"features\":[\"cards\",\"overdraft\"] | \"features\":[\"cards\",\"age\"] | age is mapped twice",
                "\"features\":[\"cards\",\"overdraft\"] | \"features\":[] | at least one feature",
                "\"unscored\":[\"sex\"] | \"unscored\":[\"age\"] | age is unscored, so it must not have a code",
                "{\"code\":\"R02\",\"text\":\"Purpose\"} | {\"code\":\"R02\"} | needs the key \"text\"",
                "\"when\":\"age < 18\",\"action\":\"decline\" | \"when\":\"age < 18\",\"action\":\"approve\" | hard_rules[0]: action must be review or decline: approve",
                "\"when\":\"age < 18\" | \"when\":\"age is young\" | must have present",
                "{\"score\":0.3,\"risk\":\"MEDIUM\"} | {\"when\":\"age < 30\",\"score\":0.3,\"risk\":\"MEDIUM\"} | the last rule, and only that, must have no when",
                "{\"when\":\"cards > 10\",\"score\":0.8 | {\"score\":0.8 | only that, must have no when",
                "\"score\":0.3 | \"score\":3 | fallback_rules[2]: score must be within 0..1: 3.0",
                "\"risk\":\"MEDIUM\"} | \"risk\":\"SEVERE\"} | risk must be one of [LOW, MEDIUM, HIGH]",
            })
    void whatDoesNotBelongIsRefusedByName(String piece, @Nullable String other, String message) {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Policies.with(piece, other == null ? "" : other))
                .withMessageContaining(message)
                .extracting(PolicyException::code)
                .isEqualTo("policy_invalid");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Policies.of("policy:\n  name: x\n"))
                .withMessageContaining("line 1, column 1");
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Policies.of("{\"rollout\":{}}"))
                .withMessageContaining("needs the key \"policy\"");
    }

    @Test
    void aPolicyNeedsNoHardRules() {
        int from = Policies.TEXT.indexOf("\"hard_rules\"");
        int to = Policies.TEXT.indexOf("\"fallback_rules\"");
        Policy policy = Policies.of(Policies.TEXT.substring(0, from) + Policies.TEXT.substring(to));
        assertThat(policy.decide(Policies.SCHEMA, Policies.with("age", 3), 0.1, () -> Policies.parts(Map.of()))
                        .action())
                .isEqualTo(Action.APPROVE);
    }

    @Test
    void everyFeatureThatCouldBeAReasonNeedsACode() {
        assertThat(Policies.policy().coverage(Policies.SCHEMA, Policies.explanation()))
                .isEmpty();
        List<Feature> more = new ArrayList<>(Policies.SCHEMA.features());
        more.add(Feature.number("income"));
        more.add(Feature.of("region", FeatureType.CATEGORY));
        assertThat(Policies.policy().coverage(Schema.of(more), Policies.explanation()))
                .containsExactly("income", "region");
    }

    @Test
    void aFeatureThatMustNotBeScoredIsFoundInAnExplanation() {
        assertThat(Policies.policy().objections(Policies.explanation("age", "sex")))
                .containsExactly("the model scores a feature that the policy never scores: sex");
        assertThat(Policies.policy().objections(Policies.explanation("age"))).isEmpty();
    }

    @Test
    void aModelThatExplainsItselfByAnotherMethodIsFound() {
        Policy policy = Policies.with("\"max\":3", "\"max\":3,\"method\":\"points_below_reference\"");
        assertThat(policy.objections(Policies.explanation("age")))
                .containsExactly(
                        "the policy demands reasons by points_below_reference, the model gives them by tree_path");
        Policy same = Policies.with("\"max\":3", "\"max\":3,\"method\":\"tree_path\"");
        assertThat(same.objections(Policies.explanation("age"))).isEmpty();
    }

    @Test
    void aSchemaThatAnswersEveryRuleHasNoMismatch() {
        assertThat(Policies.policy().mismatches(Policies.SCHEMA, Policies.explanation()))
                .isEmpty();
    }

    @Test
    void rulesAboutUnknownFeaturesAreNamed() {
        Schema small = Schema.of(List.of(Feature.number("age")));
        assertThat(Policies.policy().mismatches(small, Policies.explanation()))
                .contains(
                        "the rule \"listed = true\" names a feature that the schema does not have: listed",
                        "the rule \"cards > 10\" names a feature that the schema does not have: cards",
                        "reasons.map names a feature that the schema does not have: purpose",
                        "reasons.unscored names a feature that the schema does not have: sex");
    }

    @Test
    void rulesThatAskAFeatureOfAnotherTypeAreNamed() {
        assertThat(Policies.with("age < 18", "purpose < 18").mismatches(Policies.SCHEMA, Policies.explanation()))
                .containsExactly("the rule \"purpose < 18\" needs a number, but purpose is a category");
        assertThat(Policies.with("listed = true", "age = true").mismatches(Policies.SCHEMA, Policies.explanation()))
                .containsExactly("the rule \"age = true\" needs a boolean, but age is a number");
        assertThat(Policies.with("listed = true", "age = old").mismatches(Policies.SCHEMA, Policies.explanation()))
                .containsExactly("the rule \"age = 'old'\" needs a category, but age is a number");
    }

    @Test
    void aCategoryThatTheSchemaDoesNotKnowIsNamed() {
        assertThat(Policies.with("[car, 'new car']", "[car, boat]").mismatches(Policies.SCHEMA, Policies.explanation()))
                .containsExactly(
                        "the rule \"purpose in ['car', 'boat']\" asks purpose for a category it does not have: boat");
    }
}
