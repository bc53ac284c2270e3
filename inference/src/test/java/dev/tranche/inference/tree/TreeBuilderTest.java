package dev.tranche.inference.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import org.junit.jupiter.api.Test;

class TreeBuilderTest {
    @Test
    void aTreeKnowsItsDepthAndItsLeaves() {
        TreeBuilder tree = stump();
        tree.cover(0, 10);
        Tree built = tree.build(0, 1);
        assertThat(built.depth()).isEqualTo(1);
        assertThat(built.leaves()).isEqualTo(2);
        assertThat(built.find(new double[] {0.5})).isEqualTo(1);
        assertThat(built.find(new double[] {1.0})).isEqualTo(2);
        assertThat(built.find(new double[] {Double.NaN})).isEqualTo(1);
        assertThat(built.cover(0)).isEqualTo(10);
        assertThat(built.cover(1)).isNaN();
    }

    @Test
    void aTreeOfNothingIsRefused() {
        assertThatThrownBy(() -> TreeBuilder.of(0))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("at least 1 node: 0");
    }

    @Test
    void aCycleIsRefused() {
        TreeBuilder tree = stump();
        tree.split(1, 0, Rule.LESS, 2, true);
        tree.children(1, 0, 2);
        refused(tree, "node 1 leads to node 0, which another path reaches too");
    }

    @Test
    void aNodeWithTwoParentsIsRefused() {
        TreeBuilder tree = stump();
        tree.children(0, 1, 1);
        refused(tree, "node 0 leads to node 1, which another path reaches too");
    }

    @Test
    void aChildOutsideTheTreeIsRefused() {
        TreeBuilder tree = stump();
        tree.children(0, 1, 3);
        refused(tree, "node 0 has the child 3, allowed 0..2");
    }

    @Test
    void aFeatureOutsideTheRowIsRefused() {
        TreeBuilder tree = stump();
        tree.split(0, 1, Rule.LESS, 1, true);
        refused(tree, "node 0 asks for feature 1, allowed 0..0");
    }

    @Test
    void aNodeThatIsNothingIsRefused() {
        TreeBuilder tree = TreeBuilder.of(3);
        tree.split(0, 0, Rule.LESS, 1, true);
        tree.children(0, 1, 2);
        tree.leaf(1, 0, 1);
        refused(tree, "node 2 is neither a split nor a leaf");
    }

    @Test
    void aThresholdThatIsNoNumberIsRefusedWhereTheTrainerNeverWritesOne() {
        TreeBuilder tree = stump();
        tree.split(0, 0, Rule.AT_MOST, Double.NaN, true);
        refused(tree, "node 0 has the threshold NaN");
    }

    @Test
    void aDeletedNodeIsNeverAsked() {
        TreeBuilder tree = TreeBuilder.of(4);
        tree.split(0, 0, Rule.LESS, 1, true);
        tree.children(0, 1, 2);
        tree.leaf(1, 1, 1);
        tree.leaf(2, 2, 2);
        tree.split(3, 99, Rule.LESS, 1, true);
        tree.children(3, 17, 18);
        Tree built = tree.build(0, 1);
        assertThat(Columns.of(java.util.List.of(built))).isNotNull();
        assertThat(built.isLeaf(3)).isTrue();
    }

    @Test
    void aWeightChangesTheLeavesInFloatAndNothingElse() {
        Tree scaled = stump().build(0, 1).scaled(0.7f);
        assertThat(scaled.value(1)).isEqualTo(10f * 0.7f);
        assertThat(scaled.threshold(0)).isEqualTo(1);
    }

    private static TreeBuilder stump() {
        TreeBuilder tree = TreeBuilder.of(3);
        tree.split(0, 0, Rule.LESS, 1, true);
        tree.children(0, 1, 2);
        tree.leaf(1, 0, 10);
        tree.leaf(2, 1, 20);
        return tree;
    }

    private static void refused(TreeBuilder tree, String reason) {
        assertThatThrownBy(() -> tree.build(5, 1))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("tree 5, " + reason);
    }
}
