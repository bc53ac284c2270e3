package dev.tranche.inference.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Contributions;
import dev.tranche.inference.Deadline;
import dev.tranche.inference.DeadlinePassedException;
import dev.tranche.inference.Trials;
import dev.tranche.inference.tree.Ensemble;
import dev.tranche.inference.tree.RandomForests;
import dev.tranche.inference.tree.Tree;
import dev.tranche.inference.tree.TreeModel;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TreeInterventionalTest {
    private static final double CLOSE = 1e-9;

    private static Background crowd(RandomGenerator random, int rows) {
        return Background.of(
                "crowd",
                Stream.generate(() -> RandomForests.row(random)).limit(rows).toList());
    }

    @Test
    void partsAreTheShapleyValuesAgainstEachBackgroundRowInTurn() {
        Trials.of(40, random -> {
            List<Tree> trees = RandomForests.trees(random, 3, 9, random.nextBoolean());
            Background background = crowd(random, 1 + random.nextInt(5));
            double[] row = RandomForests.row(random);
            double[] counted = Ensembles.counted(known -> {
                double mean = 0;
                for (int i = 0; i < background.size(); i++) {
                    double[] mixed = mixed(row, background.row(i), known);
                    mean += Ensembles.sum(trees, tree -> tree.value(tree.find(mixed))) / background.size();
                }
                return mean;
            });
            double[] parts =
                    TreeInterventional.of(Ensembles.of(trees, 1), background).parts(row);
            assertThat(parts).containsExactly(counted, within(CLOSE));
        });
    }

    @Test
    void partsAndTheMeanMarginOfTheBackgroundAddUpToTheMargin() {
        Trials.of(30, random -> {
            Ensemble ensemble = Ensembles.of(RandomForests.trees(random, 15, 12, random.nextBoolean()), 3);
            Background background = crowd(random, 1 + random.nextInt(200));
            double[] row = RandomForests.row(random);
            TreeModel model = TreeModel.of(ensemble, Optional.empty());
            TreeInterventional explainer = TreeInterventional.of(ensemble, background);
            double mean = 0;
            for (int i = 0; i < background.size(); i++) {
                mean += model.predict(background.row(i), Deadline.NONE).margins()[0] / background.size();
            }
            assertThat(explainer.base(0)).isCloseTo(mean, within(CLOSE));
            assertThat(explainer.base(0) + Arrays.stream(explainer.parts(row)).sum())
                    .isCloseTo(model.predict(row, Deadline.NONE).margins()[0], within(CLOSE));
        });
    }

    @Test
    void aLargeBackgroundGivesTheMeanOfItsRowsAlone() {
        Trials.of(5, random -> {
            Ensemble ensemble = Ensembles.of(RandomForests.trees(random, 6, 7, random.nextBoolean()), 1);
            Background background = crowd(random, 131);
            double[] row = RandomForests.row(random);
            double[] mean = new double[Ensembles.INPUTS];
            for (int i = 0; i < background.size(); i++) {
                double[] alone = TreeInterventional.of(ensemble, Background.of("one", List.of(background.row(i))))
                        .parts(row);
                for (int j = 0; j < mean.length; j++) {
                    mean[j] += alone[j] / background.size();
                }
            }
            assertThat(TreeInterventional.of(ensemble, background).parts(row)).containsExactly(mean, within(CLOSE));
        });
    }

    @Test
    void aRowOfTheBackgroundAloneHasNoParts() {
        Trials.of(5, random -> {
            Ensemble ensemble = Ensembles.of(RandomForests.trees(random, 6, 7, true), 1);
            double[] row = RandomForests.row(random);
            TreeInterventional explainer = TreeInterventional.of(ensemble, Background.of("itself", List.of(row)));
            assertThat(explainer.parts(row)).containsOnly(0);
            assertThat(explainer.method()).isEqualTo(Contributions.Method.TREE_INTERVENTIONAL);
            assertThat(explainer.reference()).isEqualTo("itself");
            assertThat(explainer.margins()).isEqualTo(1);
        });
    }

    @Test
    void theTwoMethodsDisagreeSoTheMethodIsPartOfTheRecord() {
        Trials.of(1, random -> {
            Ensemble ensemble = Ensembles.of(RandomForests.trees(random, 20, 6, true), 1);
            double[] row = RandomForests.row(random);
            double[] path = TreeShap.of(ensemble).parts(row);
            assertThat(TreeInterventional.of(ensemble, crowd(random, 50)).parts(row))
                    .isNotEqualTo(path);
        });
    }

    @Test
    void aBackgroundHasABoundedNumberOfRows() {
        assertThatThrownBy(() -> Background.of("none", List.of())).hasMessage("a background must have 1..1024 rows: 0");
        assertThatThrownBy(() -> Background.of("many", Collections.nCopies(1025, new double[6])))
                .hasMessage("a background must have 1..1024 rows: 1025");
    }

    @Test
    void aRowOfAnotherLengthAndALateAnswerAreRefused() {
        Trials.of(1, random -> {
            Ensemble ensemble = Ensembles.of(RandomForests.trees(random, 2, 4, true), 1);
            assertThatThrownBy(() -> TreeInterventional.of(ensemble, Background.of("b", List.of(new double[2]))))
                    .hasMessage("a row of the background must have 6 values: 2");
            TreeInterventional explainer = TreeInterventional.of(ensemble, crowd(random, 2));
            assertThatThrownBy(() -> explainer.parts(new double[3])).hasMessage("the vector must have 6 values: 3");
            assertThatThrownBy(() -> explainer.parts(new double[6], 0, () -> true))
                    .isInstanceOf(DeadlinePassedException.class);
        });
    }

    private static double[] mixed(double[] row, double[] other, int known) {
        double[] mixed = other.clone();
        for (int i = 0; i < mixed.length; i++) {
            if ((known & 1 << i) != 0) {
                mixed[i] = row[i];
            }
        }
        return mixed;
    }
}
