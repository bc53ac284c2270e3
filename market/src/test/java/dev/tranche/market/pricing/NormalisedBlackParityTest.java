package dev.tranche.market.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against mpmath 1.2.1 with 50 digits and more; the script that made the numbers lies beside them.
class NormalisedBlackParityTest {
    private record Row(double x, double s, double price, double missing, double vega) {
        /// One part in 1e13, and what the rounding of `(x / s)^2` makes in its exponential.
        double tolerance() {
            return 1e-13 + 3e-16 * (x / s) * (x / s);
        }

        /// How much of itself the deviation may be off when the price is off by one part in 1e16 and its
        /// argument is rounded too: nobody can know it better from a price in doubles.
        double knownTo() {
            double weaker = Math.min(price, missing);
            return 4e-16 * (weaker + Math.ulp(price)) / (vega * s) + 4e-16 * price / (vega * s);
        }
    }

    @Test
    void thePriceIsRightToOnePartInTenToTheThirteenFarFromTheMoneyToo() throws IOException {
        for (Row row : rows()) {
            double price = NormalisedBlack.price(row.x, row.s);
            assertThat(Math.abs(price / row.price - 1)).as("%s: %s", row, price).isLessThan(row.tolerance());
        }
    }

    @Test
    void whatIsMissingToTheHighestPriceIsRightAsWell() throws IOException {
        for (Row row : rows()) {
            double missing = NormalisedBlack.missing(row.x, row.s);
            assertThat(Math.abs(missing / row.missing - 1))
                    .as("%s: %s", row, missing)
                    .isLessThan(1e-13);
        }
    }

    @Test
    void theDeviationComesBackFromThePriceToOnePartInTenToTheTwelveWhereThePriceKnowsIt() throws IOException {
        int known = 0;
        for (Row row : rows()) {
            if (row.price >= Math.exp(0.5 * row.x)) {
                // Rounded to the highest price: no deviation gives that.
                continue;
            }
            double s = NormalisedBlack.deviation(row.x, row.price);
            double off = Math.abs(s / row.s - 1);
            assertThat(off).as("%s: %s", row, s).isLessThan(1e-12 + 4 * row.knownTo());
            known += row.knownTo() < 1e-13 ? 1 : 0;
        }
        assertThat(known).as("rows whose price determines the deviation").isGreaterThan(150);
    }

    private static List<Row> rows() throws IOException {
        try (InputStream in = NormalisedBlackParityTest.class.getResourceAsStream("black_reference.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], cells[4]))
                    .toList();
        }
    }
}
