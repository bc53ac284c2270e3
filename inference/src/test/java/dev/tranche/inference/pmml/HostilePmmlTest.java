package dev.tranche.inference.pmml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.Trials;
import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PMML files that were cut, bent or made to hurt: refused as an [ArtifactException], or still sound.
class HostilePmmlTest {
    private static final byte[] CARD = Pmml.file(Pmml.CARD).getBytes(UTF_8);

    private static PmmlModel read(byte[] bytes) {
        return (PmmlModel) ModelFile.read("pmml", bytes, Rounds.all());
    }

    private static void refused(String file, String code, String words) {
        assertThatThrownBy(() -> read(file.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        for (int length = 0; length < CARD.length; length++) {
            byte[] cut = Arrays.copyOf(CARD, length);
            // Only the line break after the last tag may be missing.
            if (!new String(cut, UTF_8).endsWith("</PMML>")) {
                assertThatThrownBy(() -> read(cut)).as("cut to %d", length).isInstanceOf(ArtifactException.class);
            }
        }
    }

    @Test
    void aFileWithSpoiltBytesIsRefusedOrAnswersButNeverBreaksOff() {
        Trials.of(400, random -> {
            byte[] spoilt = CARD.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                spoilt[random.nextInt(spoilt.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : ' ' + random.nextInt(94));
            }
            try {
                PmmlModel model = read(spoilt);
                double[] row = new double[model.inputNames().size()];
                assertThat(model.predict(row, Deadline.NONE).outputs()).hasSize(1);
            } catch (ArtifactException | RowRefusedException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
            }
        });
    }

    @Test
    void aDocumentTypeIsRefusedBeforeItCanDoAnything() {
        String bomb = "<!DOCTYPE PMML [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><PMML version=\"4.4\">&b;</PMML>";
        refused(bomb, "model_xml", "a document type is not read");
        String outside = "<!DOCTYPE PMML SYSTEM \"file:///etc/passwd\"><PMML version=\"4.4\"/>";
        refused(outside, "model_xml", "a document type is not read");
        refused("<PMML version=\"4.4\">&unknown;</PMML>", "model_xml", "");
    }

    @Test
    void depthAndCountAreBounded() {
        refused("<a>".repeat(600), "model_xml", "nesting is deeper than 512");
        refused("<a>" + "<b/>".repeat(1_100_000) + "</a>", "model_xml", "at most 1048576 elements");
        String deep = "<Node><True/>".repeat(500) + "</Node>".repeat(500);
        refused(
                Pmml.file("<TreeModel functionName=\"regression\">" + Pmml.SCHEMA + deep + "</TreeModel>")
                        .replace("<Node><True/></Node>", "<Node score=\"x\"><True/></Node>"),
                "pmml_invalid",
                "a finite number is needed: \"x\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'', model_xml",
        "plain text, model_xml",
        "<PMML/>, pmml_invalid",
        "<html/>, pmml_invalid",
        "<PMML version='4.4'/>, pmml_invalid",
        "<PMML version='four'/>, pmml_unread",
        "<ModelVerification recordCount='4'/>, pmml_invalid",
        "<PMML version='4.4'><Scorecard/></PMML>, pmml_invalid"
    })
    void whatIsNoPmmlIsRefused(String file, String code) {
        refused(file, code, "");
    }

    @Test
    void roundsAreRefusedForAModelThatHasNone() {
        assertThatThrownBy(() -> ModelFile.read("pmml", CARD, new Rounds.First(3)))
                .hasMessageContaining("has no rounds");
    }

    @Test
    void aVectorOfAnotherLengthOrACodeOutsideTheCategoriesIsRefused() {
        PmmlModel model = read(CARD);
        assertThatThrownBy(() -> model.predict(new double[2], Deadline.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have 3 values: 2");
        for (double code : new double[] {-2, 0.5, 3, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> model.predict(new double[] {30, 500, code}, Deadline.NONE))
                    .isInstanceOf(RowRefusedException.class)
                    .hasMessageContaining("must be the place of a category within -1..2");
        }
    }
}
