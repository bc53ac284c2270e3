package dev.tranche.examples.credit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.credit.Action;
import dev.tranche.credit.Policy;
import dev.tranche.credit.monitor.Calibration;
import dev.tranche.credit.monitor.Flips;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.FeatureRow;
import dev.tranche.inference.Verification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The artifacts that the demo uses, as the product reads them.
class ShippedArtifactsTest {

    @SuppressWarnings("unused") // named by the parameterised tests
    static final List<String> MODELS = Shipped.MODELS;

    private static final Policy POLICY = Policy.read(Shipped.policy());

    @ParameterizedTest
    @FieldSource("MODELS")
    void goldenRowsOfTheGenuineLibraryReproduce(String model) {
        Artifact artifact = Artifact.open(Shipped.files(model));
        assertThat(artifact.identity().name()).isEqualTo(model);
        assertThat(artifact.goldenRows()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(artifact.verify())
                .isEqualTo(new Verification.Reproduced(artifact.goldenRows().size()));
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void thePolicyFitsEveryModel(String model) {
        Artifact artifact = Artifact.open(Shipped.files(model));
        assertThat(POLICY.coverage(artifact.schema(), artifact.explanation())).isEmpty();
        assertThat(POLICY.mismatches(artifact.schema(), artifact.explanation())).isEmpty();
    }

    @Test
    void theGoodCandidateDecidesLikeTheLiveOneAndItsScoresAreProbabilities() {
        Flips flips = against("consumer_apply_xgb_v1.0");
        assertThat(flips.approvalShift()).isBetween(-0.05, 0.05);
        assertThat(flips.rate()).isLessThan(0.20);
        assertThat(ratio("consumer_apply_xgb_v1.0")).isBetween(0.8, 1.25);
    }

    @Test
    void theSecondGoodCandidateDoesSoToo() {
        Flips flips = against("consumer_apply_lgbm_v1.0");
        assertThat(flips.approvalShift()).isBetween(-0.05, 0.05);
        assertThat(flips.rate()).isLessThan(0.20);
        assertThat(ratio("consumer_apply_lgbm_v1.0")).isBetween(0.8, 1.25);
    }

    @Test
    void theOneTrainedWithWeightsLosesApprovalsAndCalibration() {
        Flips flips = against("consumer_apply_xgb_v2.0");
        assertThat(flips.approvalShift()).isLessThan(-0.15);
        assertThat(flips.rate()).isGreaterThan(0.25);
        assertThat(ratio("consumer_apply_xgb_v2.0")).isLessThan(0.8);
    }

    @Test
    void aPriorShiftWouldHaveMadeItsScoresProbabilitiesAgain() {
        Artifact artifact = Artifact.open(Shipped.files("consumer_apply_xgb_v2.0"));
        List<Applicant> rows = Shipped.rows("traffic.csv");
        double[] shifted = new double[rows.size()];
        boolean[] bad = new boolean[rows.size()];
        for (int i = 0; i < shifted.length; i++) {
            FeatureRow row = Shipped.admitted(artifact.schema(), rows.get(i));
            double margin = artifact.score(row, Deadline.NONE).margins()[0];
            shifted[i] = 1 / (1 + Math.exp(-(margin - Math.log(7 / 3.0))));
            bad[i] = rows.get(i).bad();
        }
        assertThat(Calibration.of(shifted, bad).ratio()).isBetween(0.9, 1.1);
    }

    private static Flips against(String candidate) {
        return Flips.of(actions("consumer_apply_scorecard_v1.0"), actions(candidate));
    }

    private static List<Action> actions(String model) {
        Artifact artifact = Artifact.open(Shipped.files(model));
        List<Action> actions = new ArrayList<>();
        for (Applicant applicant : Shipped.rows("traffic.csv")) {
            actions.add(POLICY.action(score(artifact, applicant)));
        }
        return actions;
    }

    private static double ratio(String model) {
        Artifact artifact = Artifact.open(Shipped.files(model));
        List<Applicant> rows = Shipped.rows("traffic.csv");
        double[] scores = new double[rows.size()];
        boolean[] bad = new boolean[rows.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(artifact, rows.get(i));
            bad[i] = rows.get(i).bad();
        }
        return Calibration.of(scores, bad).ratio();
    }

    private static double score(Artifact artifact, Applicant applicant) {
        return artifact.score(Shipped.admitted(artifact.schema(), applicant), Deadline.NONE)
                .score();
    }
}
