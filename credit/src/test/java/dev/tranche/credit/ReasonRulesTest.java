package dev.tranche.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Contributions.Part;
import dev.tranche.inference.Explanation;
import dev.tranche.inference.Feature;
import dev.tranche.inference.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The official commentary on 12 CFR 1002.9(b)(2), rule by rule; `docs/concepts/reasons.md` says them in
/// words.
class ReasonRulesTest {
    private static final String RATIO =
            "\"map\":{\"savings_per_card\":{\"code\":\"R09\",\"text\":\"Savings per card\"},";

    private static List<String> codes(Policy policy, Part... parts) {
        return decided(policy, 0.9, parts).codes();
    }

    private static CreditDecision decided(Policy policy, double score, Part... parts) {
        return policy.decide(
                Policies.SCHEMA,
                Policies.plain(),
                score,
                () -> new Contributions(
                        Contributions.Method.TREE_INTERVENTIONAL, "background.jsonl: 9 rows", 0, 1, List.of(parts)));
    }

    private static Part part(String feature, double value) {
        return new Part(feature, List.of(feature), value);
    }

    @Test
    void moreThanFourReasonsAreNotHelpfulSoNoPolicyMayGiveThem() {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Policies.with("\"max\":3", "\"max\":5"))
                .withMessageContaining("max must be a whole number within 1..4: 5");
    }

    @Test
    void onlyWhatTookPartInTheScoreIsAReason() {
        assertThat(codes(Policies.policy(), part("age", 0.4))).containsExactly("R01");
        assertThat(codes(Policies.policy(), part("age", 0.4), part("purpose", 0)))
                .containsExactly("R01");
    }

    @Test
    void noPrincipalReasonIsExcludedForASmallerOne() {
        List<Part> parts = new ArrayList<>();
        parts.add(part("purpose", 0.1));
        parts.add(part("unknown_to_the_policy", 0.9));
        parts.add(part("sex", 0.8));
        parts.add(part("age", 0.7));
        CreditDecision decision = decided(Policies.policy(), 0.9, parts.toArray(Part[]::new));
        assertThat(decision.reasons())
                .extracting(Reason::feature)
                .containsExactly("unknown_to_the_policy", "sex", "age");
        assertThat(decision.codes()).containsExactly("UNMAPPED", "R01");
    }

    @Test
    void featuresOfOneCodeAreAddedUpBeforeRanking() {
        assertThat(codes(
                        Policies.policy(),
                        part("age", 0.5),
                        part("purpose", 0.45),
                        part("savings", 0.44),
                        part("cards", 0.3),
                        part("overdraft", 0.3)))
                .containsExactly("R04", "R01", "R02");
    }

    @Test
    void whatOneOfAGroupWinsTheOtherMayLose() {
        assertThat(codes(Policies.policy(), part("cards", 0.9), part("overdraft", -0.8), part("age", 0.2)))
                .containsExactly("R01", "R04");
    }

    @Test
    void theColumnsOfOneFeatureAreAddedUp() {
        Part car = new Part("purpose=car", List.of("purpose"), 0.3);
        Part radio = new Part("purpose=radio/tv", List.of("purpose"), 0.3);
        assertThat(codes(Policies.policy(), car, part("age", 0.5), radio)).containsExactly("R02", "R01");
    }

    @Test
    void aRatioIsToldAsOneFactWhereTheMapNamesIt() {
        Part ratio = new Part("savings_per_card", List.of("savings", "cards"), 0.8);
        assertThat(codes(Policies.policy(), ratio, part("age", 0.5))).containsExactly("R01", "R03", "R04");
        assertThat(codes(Policies.with("\"map\":{", RATIO), ratio, part("age", 0.5)))
                .containsExactly("R09", "R01");
    }

    @Test
    void aFeatureNeedsNoCodeWhereAllThatIsMadeOfItHasOne() {
        Explanation explanation = explanation(
                new Explanation.Line("savings_per_card", List.of("income", "cards"), List.of()),
                new Explanation.Line("age", List.of("age"), List.of()));
        List<Feature> more = new ArrayList<>(Policies.SCHEMA.features());
        more.add(Feature.number("income"));
        Schema schema = Schema.of(more);
        assertThat(Policies.policy().coverage(schema, explanation)).containsExactly("income");
        Policy named = Policies.with("\"map\":{", RATIO);
        assertThat(named.coverage(schema, explanation)).isEmpty();
        assertThat(named.mismatches(schema, explanation)).isEmpty();
        assertThat(named.mismatches(schema, Policies.explanation("age")))
                .containsExactly("reasons.map names a feature that the schema does not have: savings_per_card");
    }

    @Test
    void codesOfTheModelsOwnFileAreToldInThePolicysWords() {
        Policy policy = Policies.with("\"max\":3", "\"max\":3,\"codes\":{\"RC1\":\"Short time at the address\"}");
        Part years = new Part("years", List.of("age"), 0.2, "RC1");
        Part moves = new Part("moves", List.of("purpose"), 0.2, "RC1");
        Part other = new Part("other", List.of("savings"), 0.3, "RC7");
        assertThat(decided(policy, 0.9, years, moves, other).reasons())
                .containsExactly(
                        new Reason("RC1", "Short time at the address", "years", Component.MODEL),
                        new Reason("R03", "Savings", "savings", Component.MODEL));
    }

    @Test
    void aLineOfAFileIsCoveredWhenAllItsCodesHaveWords() {
        List<Feature> more = new ArrayList<>(Policies.SCHEMA.features());
        more.add(Feature.number("income"));
        Explanation explanation =
                explanation(new Explanation.Line("income score", List.of("income"), List.of("RC1", "RC2")));
        Policy one = Policies.with("\"max\":3", "\"max\":3,\"codes\":{\"RC1\":\"Income\"}");
        Policy both = Policies.with("\"max\":3", "\"max\":3,\"codes\":{\"RC1\":\"Income\",\"RC2\":\"No income\"}");
        assertThat(one.coverage(Schema.of(more), explanation)).containsExactly("income");
        assertThat(both.coverage(Schema.of(more), explanation)).isEmpty();
    }

    @Test
    void aCodeIsUsedOnceInTheWholePolicy() {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Policies.with("\"max\":3", "\"max\":3,\"codes\":{\"R01\":\"Income\"}"))
                .withMessageContaining("the code R01 is used twice");
    }

    @Test
    void theFactorNearestToBadIsNamedWhenNothingPushedTowardsIt() {
        assertThat(codes(Policies.policy(), part("age", -0.5), part("purpose", -0.1)))
                .containsExactly("R02");
    }

    @Test
    void noFactorIsNamedThatMovedNothing() {
        assertThat(decided(Policies.policy(), 0.9, part("age", 0), part("purpose", 0))
                        .reasons())
                .singleElement()
                .satisfies(reason -> {
                    assertThat(reason.code()).isEqualTo("NO_FACTOR");
                    assertThat(reason.feature()).isNull();
                });
    }

    @Test
    void manyRulesLeaveAPlaceForTheModelWhenBothFailed() {
        Policy policy = Policies.with(
                "\"hard_rules\":[",
                "\"hard_rules\":[{\"when\":\"age > 30\",\"action\":\"decline\",\"reason\":{\"code\":\"H11\",\"text\":\"1\"}},"
                        + "{\"when\":\"age > 31\",\"action\":\"decline\",\"reason\":{\"code\":\"H12\",\"text\":\"2\"}},"
                        + "{\"when\":\"age > 32\",\"action\":\"decline\",\"reason\":{\"code\":\"H13\",\"text\":\"3\"}},");
        assertThat(codes(policy, part("age", 0.4))).containsExactly("H11", "H12", "R01");
        assertThat(decided(policy, 0.1).codes()).containsExactly("H11", "H12", "H13");
        assertThat(decided(policy, 0.1).method()).isEqualTo("rule");
    }

    @Test
    void enquiriesAreAFifthReasonWhereTheyCounted() {
        Policy policy = Policies.with("\"max\":3", "\"max\":2,\"inquiries\":\"usage\"");
        Part[] three = {part("age", 0.4), part("purpose", 0.3), part("savings", 0.2), part("cards", 0.1)};
        assertThat(codes(policy, three)).containsExactly("R01", "R02", "R04");
        assertThat(codes(policy, part("age", 0.4), part("purpose", 0.3), part("cards", -0.1)))
                .containsExactly("R01", "R02");
        assertThat(codes(policy, part("age", 0.4), part("purpose", 0.3), part("cards", 0.5)))
                .containsExactly("R04", "R01");
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> Policies.with("\"max\":3", "\"max\":3,\"inquiries\":\"cards\""))
                .withMessageContaining("inquiries must name a feature of the map or a group: cards");
    }

    @Test
    void theMethodAndItsReferenceAreInTheDecision() {
        CreditDecision decision = decided(Policies.policy(), 0.9, part("age", 0.4));
        assertThat(decision.method()).isEqualTo("tree_interventional");
        assertThat(decision.reference()).isEqualTo("background.jsonl: 9 rows");
    }

    @Test
    void anyMethodMayBeDemanded() {
        for (Contributions.Method method : Contributions.Method.values()) {
            Policy policy = Policies.with("\"max\":3", "\"max\":3,\"method\":\"" + method.word() + "\"");
            assertThat(policy.method()).isEqualTo(method);
        }
    }

    @Test
    void whatTheModelDoesNotScoreNeedsNoWordAndWhatIsNeverScoredIsFound() {
        Map<String, Explanation> cases = new LinkedHashMap<>();
        cases.put("[]", Policies.explanation("age"));
        cases.put(
                "[the model scores a feature that the policy never scores: sex]",
                explanation(new Explanation.Line("age_by_sex", List.of("age", "sex"), List.of())));
        cases.forEach((expected, explanation) ->
                assertThat(Policies.policy().objections(explanation)).hasToString(expected));
    }

    private static Explanation explanation(Explanation.Line... lines) {
        return new Explanation(Contributions.Method.TREE_PATH, "training sample", 0, List.of(lines));
    }
}
