package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Two folders that compute the same under different names share one model.
class TwinTest {
    private static final Map<String, byte[]> FOLDER = Folders.scorecard();

    private static Map<String, byte[]> edited(String from, String to) {
        return Folders.with(
                FOLDER, "model.yaml", Folders.text(FOLDER, "model.yaml").replace(from, to));
    }

    @Test
    void aFolderUnderAnotherNameHasTheSameEssenceAndSharesTheModel() {
        Map<String, byte[]> renamed = Folders.with(
                edited("consumer_apply_scorecard_v1.0", "small_business_scorecard_v2.1"), "card.md", "another card");
        assertThat(Artifact.digest(renamed)).isNotEqualTo(Artifact.digest(FOLDER));
        assertThat(Artifact.essence(renamed)).isEqualTo(Artifact.essence(FOLDER));

        Artifact one = Artifact.open(FOLDER);
        Artifact other = one.twin(Folders.without(renamed, "samples.jsonl"));
        assertThat(other.model()).isSameAs(one.model());
        assertThat(other.schema()).isSameAs(one.schema());
        assertThat(other.identity().name()).isEqualTo("small_business_scorecard_v2.1");
        assertThat(other.goldenRows()).isEmpty();
        assertThat(one.twin(renamed).verify()).isEqualTo(new Verification.Reproduced(3));
    }

    @Test
    void whatIsComputedOtherwiseHasAnotherEssence() {
        String essence = Artifact.essence(FOLDER);
        for (Map<String, byte[]> other : List.of(
                edited("probability", "score"),
                edited("90 dpd in 12 months", "60 dpd in 12 months"),
                Folders.with(FOLDER, "features.json", Folders.text(FOLDER, "features.json") + " "),
                Folders.with(FOLDER, "transform.yaml", "{}"),
                Folders.with(FOLDER, "scorecard.json", Folders.text(FOLDER, "scorecard.json") + " "))) {
            assertThat(Artifact.essence(other)).isNotEqualTo(essence);
        }
    }

    @Test
    void aTwinThatSaysSomethingElseIsRefused() {
        Artifact one = Artifact.open(FOLDER);
        assertThatThrownBy(() -> one.twin(edited("90 dpd in 12 months", "60 dpd in 12 months")))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("60 dpd");
        assertThatThrownBy(() -> Artifact.essence(Folders.without(FOLDER, "scorecard.json")))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("scorecard.json");
    }

    @Test
    void goldenRowsAreReadAgainEachTimeAndStayTheSame() {
        List<GoldenRow> rows = Artifact.open(FOLDER).goldenRows();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).input()).isEqualTo(rows.get(1).input());
        assertThat(rows.get(1).line()).isEqualTo(3);
        assertThat(rows.get(1).outputs()).containsExactly(0.03597855259896908);
        assertThatThrownBy(() -> rows.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
