package dev.tranche.examples.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.Verification;
import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadSchema;
import dev.tranche.market.spread.SpreadTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class TrainSpreadTest {
    private static final int ROWS = 2_000;
    private static final long FIRST = 1_700_000_000_000_000_000L;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return new CommandLine(new TrainSpread())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    /// Samples whose moves are as large as one feature says, and features that say nothing.
    private Path samples(long horizonOfTheLast) throws IOException {
        Random chance = new Random(5);
        List<String> lines = new ArrayList<>();
        lines.add("file,symbol,sampled_nanos,mid,horizon_millis," + String.join(",", SpreadFeature.names())
                + ",target_seed,target_move,target_markout");
        for (int row = 0; row < ROWS; row++) {
            StringBuilder line = new StringBuilder("a.gz,COIN,")
                    .append(FIRST + row * 100_000_000L)
                    .append(",100,")
                    .append(row == ROWS - 1 ? horizonOfTheLast : 1_000);
            double wild = chance.nextInt(2) == 0 ? 1 : 9;
            for (SpreadFeature feature : SpreadFeature.values()) {
                double value = switch (feature) {
                    case VOLATILITY_20 -> wild;
                    case SAMPLE_MILLIS -> 100;
                    case REALISED_BPS -> 3;
                    default -> chance.nextDouble() / 2;
                };
                line.append(',').append(value);
            }
            double move = Math.abs(chance.nextGaussian()) * wild;
            lines.add(line + ",5.0," + move + "," + (row % 2 == 0 ? "" : move / 3));
        }
        return Files.write(folder.resolve("samples.csv"), lines);
    }

    @Test
    void whatIsThereIsLearntAndTheFolderIsAnArtifactOfASpread() throws IOException {
        Path model = folder.resolve("coin_spread_xgb_v1.0");
        int exit = run(samples(1_000).toString(), "--out", model.toString(), "--name", "coin_spread_xgb_v1.0");
        assertThat(exit).as(err.toString()).isZero();
        Artifact artifact = ShippedSpreadTest.open(model);
        assertThat(artifact.identity().name()).isEqualTo("coin_spread_xgb_v1.0");
        assertThat(artifact.verify())
                .isEqualTo(new Verification.Reproduced(artifact.goldenRows().size()));
        assertThat(SpreadSchema.places(artifact)).hasSize(SpreadFeature.names().size());
        double[] calm = vector(1);
        double[] wild = vector(9);
        double calmly = artifact.model()
                .predict(calm, dev.tranche.inference.Deadline.NONE)
                .score();
        double wildly = artifact.model()
                .predict(wild, dev.tranche.inference.Deadline.NONE)
                .score();
        assertThat(calmly).as("the 80 % quantile of |N(0, 1)| is 1.28").isBetween(1.0, 1.7);
        assertThat(wildly).as("nine times that").isBetween(9.0, 14.5);
    }

    private static double[] vector(double wild) {
        double[] vector = new double[SpreadFeature.names().size()];
        java.util.Arrays.fill(vector, .25);
        vector[SpreadFeature.VOLATILITY_20.place()] = wild;
        vector[SpreadFeature.SAMPLE_MILLIS.place()] = 100;
        vector[SpreadFeature.REALISED_BPS.place()] = 3;
        return vector;
    }

    @Test
    void whatIsTestedLiesAfterWhatIsLearntFromByMoreThanThePurge() throws IOException {
        Path model = folder.resolve("coin_spread_xgb_v1.0");
        assertThat(run(samples(1_000).toString(), "--out", model.toString(), "--purge", "7"))
                .as(err.toString())
                .isZero();
        JsonNode provenance =
                YAMLMapper.shared().readTree(model.resolve("model.yaml")).path("provenance");
        long cut = FIRST / 1_000_000 + (ROWS - 1) * 100 * 6 / 10;
        assertThat(provenance.path("trained_from_millis").asLong()).isEqualTo(FIRST / 1_000_000);
        assertThat(provenance.path("trained_to_millis").asLong()).isBetween(cut - 7_200, cut - 7_000);
        assertThat(Files.readString(model.resolve("card.md"))).contains("with 7 seconds left out", "all, test");
    }

    @Test
    void theMeanOfTheMarkoutIsLearntFromRowsThatHaveOne() throws IOException {
        Path csv = samples(1_000);
        assertThat(SpreadRows.read(csv, SpreadTarget.MARKOUT).size()).isEqualTo(ROWS / 2);
        Path model = folder.resolve("coin_spread_xgb_v1.1");
        assertThat(run(csv.toString(), "--out", model.toString(), "--target", "MARKOUT"))
                .isZero();
        double said = ShippedSpreadTest.open(model)
                .model()
                .predict(vector(9), dev.tranche.inference.Deadline.NONE)
                .score();
        assertThat(said).as("a third of nine times E|N(0, 1)| = .8").isBetween(1.7, 3.2);
    }

    @Test
    void targetsOfSeveralHorizonsAndTablesOfSomethingElseAreRefused() throws IOException {
        Path mixed = samples(2_000);
        assertThatThrownBy(() -> SpreadRows.read(mixed, SpreadTarget.MOVE))
                .hasMessage("all rows must look equally far ahead: [1000, 2000] ms");
        Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
        assertThatThrownBy(() -> SpreadRows.read(other, SpreadTarget.MOVE))
                .hasMessageContaining("there is no column current_spread_bps among [a, b]");
    }

    @Test
    void optionsOutOfRangeAreRefusedWithTheirValue() throws IOException {
        assertThat(run(samples(1_000).toString(), "--quantile", "0.99")).isEqualTo(2);
        assertThat(err.toString()).contains("--quantile must be within 0.05..0.95: 0.99");
    }
}
