package dev.tranche.inference.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.RowRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Regressions, worked out by hand from the DMG's text.
class RegressionTest {
    private static final double CLOSE = 1e-15;

    private static final String LINEAR = """
            <RegressionModel functionName="regression">
              %s
              <RegressionTable intercept="0.5">
                <NumericPredictor name="age" exponent="2" coefficient="0.01"/>
                <NumericPredictor name="income" coefficient="-0.001"/>
                <CategoricalPredictor name="job" value="clerk" coefficient="0.25"/>
                <PredictorTerm coefficient="0.0001"><FieldRef field="age"/><FieldRef field="income"/></PredictorTerm>
              </RegressionTable>
            </RegressionModel>""".formatted(Pmml.SCHEMA);

    private static String classes(String norm, String... tables) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < tables.length; i++) {
            body.append("<RegressionTable targetCategory=\"c%d\" %s".formatted(i, tables[i]));
        }
        return Pmml.file(
                "<RegressionModel functionName=\"classification\" normalizationMethod=\"%s\">%s%s</RegressionModel>"
                        .formatted(norm, Pmml.SCHEMA, body));
    }

    private static String table(double intercept, double age) {
        return "intercept=\"%s\"><NumericPredictor name=\"age\" coefficient=\"%s\"/></RegressionTable>"
                .formatted(intercept, age);
    }

    @Test
    void numbersCategoriesAndTermsAddUpToTheIntercept() {
        PmmlModel model = Pmml.read(Pmml.file(LINEAR));
        Prediction clerk = Pmml.predict(model, 20, 100, "clerk");
        assertThat(clerk.margins()).containsExactly(0.5 + 0.01 * 400 - 0.001 * 100 + 0.25 + 0.0001 * 20 * 100);
        assertThat(clerk.outputs()).containsExactly(clerk.margins());
        // A missing category adds nothing, a missing number leaves no answer.
        assertThat(Pmml.predict(model, 20, 100, "").score()).isEqualTo(clerk.score() - 0.25, within(CLOSE * 8));
        assertThatThrownBy(() -> Pmml.predict(model, "", 100, "clerk")).isInstanceOf(RowRefusedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "none, 2",
        "logit, 0.8807970779778823",
        "softmax, 0.8807970779778823",
        "exp, 7.38905609893065",
        "cloglog, 0.9993820210106689",
        "loglog, 0.8734230184931167",
        "cauchit, 0.8524163823495667"
    })
    void everyNormalisationOfANumber(String norm, double expected) {
        PmmlModel model = Pmml.read(Pmml.file(
                "<RegressionModel functionName=\"regression\" normalizationMethod=\"%s\">%s<RegressionTable %s</RegressionModel>"
                        .formatted(norm, Pmml.SCHEMA, table(1, 0.1))));
        Prediction prediction = Pmml.predict(model, 10, 0, "");
        assertThat(prediction.margins()).containsExactly(2);
        assertThat(prediction.score()).isCloseTo(expected, within(CLOSE));
    }

    @Test
    void twoClassesAnswerOneAnotherAndTheirLogOdds() {
        PmmlModel model = Pmml.read(classes("logit", table(-1, 0.1), table(0, 0)));
        assertThat(model.classes()).containsExactly("c0", "c1");
        Prediction both = Pmml.predict(model, 30, 0, "");
        assertThat(both.outputs()[0]).isCloseTo(1 / (1 + Math.exp(-2)), within(CLOSE));
        assertThat(both.outputs()[0] + both.outputs()[1]).isEqualTo(1);
        assertThat(Pmml.predict(model.positive("c0"), 30, 0, "").margins()).containsExactly(2);
        assertThat(Pmml.predict(model.positive("c1"), 30, 0, "").margins()).containsExactly(-2);
        assertThat(Pmml.predict(model.positive("c1"), 30, 0, "").outputs()).containsExactly(both.outputs()[1]);
        assertThatThrownBy(() -> model.positive("bad")).hasMessageContaining("[c0, c1]: bad");
    }

    @Test
    void severalClassesBySoftmaxOrByShare() {
        PmmlModel soft = Pmml.read(classes("softmax", table(0, 0.1), table(1, 0), table(2, 0)));
        double sum = Math.exp(3) + Math.exp(1) + Math.exp(2);
        double[] outputs = Pmml.predict(soft, 30, 0, "").outputs();
        assertThat(outputs[0]).isCloseTo(Math.exp(3) / sum, within(CLOSE));
        assertThat(outputs[1]).isCloseTo(Math.exp(1) / sum, within(CLOSE));
        PmmlModel share = Pmml.read(classes("simplemax", table(0, 0.1), table(1, 0), table(4, 0)));
        assertThat(Pmml.predict(share, 30, 0, "").outputs()).containsExactly(3.0 / 8, 1.0 / 8, 4.0 / 8);
        PmmlModel none = Pmml.read(classes("none", table(0.25, 0), table(0.5, 0), table(9, 0)));
        assertThat(Pmml.predict(none, 30, 0, "").outputs()).containsExactly(0.25, 0.5, 0.25);
    }

    @Test
    void aTargetBoundsScalesAndRounds() {
        String targets =
                "<Targets><Target field=\"y\" min=\"0\" max=\"10\" rescaleFactor=\"3\" rescaleConstant=\"0.5\" castInteger=\"round\"/></Targets>";
        PmmlModel model = Pmml.read(Pmml.file(LINEAR.replace("<RegressionTable", targets + "<RegressionTable")));
        Prediction prediction = Pmml.predict(model, 100, 0, "");
        assertThat(prediction.margins()).containsExactly(100.5);
        assertThat(prediction.score()).isEqualTo(31);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "functionName=\"regression\" | functionName=\"regression\" normalizationMethod=\"probit\" | pmml_unread | probit",
                "functionName=\"regression\" | functionName=\"regression\" normalizationMethod=\"simplemax\" | pmml_unread | simplemax",
                "functionName=\"regression\" | functionName=\"clustering\" | pmml_unread | clustering",
                "NumericPredictor name=\"income\" | NumericPredictor name=\"job\" | pmml_invalid | a text cannot be multiplied: job",
                "<RegressionTable | <Output><OutputField name=\"z\" feature=\"transformedValue\"/></Output><RegressionTable | pmml_unread | calibration",
                "<RegressionTable | <Targets><Target field=\"y\"><TargetValue defaultValue=\"1\"/></Target></Targets><RegressionTable | pmml_unknown | defaultValue",
                "functionName=\"regression\" | functionName=\"regression\" isScorable=\"false\" | pmml_unread | isScorable"
            })
    void whatIsNotReadIsRefused(String from, String to, String code, String words) {
        assertThatThrownBy(() -> Pmml.read(Pmml.file(LINEAR.replaceFirst(from, to))))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(words);
    }
}
