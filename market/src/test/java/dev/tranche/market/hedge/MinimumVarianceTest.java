package dev.tranche.market.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimumVarianceTest {
    private static double variance(double[] values) {
        double mean = 0;
        for (double each : values) {
            mean += each / values.length;
        }
        double sum = 0;
        for (double each : values) {
            sum += (each - mean) * (each - mean) / values.length;
        }
        return sum;
    }

    private static double[] returns(String folder, String file) throws IOException {
        Path path = Path.of(System.getProperty("tranche.shared", "../shared"), "data/crypto", folder, file);
        assumeTrue(Files.exists(path), "skipped: " + path + " is not here");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            double[] closes = lines.lines()
                    .skip(1)
                    .mapToDouble(line -> Double.parseDouble(line.split(",")[4]))
                    .toArray();
            double[] returns = new double[closes.length - 1];
            for (int i = 0; i < returns.length; i++) {
                returns[i] = Math.log(closes[i + 1] / closes[i]);
            }
            return returns;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "klines_1m_2025-06,BTCUSDT_1m.csv.gz,ETHUSDT_1m.csv.gz",
        "klines_5m_2025q2,BTCUSDT_5m.csv.gz,ETHUSDT_5m.csv.gz"
    })
    void theVarianceOfBitcoinHedgedWithEtherFallsByTheSquareOfTheirCorrelation(String folder, String btc, String eth)
            throws IOException {
        double[] held = returns(folder, btc);
        double[] other = returns(folder, eth);
        MinimumVariance hedge = MinimumVariance.of(held, other);
        double[] left = new double[held.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = held[i] - hedge.ratio() * other[i];
        }

        assertThat(1 - variance(left) / variance(held)).isCloseTo(hedge.reduction(), within(1e-12));
        assertThat(hedge.reduction()).isBetween(0.3, 0.95);
    }

    @Test
    void noOtherRatioLeavesLess() {
        double[] held = {0.01, -0.02, 0.015, 0.005, -0.01};
        double[] other = {0.02, -0.03, 0.02, -0.005, -0.02};
        double best = MinimumVariance.of(held, other).ratio();
        for (double ratio : new double[] {best - 0.1, best - 1e-3, best + 1e-3, best + 0.1, 0, 1}) {
            assertThat(hedged(held, other, ratio)).isGreaterThan(hedged(held, other, best));
        }
    }

    private static double hedged(double[] held, double[] other, double ratio) {
        double[] left = new double[held.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = held[i] - ratio * other[i];
        }
        return variance(left);
    }

    @Test
    void whatIsNoCovarianceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MinimumVariance.of(1, 1, 1.1))
                .withMessageContaining("1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MinimumVariance.of(new double[3], new double[3]))
                .withMessageContaining("must be positive");
    }
}
