package dev.tranche.inference.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.OutputKind;
import dev.tranche.inference.Precision;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.Json;
import org.junit.jupiter.api.Test;

class LogisticTest {
    private static final String FILE = """
            {"intercept": -1, "terms": [{"input": "a", "coefficient": 2, "reference": 0.5},
                                        {"input": "b", "coefficient": -3, "missing": 1}]}""";

    private static Model read(String json, OutputKind output) {
        return LinearFile.logistic(Json.parse(json).asStruct("logistic.json"), output);
    }

    @Test
    void isAWeightedSumAndItsLogisticLink() {
        Model model = read(FILE, OutputKind.PROBABILITY);
        assertThat(model.inputNames()).containsExactly("a", "b");
        assertThat(model.precision()).isEqualTo(Precision.DOUBLE);
        assertThat(model.predict(new double[] {3, 2}, Deadline.NONE).margins()).containsExactly(-1);
        assertThat(model.predict(new double[] {3, 2}, Deadline.NONE).score())
                .isCloseTo(0.2689414213699951, within(1e-16));
    }

    @Test
    void isALinearModelWithTheIdentityLink() {
        Model model = read(FILE.replace("\"terms\"", "\"link\": \"identity\", \"terms\""), OutputKind.VALUE);
        assertThat(model.predict(new double[] {3, 2}, Deadline.NONE).score()).isEqualTo(-1);
    }

    @Test
    void aMissingInputNeedsADeclaredStandIn() {
        Model model = read(FILE, OutputKind.PROBABILITY);
        assertThat(model.predict(new double[] {3, Double.NaN}, Deadline.NONE).margins())
                .containsExactly(2);
        assertThatThrownBy(() -> model.predict(new double[] {Double.NaN, 2}, Deadline.NONE))
                .isInstanceOfSatisfying(
                        RowRefusedException.class,
                        refusal -> assertThat(refusal.column()).isEqualTo("a"));
    }

    @Test
    void reasonsCountFromTheReference() {
        assertThat(read(FILE, OutputKind.PROBABILITY).explainer().orElseThrow().parts(new double[] {3, 2}))
                .containsExactly(5, -6);
    }

    @Test
    void theLinkMustFitTheOutput() {
        assertThatThrownBy(() -> read(FILE, OutputKind.VALUE)).hasMessageContaining("gives output probability");
        assertThatThrownBy(() -> read("{\"intercept\":0}", OutputKind.PROBABILITY))
                .hasMessageContaining("terms");
    }
}
