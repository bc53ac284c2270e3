package dev.tranche.inference.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.tree.TreeModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The names a file gives to category codes, kept for whoever turns words into codes.
class CategoryNamesTest {
    private static final String LIGHTGBM = """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            max_feature_idx=3
            objective=regression
            feature_names=job age paid grade
            feature_infos=0:1:2 [0:1] -1:0:1 -1:1:2
            tree_sizes=1

            Tree=0
            num_leaves=2
            num_cat=1
            split_feature=0
            threshold=0
            decision_type=1
            left_child=-1
            right_child=-2
            leaf_value=1 2
            cat_boundaries=0 2
            cat_threshold=5 1
            shrinkage=1

            end of trees

            pandas_categorical:PANDAS
            """;

    private static List<List<String>> lightgbm(String pandas) {
        TreeModel model = (TreeModel)
                ModelFile.read("lightgbm", LIGHTGBM.replace("PANDAS", pandas).getBytes(UTF_8), Rounds.all());
        return model.ensemble().categories();
    }

    private static List<List<String>> xgboost(String encodings, int features) {
        return XgboostCategories.read(
                new Place("cats", JsonDocument.read(("{\"enc\":" + encodings + "}").getBytes(UTF_8))), features);
    }

    @Test
    void lightgbmListsTheCategoricalColumnsOfTheFrameInOrder() {
        assertThat(lightgbm("[[\"clerk\",\"cook\",\"小\"],[false,true],[1.0,2.5]]"))
                .containsExactly(List.of("clerk", "cook", "小"), List.of(), List.of("0", "1"), List.of("1.0", "2.5"));
    }

    @Test
    void aListOfAnotherLengthNamesNothing() {
        assertThat(lightgbm("[[\"clerk\"]]")).allMatch(List::isEmpty);
        assertThat(lightgbm("null")).allMatch(List::isEmpty);
        assertThat(lightgbm("[]")).allMatch(List::isEmpty);
    }

    @Test
    void codesBeyondTheFirstWordOfASetAreInItToo() {
        TreeModel model = (TreeModel)
                ModelFile.read("lightgbm", LIGHTGBM.replace("PANDAS", "null").getBytes(UTF_8), Rounds.all());
        double[] codes = {0, 1, 2, 31, 32, 33, 64, -1};
        double[] leaves = {0, 1, 0, 1, 0, 1, 1, 1};
        for (int i = 0; i < codes.length; i++) {
            assertThat((double) model.leaves(new double[] {codes[i], 0, 0, 0})[0])
                    .isEqualTo(leaves[i]);
        }
    }

    @Test
    void xgboostWritesTextsAsOneRunOfBytes() {
        assertThat(xgboost("[{\"offsets\":[],\"values\":[]},{\"offsets\":[0,1,3],\"values\":[97,98,99]}]", 2))
                .containsExactly(List.of(), List.of("a", "bc"));
        assertThat(xgboost("[{\"type\":1,\"values\":[3,5]}]", 1)).containsExactly(List.of("3", "5"));
        assertThat(xgboost("[]", 4)).isEmpty();
    }

    @Test
    void offsetsOutsideTheBytesAreRefused() {
        assertThatThrownBy(() -> xgboost("[{\"offsets\":[0,9],\"values\":[97]}]", 1))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("must rise within 0..1: 0, 9");
        assertThatThrownBy(() -> xgboost("[{\"offsets\":[],\"values\":[]}]", 2)).hasMessageContaining("2 values: 1");
    }
}
