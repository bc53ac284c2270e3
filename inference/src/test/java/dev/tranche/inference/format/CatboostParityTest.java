package dev.tranche.inference.format;

import static org.assertj.core.api.Assertions.assertThat;

import ai.catboost.CatBoostError;
import ai.catboost.CatBoostModel;
import ai.catboost.CatBoostPredictions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.Model;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same bits as CatBoost 1.2.7 (catboost-prediction), which loads the same JSON, on rows beside every
/// border.
class CatboostParityTest {
    @ParameterizedTest
    @CsvSource({
        "Logloss, true, 1, false, '[1,[0]]'",
        "Logloss, true, 1, true, '[1,[0.125]]'",
        "RMSE, true, 1, true, '[1,[-3.7]]'",
        "Poisson, false, 1, true, '[1,[0.31]]'",
        "RMSE, false, 1, false, '[0.5,[2.25]]'",
        "MultiClass, true, 3, true, '[1,[0.1,0.2,-0.3]]'",
        "MultiClassOneVsAll, false, 4, true, '[1,[0,0,0,0]]'",
        "MultiRMSE, true, 2, false, '[2,[0.7,0]]'"
    })
    void theMarginsAreTheLibrarys(String loss, boolean oblivious, int dimensions, boolean categories, String finish)
            throws CatBoostError {
        for (int seed = 0; seed < 4; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            byte[] file = CatboostFiles.write(random, loss, oblivious, dimensions, categories, finish);
            Model model = ModelFile.read("catboost", file, Rounds.all());
            assertThat(model.margins()).isEqualTo(dimensions);
            List<double[]> rows = rows(model, random);
            try (CatBoostModel genuine = CatBoostModel.loadModel(file, "json")) {
                assertThat(genuine.getTreeCount()).isEqualTo(12);
                check(model, genuine, rows, categories);
            }
        }
    }

    private static void check(Model model, CatBoostModel genuine, List<double[]> rows, boolean categories)
            throws CatBoostError {
        float[][] numbers = new float[rows.size()][];
        int[][] hashes = new int[rows.size()][];
        for (int i = 0; i < numbers.length; i++) {
            double[] row = rows.get(i);
            numbers[i] = new float[CatboostFiles.NUMBERS];
            for (int j = 0; j < CatboostFiles.NUMBERS; j++) {
                numbers[i][j] = (float) row[j];
            }
            hashes[i] = categories
                    ? new int[] {row[CatboostFiles.NUMBERS] < 0 ? 77 : CatboostFiles.HASHES.get((int) row[5])}
                    : new int[0];
        }
        CatBoostPredictions many = genuine.predict(numbers, hashes);
        for (int i = 0; i < numbers.length; i++) {
            double[] margins = model.predict(rows.get(i), Deadline.NONE).margins();
            CatBoostPredictions one = genuine.predict(numbers[i], hashes[i]);
            for (int d = 0; d < margins.length; d++) {
                assertThat(margins[d])
                        .as("row %d, alone, %s", i, Arrays.toString(rows.get(i)))
                        .isEqualTo(one.get(0, d));
                assertThat(margins[d]).as("row %d in a block", i).isEqualTo(many.get(i, d));
            }
        }
    }

    private static List<double[]> rows(Model model, RandomGenerator random) {
        Map<Integer, List<Float>> borders = new TreeMap<>();
        for (Tree tree : ((TreeModel) model).ensemble().trees()) {
            for (int node = 0; node < tree.size(); node++) {
                if (!tree.isLeaf(node) && !tree.rule(node).categorical()) {
                    borders.computeIfAbsent(tree.feature(node), f -> new ArrayList<>())
                            .add(Math.nextDown((float) tree.threshold(node)));
                }
            }
        }
        List<double[]> rows = new ArrayList<>();
        borders.forEach((feature, own) -> {
            for (float value : CatboostFiles.odd(own)) {
                double[] row = random.doubles(model.inputNames().size(), -2.5, 2.5)
                        .map(x -> random.nextInt(8) == 0 ? Double.NaN : (float) x)
                        .toArray();
                row[feature] = value;
                if (row.length > CatboostFiles.NUMBERS) {
                    row[CatboostFiles.NUMBERS] = random.nextInt(4) - 1;
                }
                rows.add(row);
            }
        });
        return rows;
    }
}
