package dev.tranche.inference.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Contributions;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.RowRefusedException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Scorecards, worked out by hand from the DMG's text.
class PointsCardTest {
    private final PmmlModel card = Pmml.read(Pmml.file(Pmml.CARD));

    @ParameterizedTest
    @CsvSource({
        "30, 1500, clerk, 180, 'R2'",
        "20, 500, none, 115, 'R1,R3'",
        "20, 500, odd jobs, 115, 'R1,R3'",
        "20, 5000, clerk, 150, 'R1,R2'",
        "NaN, NaN, teacher, 145, 'R1,R2'",
        "30, 500, teacher, 180, 'R1,R2'"
    })
    void pointsAddUpAndReasonsAreRankedByWhatIsMissingToTheBaseline(
            double age, double income, String job, double score, String codes) {
        double[] vector = Pmml.vector(card, age, income, job);
        assertThat(Pmml.predict(card, age, income, job).score()).isEqualTo(score);
        // R1 stands for two characteristics, whose shortfalls count together: 30 and -10 for the fourth row.
        assertThat(card.reasonCodes(vector)).containsExactly(codes.split(","));
        Explainer explainer = card.explainer().orElseThrow();
        assertThat(explainer.base(0) - Arrays.stream(explainer.parts(vector)).sum())
                .isEqualTo(score);
    }

    @Test
    void everyCharacteristicIsAPartWithItsInputsAndItsCode() {
        Explainer explainer = card.explainer().orElseThrow();
        assertThat(explainer.method()).isEqualTo(Contributions.Method.POINTS_BELOW_REFERENCE);
        double[] vector = Pmml.vector(card, 20, 500, "none");
        assertThat(explainer.parts(vector)).containsExactly(30, 30, 5);
        assertThat(explainer.codes(vector)).containsExactly("R1", "R3", "R1");
        assertThat(explainer.lines())
                .containsExactly(
                        new Explainer.Line("ageScore", List.of("age"), List.of("R1")),
                        new Explainer.Line("jobScore", List.of("job"), List.of("R2", "R3")),
                        new Explainer.Line("incomeScore", List.of("income"), List.of("R1")));
        assertThat(explainer.direction()).isEqualTo(-1);
        assertThat(card.categories().get(2)).containsExactly("clerk", "none", "odd jobs");
    }

    @Test
    void pointsAboveTurnsTheSign() {
        PmmlModel above = Pmml.read(Pmml.file(Pmml.CARD.replace("pointsBelow", "pointsAbove")));
        assertThat(above.reasonCodes(Pmml.vector(above, 30, 1500, "clerk"))).containsExactly("R1");
    }

    @Test
    void aCardThatUsesNoReasonCodesNamesNoneAndCountsFromItsMostPoints() {
        String plain = Pmml.CARD
                .replace("functionName", "useReasonCodes=\"false\" functionName")
                .replaceAll(" baselineScore=\"[0-9]+\"", "")
                .replaceAll("(?s)<Characteristic name=\"incomeScore.*</Characteristic>", "");
        PmmlModel model = Pmml.read(Pmml.file(plain));
        double[] vector = Pmml.vector(model, 20, 500, "clerk");
        assertThat(model.reasonCodes(vector)).isEmpty();
        assertThat(model.explainer().orElseThrow().parts(vector)).containsExactly(35, 10);
    }

    @Test
    void aRowNoAttributeFitsIsRefused() {
        PmmlModel model = Pmml.read(Pmml.file(Pmml.CARD.replace(
                "<Attribute partialScore=\"5\"><SimplePredicate field=\"age\" operator=\"isMissing\"/></Attribute>",
                "")));
        assertThatThrownBy(() -> Pmml.predict(model, "", 500, "clerk"))
                .isInstanceOf(RowRefusedException.class)
                .hasMessageContaining("no answer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " baselineScore=\"40\" | | pmml_invalid | needs a baselineScore",
                " reasonCode=\"R1\" baselineScore=\"10\" | baselineScore=\"10\" | pmml_invalid | needs a reasonCode",
                "initialScore=\"100\" | initialScore=\"much\" | pmml_invalid | a finite number is needed: \"much\"",
                "partialScore=\"45\" | partialScore=\"1e999\" | pmml_invalid | a finite number is needed",
                "field=\"age\" operator=\"lessThan\" | field=\"size\" operator=\"lessThan\" | pmml_invalid | no field is named \"size\"",
                "initialScore=\"100\" | initialScore=\"100\" weight=\"2\" | pmml_unknown | the attribute weight",
                "initialScore=\"100\" | initialScore=\"100\" x-mathContext=\"float\" | pmml_unknown | x-mathContext",
                "functionName=\"regression\" | functionName=\"classification\" | pmml_unread | functionName is read as one of [regression]",
                "function=\"min\" | function=\"normalCDF\" | pmml_unread | the function \"normalCDF\" is not read",
                "operator=\"lessThan\" value=\"25\" | operator=\"around\" value=\"25\" | pmml_unread | around",
                "<Characteristics> | <Surprise/><Characteristics> | pmml_unknown | <Surprise> is not read"
            })
    void whatIsNotReadIsRefusedByNameAndLine(String from, String to, String code, String words) {
        assertThat(Pmml.CARD).contains(from);
        assertThatThrownBy(() -> Pmml.read(Pmml.file(Pmml.CARD.replace(from, to == null ? "" : to))))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(words)
                .hasMessageContaining("line ");
    }
}
