package dev.tranche.market.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The numbers of numpy 1.24.2 and scipy 1.10.1; `value_at_risk.py` beside `value_at_risk.csv` made them.
class ValueAtRiskParityTest {
    private static final double CLOSE = 1e-12;

    private static Map<String, double[]> sample(String name) {
        Map<String, double[]> rows = new HashMap<>();
        try (InputStream in = ValueAtRiskParityTest.class.getResourceAsStream("value_at_risk.csv")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                List<String> cells = Arrays.asList(line.split(","));
                if (cells.getFirst().equals(name)) {
                    rows.put(
                            cells.get(1),
                            cells.stream()
                                    .skip(2)
                                    .mapToDouble(Double::parseDouble)
                                    .toArray());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static double[] numbers(Map<String, double[]> rows, String name) {
        return Objects.requireNonNull(rows.get(name), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "heavy"})
    void eachMethodSaysWhatNumpyAndScipySay(String name) {
        Map<String, double[]> rows = sample(name);
        double[] returns = numbers(rows, "returns");
        double[] confidences = {0.95, 0.99};
        double[] greatest = new double[2];
        for (int i = 0; i < 2; i++) {
            double c = confidences[i];
            double[] ours = {
                ValueAtRisk.parametric(returns, c),
                ValueAtRisk.cornishFisher(returns, c),
                ValueAtRisk.historical(returns, c),
                ValueAtRisk.filteredHistorical(returns, HybridRisk.DECAY, c)
            };
            List<String> methods = List.of("parametric", "cornish_fisher", "historical", "filtered");
            for (int m = 0; m < ours.length; m++) {
                assertThat(ours[m]).as(methods.get(m)).isCloseTo(numbers(rows, methods.get(m))[i], within(CLOSE));
            }
            greatest[i] = Arrays.stream(ours).max().orElseThrow();
        }
        HybridRisk hybrid = HybridRisk.of(500);
        hybrid.look(returns, returns.length);
        assertThat(hybrid.at95()).isEqualTo(greatest[0]);
        assertThat(hybrid.at99()).isEqualTo(greatest[1]);
    }
}
