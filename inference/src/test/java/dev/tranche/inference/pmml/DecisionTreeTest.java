package dev.tranche.inference.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.RowRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Trees and segments of trees, worked out by hand from the DMG's text.
class DecisionTreeTest {
    private static final String TREE = """
            <TreeModel functionName="regression" STRATEGY>
              SCHEMA
              <Node id="0" score="1" defaultChild="2"><True/>
                <Node id="1" score="2"><SimplePredicate field="age" operator="lessThan" value="30"/>
                  <Node id="3" score="3"><CompoundPredicate booleanOperator="and">
                    <SimplePredicate field="income" operator="greaterThan" value="10"/>
                    <SimplePredicate field="job" operator="notEqual" value="none"/></CompoundPredicate></Node>
                </Node>
                <Node id="2" score="4"><SimplePredicate field="age" operator="greaterOrEqual" value="30"/></Node>
              </Node>
            </TreeModel>""";

    private static PmmlModel tree(String strategy) {
        return Pmml.read(Pmml.file(TREE.replace("SCHEMA", Pmml.SCHEMA).replace("STRATEGY", strategy)));
    }

    @Test
    void theFirstTrueChildIsTaken() {
        PmmlModel model = tree("");
        assertThat(Pmml.predict(model, 29.9, 11, "clerk").score()).isEqualTo(3);
        assertThat(Pmml.predict(model, 30, 11, "clerk").score()).isEqualTo(4);
        assertThatThrownBy(() -> Pmml.predict(model, 20, 10, "clerk")).isInstanceOf(RowRefusedException.class);
        assertThat(Pmml.predict(tree("noTrueChildStrategy=\"returnLastPrediction\""), 20, 10, "none")
                        .score())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"none, NaN", "lastPrediction, 1", "nullPrediction, NaN", "defaultChild, 4"})
    void aMissingValueIsTreatedAsTheTreeSays(String strategy, double expected) {
        PmmlModel model = tree("missingValueStrategy=\"" + strategy + "\"");
        if (Double.isNaN(expected)) {
            assertThatThrownBy(() -> Pmml.predict(model, "", 11, "clerk")).isInstanceOf(RowRefusedException.class);
        } else {
            assertThat(Pmml.predict(model, "", 11, "clerk").score()).isEqualTo(expected);
        }
    }

    @Test
    void aClassificationAnswersTheSharesOfItsLeaves() {
        String model = """
                <TreeModel functionName="classification">
                  SCHEMA
                  <Node score="a"><True/>
                    <Node score="b"><SimplePredicate field="age" operator="lessThan" value="30"/>
                      <ScoreDistribution value="a" recordCount="1"/><ScoreDistribution value="b" recordCount="3"/></Node>
                    <Node score="c"><SimplePredicate field="age" operator="lessThan" value="40"/>
                      <ScoreDistribution value="a" recordCount="9" probability="0.2"/>
                      <ScoreDistribution value="c" recordCount="9" probability="0.8"/></Node>
                    <Node score="c"><True/></Node>
                  </Node>
                </TreeModel>""".replace("SCHEMA", Pmml.SCHEMA);
        PmmlModel tree = Pmml.read(Pmml.file(model));
        assertThat(tree.classes()).containsExactly("a", "b", "c");
        assertThat(Pmml.predict(tree, 20, 0, "").outputs()).containsExactly(0.25, 0.75, 0);
        assertThat(Pmml.predict(tree, 30, 0, "").outputs()).containsExactly(0.2, 0, 0.8);
        assertThat(Pmml.predict(tree, 50, 0, "").outputs()).containsExactly(0, 0, 1);
        assertThat(Pmml.predict(tree.positive("c"), 30, 0, "").outputs()).containsExactly(0.8);
    }

    @ParameterizedTest
    @CsvSource({"sum, 7", "average, 3.5", "weightedAverage, 3.25", "selectFirst, 3"})
    void segmentsSideBySideAreJoined(String method, double expected) {
        String plain = TREE.replace("SCHEMA", Pmml.SCHEMA).replace("STRATEGY", "");
        String other = plain.replace("score=\"3\"", "score=\"4\"");
        String mining = """
                <MiningModel functionName="regression">%s
                  <Segmentation multipleModelMethod="%s">
                    <Segment weight="3"><True/>%s</Segment>
                    <Segment weight="1"><SimplePredicate field="age" operator="lessThan" value="30"/>%s</Segment>
                    <Segment weight="8"><False/>%s</Segment>
                  </Segmentation>
                </MiningModel>""".formatted(Pmml.SCHEMA, method, plain, other, other);
        PmmlModel model = Pmml.read(Pmml.file(mining));
        assertThat(Pmml.predict(model, 20, 11, "clerk").score()).isEqualTo(expected);
        assertThatThrownBy(() -> Pmml.read(Pmml.file(mining.replace("\"" + method, "\"modelChain"))))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("modelChain")
                .hasMessageContaining("register the library's own file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRATEGY | missingValueStrategy=\"weightedConfidence\" | pmml_unread | weightedConfidence",
                "STRATEGY | missingValueStrategy=\"aggregateNodes\" | pmml_unread | aggregateNodes",
                "defaultChild=\"2\" | defaultChild=\"7\" | pmml_invalid | defaultChild must be the id of a child: 7",
                "id=\"3\" | id=\"2\" | pmml_invalid | its own: 2",
                "<SimplePredicate field=\"age\" operator=\"lessThan\" value=\"30\"/> | | pmml_invalid | must have one predicate",
                "operator=\"notEqual\" | operator=\"lessThan\" | pmml_unread | texts have no order"
            })
    void whatIsNotReadIsRefused(String from, String to, String code, String words) {
        String file = TREE.replace(from, to == null ? "" : to)
                .replace("SCHEMA", Pmml.SCHEMA)
                .replace("STRATEGY", "");
        assertThatThrownBy(() -> Pmml.read(Pmml.file(file)))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(words);
    }
}
