package dev.tranche.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.FeatureRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Deciding: bands, hard rules, reasons, fallback.
class PolicyDecisionTest {

    private static final Policy POLICY = Policies.policy();

    private static CreditDecision decide(FeatureRow row, double score, Map<String, Double> contributions) {
        return POLICY.decide(Policies.SCHEMA, row, score, () -> Policies.parts(contributions));
    }

    private static Contributions nobodyAsks() {
        throw new AssertionError("reasons were asked for");
    }

    @Test
    void anApprovalHasNoReasonsAndNobodyAsksForThem() {
        CreditDecision decision = POLICY.decide(Policies.SCHEMA, Policies.plain(), 0.1, PolicyDecisionTest::nobodyAsks);
        assertThat(decision)
                .isEqualTo(new CreditDecision(0.1, "LOW", Action.APPROVE, Source.MODEL, List.of(), "none", ""));
    }

    @Test
    void theLargestPushesTowardsBadAreThePrincipalReasons() {
        CreditDecision decision = decide(
                Policies.plain(),
                0.5,
                Map.of("age", 0.2, "purpose", 0.7, "savings", 0.4, "listed", 0.1, "cards", -2.0));
        assertThat(decision.action()).isEqualTo(Action.DECLINE);
        assertThat(decision.band()).isEqualTo("HIGH");
        assertThat(decision.codes()).containsExactly("R02", "R03", "R01");
        assertThat(decision.reasons()).first().isEqualTo(new Reason("R02", "Purpose", "purpose", Component.MODEL));
        assertThat(decision.method()).isEqualTo("tree_path");
        assertThat(decision.reference()).contains("training sample");
    }

    @Test
    void aReviewOwesReasonsToo() {
        CreditDecision decision = decide(Policies.plain(), 0.3, Map.of("age", 0.2, "savings", -0.1));
        assertThat(decision.action()).isEqualTo(Action.REVIEW);
        assertThat(decision.codes()).containsExactly("R01");
    }

    @Test
    void variantsOfOneFactAreAddedUpAndTakeOnePlace() {
        CreditDecision decision =
                decide(Policies.plain(), 0.5, Map.of("cards", 0.3, "overdraft", 0.3, "age", 0.5, "savings", 0.4));
        assertThat(decision.codes()).containsExactly("R04", "R01", "R03");
        assertThat(decision.reasons().getFirst().feature()).isEqualTo("usage");
    }

    @Test
    void aColumnMadeFromSeveralFeaturesCountsForEach() {
        Contributions.Part ratio = new Contributions.Part("savings_per_card", List.of("savings", "cards"), 0.8);
        Contributions.Part age = new Contributions.Part("age", List.of("age"), 0.3);
        Contributions parts = new Contributions(
                Contributions.Method.POINTS_BELOW_REFERENCE, "reference points", 0, 1, List.of(age, ratio));
        CreditDecision decision = POLICY.decide(Policies.SCHEMA, Policies.plain(), 0.5, () -> parts);
        assertThat(decision.codes()).containsExactly("R03", "R04", "R01");
        assertThat(decision.method()).isEqualTo("points_below_reference");
        assertThat(decision.reference()).contains("reference points");
    }

    @Test
    void anUnmappedPrincipalReasonIsToldByItsNameAndNeverDropped() {
        CreditDecision decision = decide(Policies.plain(), 0.5, Map.of("income", 0.9, "age", 0.2));
        assertThat(decision.reasons())
                .containsExactly(
                        new Reason("UNMAPPED", "income", "income", Component.MODEL),
                        new Reason("R01", "Age", "age", Component.MODEL));
    }

    @Test
    void anAdverseOutcomeIsNeverWithoutAReason() {
        CreditDecision decision =
                decide(Policies.plain(), 0.5, Map.of("age", -0.2, "purpose", -0.05, "savings", -0.4, "listed", 0.0));
        assertThat(decision.codes()).containsExactly("R02");
    }

    @Test
    void tiesGoToTheFactorThatTheModelNamesFirst() {
        Map<String, Double> equal = new LinkedHashMap<>();
        equal.put("savings", 0.2);
        equal.put("age", 0.2);
        assertThat(decide(Policies.plain(), 0.5, equal).codes()).containsExactly("R03", "R01");
    }

    @Test
    void aHardRuleDecidesWhateverTheScoreAndGivesItsOwnReason() {
        CreditDecision decision =
                POLICY.decide(Policies.SCHEMA, Policies.with("age", 17), 0.01, PolicyDecisionTest::nobodyAsks);
        assertThat(decision.action()).isEqualTo(Action.DECLINE);
        assertThat(decision.band()).isEqualTo("LOW");
        assertThat(decision.reasons()).containsExactly(new Reason("H01", "Too young", "age", Component.HARD_RULE));
        assertThat(decision.method()).isEqualTo("rule");
    }

    @Test
    void allHardRulesThatLedToTheActionAreNamed() {
        FeatureRow row = Policies.listed(true);
        row.number(Policies.SCHEMA.position("age"), 17);
        row.erase(Policies.SCHEMA.position("savings"));
        assertThat(POLICY.decide(Policies.SCHEMA, row, 0.01, PolicyDecisionTest::nobodyAsks)
                        .codes())
                .containsExactly("H01", "H02");
    }

    @Test
    void aRuleAndAModelOfEqualSeverityBothGiveReasonsUpToTheLimit() {
        CreditDecision decision = decide(Policies.listed(true), 0.9, Map.of("age", 0.4, "purpose", 0.3, "cards", 0.2));
        assertThat(decision.codes()).containsExactly("H02", "R01", "R02");
        assertThat(decision.reasons())
                .extracting(Reason::component)
                .containsExactly(Component.HARD_RULE, Component.MODEL, Component.MODEL);
    }

    @Test
    void aMilderRuleDoesNotSpeakWhenTheModelDeclines() {
        CreditDecision decision = decide(Policies.without("savings"), 0.9, Map.of("age", 0.4));
        assertThat(decision.action()).isEqualTo(Action.DECLINE);
        assertThat(decision.codes()).containsExactly("R01");
    }

    @Test
    void whatIsNotKnownDecidesNothing() {
        CreditDecision decision =
                POLICY.decide(Policies.SCHEMA, Policies.without("age"), 0.1, PolicyDecisionTest::nobodyAsks);
        assertThat(decision.action()).isEqualTo(Action.APPROVE);
        assertThat(POLICY.decide(Policies.SCHEMA, Policies.listed(false), 0.1, PolicyDecisionTest::nobodyAsks)
                        .action())
                .isEqualTo(Action.APPROVE);
    }

    @Test
    void missingCanBeARuleOfItsOwn() {
        CreditDecision decision =
                POLICY.decide(Policies.SCHEMA, Policies.without("savings"), 0.1, PolicyDecisionTest::nobodyAsks);
        assertThat(decision.action()).isEqualTo(Action.REVIEW);
        assertThat(decision.codes()).containsExactly("H03");
    }

    @Test
    void theFirstFallbackRuleThatHoldsAnswersAndSaysSo() {
        CreditDecision decision = POLICY.fallback(Policies.SCHEMA, Policies.with("cards", 11));
        assertThat(decision)
                .isEqualTo(new CreditDecision(
                        0.8,
                        "HIGH",
                        Action.DECLINE,
                        Source.FALLBACK_RULES,
                        List.of(new Reason("F01", "Many cards", "cards", Component.FALLBACK)),
                        "rule",
                        ""));
        assertThat(decision.source().word()).isEqualTo("fallback_rules");
    }

    @Test
    void theLastFallbackRuleAnswersForTheRestWithAReason() {
        CreditDecision decision = POLICY.fallback(Policies.SCHEMA, Policies.SCHEMA.row());
        assertThat(decision.band()).isEqualTo("MEDIUM");
        assertThat(decision.score()).isEqualTo(0.3);
        assertThat(decision.reasons()).first().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo("H03");
            assertThat(reason.component().word()).isEqualTo("hard_rule");
        });
        assertThat(POLICY.fallback(Policies.SCHEMA, Policies.plain()).codes()).containsExactly("FALLBACK");
    }

    @Test
    void aFallbackMayApproveAndThenOwesNoReason() {
        FeatureRow row = Policies.with("age", 61);
        row.text(Policies.SCHEMA.position("purpose"), "new car");
        CreditDecision decision = POLICY.fallback(Policies.SCHEMA, row);
        assertThat(decision.action()).isEqualTo(Action.APPROVE);
        assertThat(decision.reasons()).isEmpty();
        assertThat(decision.method()).isEqualTo("none");
    }

    @Test
    void hardRulesSpeakInAFallbackToo() {
        CreditDecision decision = POLICY.fallback(Policies.SCHEMA, Policies.with("age", 17));
        assertThat(decision.action()).isEqualTo(Action.DECLINE);
        assertThat(decision.codes()).containsExactly("H01");
        assertThat(decision.source()).isEqualTo(Source.FALLBACK_RULES);
    }

    @Test
    void aDecisionRefusesAScoreThatIsNoProbability() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        POLICY.decide(Policies.SCHEMA, Policies.plain(), Double.NaN, PolicyDecisionTest::nobodyAsks))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreditDecision(2, "LOW", Action.APPROVE, Source.MODEL, List.of(), "none", ""))
                .withMessageContaining("2.0");
    }
}
