package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.format.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArtifactTest {
    private static FeatureRow admitted(Artifact artifact, String json) {
        Admission admission =
                artifact.schema().admit(artifact.schema().read(Json.parse(json).asStruct("row")));
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return ((Admission.Admitted) admission).row();
    }

    @Test
    void opensAFolderAndAnswers() {
        Artifact artifact = Artifact.open(Folders.scorecard());
        assertThat(artifact.identity())
                .isEqualTo(new Identity(
                        "consumer_apply_scorecard_v1.0",
                        "scorecard",
                        OutputKind.PROBABILITY,
                        new Identity.Label("bad", "90 dpd in 12 months", "bad")));
        FeatureRow row = admitted(artifact, "{\"age\":30,\"purpose\":\"radio/tv\"}");
        assertThat(artifact.vector(row)).containsExactly(30, 0);
        assertThat(artifact.score(row, Deadline.NONE).margins()).containsExactly(600);
        assertThat(artifact.score(row, Deadline.NONE).score()).isCloseTo(1 / 51.0, within(1e-15));
        assertThat(artifact.model().trees()).isZero();
    }

    @Test
    void theDigestIsThatOfTheSortedLines() {
        // printf 'a\t%s\nb\t%s\n' "$(printf x | sha256sum | cut -d' ' -f1)" "$(printf y | sha256sum | cut -d' ' -f1)" |
        // sha256sum
        assertThat(Artifact.digest(Folders.of("b", "y", "a", "x")))
                .isEqualTo("43713f80d8290272702903315852e8c000a4c02b99b98cc3496ab994ac4786a8");
        assertThat(Artifact.digest(Map.of()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void goldenRowsReproduce() {
        Artifact artifact = Artifact.open(Folders.scorecard());
        assertThat(artifact.goldenRows()).extracting(GoldenRow::line).containsExactly(1, 3, 4);
        assertThat(artifact.verify()).isEqualTo(new Verification.Reproduced(3));
    }

    @Test
    void withoutGoldenRowsNothingIsKnown() {
        assertThat(Artifact.open(Folders.logistic()).verify()).isEqualTo(new Verification.Absent());
    }

    @Test
    void theTransformRunsBeforeTheModel() {
        Artifact artifact = Artifact.open(Folders.logistic());
        FeatureRow row = admitted(artifact, "{\"debt\":300,\"income\":1200,\"purpose\":\"car\"}");
        assertThat(artifact.vector(row)).containsExactly(0.25, 0, 1);
        assertThat(artifact.score(row, Deadline.NONE).margins()).containsExactly(-0.75);
        assertThatThrownBy(() -> artifact.score(admitted(artifact, "{\"debt\":1,\"income\":0}"), Deadline.NONE))
                .isInstanceOfSatisfying(
                        RowRefusedException.class,
                        refusal -> assertThat(refusal.column()).isEqualTo("income"));
    }

    @Test
    void reasonsAreNamedByWhatAPersonRecognises() {
        Artifact artifact = Artifact.open(Folders.logistic());
        Contributions why =
                artifact.explain(admitted(artifact, "{\"debt\":300,\"income\":1200,\"purpose\":\"radio/tv\"}"));
        assertThat(why.method()).isEqualTo(Contributions.Method.POINTS_BELOW_REFERENCE);
        assertThat(why.parts())
                .containsExactly(
                        new Contributions.Part("dti", List.of("debt", "income"), 0.5),
                        new Contributions.Part("purpose=radio/tv", List.of("purpose"), 0.5),
                        new Contributions.Part("purpose=car", List.of("purpose"), -0.0));
        assertThat(why.byFeature()).isEqualTo(Map.of("dti", 0.5, "purpose", 0.5));
        assertThat(why.adverse()).containsExactly("dti", "purpose");
    }

    @Test
    void calibrationStandsInPlaceOfTheLink() {
        Map<String, byte[]> folder = Folders.logistic();
        Map<String, byte[]> platt = Folders.with(
                folder,
                "model.yaml",
                Folders.text(folder, "model.yaml")
                        .replace("\"label\"", "\"calibration\": {\"op\": \"platt\", \"a\": 2, \"b\": 1.5}, \"label\""));
        Artifact artifact = Artifact.open(platt);
        FeatureRow row = admitted(artifact, "{\"debt\":300,\"income\":1200,\"purpose\":\"car\"}");
        assertThat(artifact.score(row, Deadline.NONE).margins()).containsExactly(-0.75);
        assertThat(artifact.score(row, Deadline.NONE).score()).isEqualTo(0.5);
        assertThat(artifact.explain(row).parts()).hasSize(3);
    }

    @Test
    void aShiftByPriorOddsNeedsLogOdds() {
        Map<String, byte[]> folder = Folders.scorecard();
        String shifted = Folders.text(folder, "model.yaml")
                .replace("\"label\"", "\"calibration\": {\"op\": \"prior_shift\", \"positive_weight\": 4}, \"label\"");
        assertThatThrownBy(() -> Artifact.open(Folders.with(folder, "model.yaml", shifted)))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("calibration_invalid"))
                .hasMessageContaining("log-odds");
    }

    @Test
    void pointsCanBeMadeOfLogOdds() {
        Map<String, byte[]> folder = Folders.logistic();
        String pdo = Folders.text(folder, "model.yaml")
                .replace("\"output\": \"probability\"", "\"output\": \"score\"")
                .replace(
                        "\"label\"",
                        "\"calibration\": {\"op\": \"pdo\", \"base_score\": 600, \"base_odds\": 50,"
                                + " \"odds\": \"good_to_bad\", \"pdo\": 20}, \"label\"");
        Artifact artifact = Artifact.open(Folders.with(folder, "model.yaml", pdo));
        FeatureRow row = admitted(artifact, "{\"debt\":300,\"income\":1200,\"purpose\":\"car\"}");
        assertThat(artifact.score(row, Deadline.NONE).score())
                .isCloseTo(600 - 20 / Math.log(2) * (Math.log(50) - 0.75), within(1e-9));
        assertThatThrownBy(
                        () -> Artifact.open(Folders.with(folder, "model.yaml", pdo.replace("\"score\"", "\"value\""))))
                .hasMessageContaining("gives output score, but model.yaml says value");
    }
}
