package dev.tranche.examples.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The regression behind the scorecard and the calibration, beside scikit-learn 1.2.1.
class LogisticParityTest {

    /// Where scikit-learn's iteration stops.
    private static final double TOLERANCE = 1e-6;

    @Test
    void weightsAndInterceptAreThoseOfScikitLearnWithAndWithoutARidge() throws IOException {
        JsonNode vectors = vectors();
        double[][] inputs = new double[vectors.path("x").size()][];
        double[] targets = numbers(vectors.path("y"));
        for (int row = 0; row < inputs.length; row++) {
            inputs[row] = numbers(vectors.path("x").path(row));
        }
        for (JsonNode fit : vectors.path("fits")) {
            Logistic found = Logistic.fit(inputs, targets, fit.path("ridge").asDouble());
            assertThat(found.intercept()).isEqualTo(fit.path("intercept").asDouble(), within(TOLERANCE));
            double[] weights = numbers(fit.path("weights"));
            for (int i = 0; i < weights.length; i++) {
                assertThat(found.weights()[i]).isEqualTo(weights[i], within(TOLERANCE));
            }
        }
    }

    @Test
    void aFitThatRunsAwayIsNotAFit() {
        double[][] inputs = {{-1}, {-2}, {1}, {2}};
        assertThatIllegalStateException()
                .isThrownBy(() -> Logistic.fit(inputs, new double[] {0, 0, 1, 1}, 0))
                .withMessageContaining("did not settle");
    }

    @Test
    void calibratingCalibratedScoresChangesLittle() {
        List<Applicant> rows = new ArrayList<>();
        double[] margins = new double[1000];
        for (int i = 0; i < margins.length; i++) {
            int hundredth = i / 10;
            double probability = (hundredth + 0.5) / 100;
            margins[i] = Math.log(probability / (1 - probability));
            rows.add(new Applicant(java.util.Map.of(), i % 10 < Math.round(probability * 10)));
        }
        Platt platt = Platt.fit(margins, rows);
        assertThat(platt.slope()).isEqualTo(1, within(0.1));
        assertThat(platt.intercept()).isEqualTo(0, within(0.1));
        assertThat(platt.probability(0)).isEqualTo(0.5, within(0.02));
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.path(i).asDouble();
        }
        return numbers;
    }

    private static JsonNode vectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(LogisticParityTest.class.getResourceAsStream("logistic.json"))) {
            return new JsonMapper().readTree(in);
        }
    }
}
