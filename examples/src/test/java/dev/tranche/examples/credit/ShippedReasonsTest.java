package dev.tranche.examples.credit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.credit.Action;
import dev.tranche.credit.CreditDecision;
import dev.tranche.credit.Policy;
import dev.tranche.credit.Reason;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The reasons that applicants of the demo get.
class ShippedReasonsTest {

    @SuppressWarnings("unused") // named by the parameterised tests
    static final List<String> MODELS = Shipped.MODELS;

    private static final Policy POLICY = Policy.read(Shipped.policy());

    @ParameterizedTest
    @FieldSource("MODELS")
    void noModelScoresWhatThePolicyForbids(String model) {
        Artifact artifact = Artifact.open(Shipped.files(model));
        Contributions explained = artifact.explain(
                Shipped.admitted(artifact.schema(), Shipped.rows("traffic.csv").getFirst()));
        assertThat(explained.parts()).isNotEmpty();
        assertThat(POLICY.objections(artifact.explanation())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void everyAdverseDecisionHasPrincipalReasonsWithACode(String model) {
        Artifact artifact = Artifact.open(Shipped.files(model));
        for (Applicant applicant : Shipped.rows("traffic.csv")) {
            CreditDecision decision = decide(artifact, applicant);
            if (decision.action() == Action.APPROVE) {
                assertThat(decision.reasons()).isEmpty();
            } else {
                assertThat(decision.reasons())
                        .hasSizeBetween(1, 4)
                        .extracting(Reason::code)
                        .doesNotContain("UNMAPPED");
            }
        }
    }

    private static CreditDecision decide(Artifact artifact, Applicant applicant) {
        FeatureRow row = Shipped.admitted(artifact.schema(), applicant);
        double score = artifact.score(row, Deadline.NONE).score();
        return POLICY.decide(artifact.schema(), row, score, () -> artifact.explain(row));
    }
}
