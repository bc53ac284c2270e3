package dev.tranche.inference.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.RowRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a value before the model sees it: one number or text, answered as it is or by its code.
class InputTest {
    private static PmmlModel model(String field, String treatment) {
        return Pmml.read("""
                <PMML xmlns="http://www.dmg.org/PMML-3_0" version="3.0"><Header/>
                  <DataDictionary numberOfFields="1">%s</DataDictionary>
                  <RegressionModel functionName="regression">
                    <MiningSchema><MiningField name="x" %s/></MiningSchema>
                    <LocalTransformations><DerivedField name="d" optype="continuous" dataType="double">
                      <FieldRef field="x" mapMissingTo="-1"/></DerivedField></LocalTransformations>
                    <RegressionTable intercept="0"><NumericPredictor name="d" coefficient="1"/></RegressionTable>
                  </RegressionModel>
                </PMML>""".formatted(field, treatment));
    }

    private static String field(String type, String inside) {
        return "<DataField name=\"x\" optype=\"continuous\" dataType=\"%s\">%s</DataField>".formatted(type, inside);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "double  |                                            |                                                         | 2.5  | 2.5",
                "double  |                                            |                                                         | NaN  | -1",
                "double  |                                            | missingValueReplacement='7'                             | NaN  | 7",
                "double  | <Value value='-9' property='missing'/>     | missingValueReplacement='7'                             | -9   | 7",
                "double  | <Value value='-9' property='missing'/>     |                                                         | 3    | 3",
                "double  | <Interval closure='closedOpen' leftMargin='0' rightMargin='10'/> | invalidValueTreatment='asMissing' | 0    | 0",
                "double  | <Interval closure='closedOpen' leftMargin='0' rightMargin='10'/> | invalidValueTreatment='asMissing' | 10   | -1",
                "double  | <Interval closure='openClosed' leftMargin='0' rightMargin='10'/> | invalidValueTreatment='asIs'      | 0    | 0",
                "double  | <Interval closure='openClosed' rightMargin='10'/> | invalidValueTreatment='asValue' invalidValueReplacement='4' | 11 | 4",
                "double  | <Value value='1'/><Value value='2'/>       | invalidValueTreatment='asMissing'                       | 2    | 2",
                "double  | <Value value='1'/><Value value='2'/>       | invalidValueTreatment='asMissing'                       | 3    | -1",
                "double  | <Value value='5' property='invalid'/>      | invalidValueTreatment='asMissing'                       | 5    | -1",
                "double  |                                            | outliers='asExtremeValues' lowValue='0' highValue='9'   | 12   | 9",
                "double  |                                            | outliers='asMissingValues' lowValue='0' highValue='9'   | -2   | -1",
                "double  |                                            | outliers='asMissingValues' lowValue='0' highValue='9'   | 9    | 9",
                "integer |                                            | invalidValueTreatment='asMissing'                       | 2.5  | -1",
                "integer |                                            |                                                         | -3   | -3",
                "boolean |                                            |                                                         | 1    | 1",
                "boolean |                                            | invalidValueTreatment='asMissing'                       | 2    | -1",
                "float   |                                            |                                                         | 0.1  | 0.10000000149011612"
            })
    void aNumberIsPreparedAsTheSchemaSays(String type, String inside, String treatment, double x, double expected) {
        PmmlModel model = model(
                field(type, inside == null ? "" : inside.replace('\'', '"')),
                treatment == null ? "" : treatment.replace('\'', '"'));
        assertThat(Pmml.predict(model, x).score()).isEqualTo(expected);
    }

    @Test
    void anInvalidValueIsRefusedUnlessTheSchemaSaysOtherwise() {
        PmmlModel model = model(field("double", "<Interval closure=\"closedClosed\" leftMargin=\"0\"/>"), "");
        assertThatThrownBy(() -> Pmml.predict(model, -0.5))
                .isInstanceOfSatisfying(
                        RowRefusedException.class, e -> assertThat(e.column()).isEqualTo("x"))
                .hasMessageContaining("not a valid value of the model: -0.5");
        PmmlModel needed = model(field("double", ""), "missingValueTreatment=\"returnInvalid\"");
        assertThatThrownBy(() -> Pmml.predict(needed, "")).hasMessageContaining("answers no such row");
    }

    @Test
    void aTextThatTheDictionaryDoesNotListIsInvalid() {
        String card = Pmml.CARD;
        String listed = Pmml.file(card)
                .replace(
                        "<DataField name=\"job\" optype=\"categorical\" dataType=\"string\"/>",
                        "<DataField name=\"job\" optype=\"categorical\" dataType=\"string\"><Value value=\"teacher\"/><Value value=\"clerk\"/></DataField>");
        PmmlModel model = Pmml.read(listed);
        assertThat(model.categories().get(2)).containsExactly("teacher", "clerk", "none", "odd jobs");
        assertThat(Pmml.predict(model, 30, 500, "clerk").score()).isEqualTo(170);
        assertThatThrownBy(() -> Pmml.predict(model, 30, 500, "none")).hasMessageContaining("\"none\"");
        assertThatThrownBy(() -> Pmml.predict(model, 30, 500, "sailor")).isInstanceOf(RowRefusedException.class);
        PmmlModel lenient = Pmml.read(listed.replace(
                "<MiningField name=\"job\"/>", "<MiningField name=\"job\" invalidValueTreatment=\"asMissing\"/>"));
        assertThat(Pmml.predict(lenient, 30, 500, "none").score()).isEqualTo(180);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataType=\"double\" | dataType=\"date\" | pmml_unread | not as date",
                "name=\"x\" optype | name=\"z\" optype | pmml_invalid | the DataDictionary has no field \"x\"",
                "MiningField name=\"x\" | MiningField name=\"x\" usageType=\"chief\" | pmml_invalid | usageType",
                "version=\"3.0\" | version=\"5.0\" | pmml_unread | versions 3.0 to 4.4",
                "<Header/> | <Header/><Trailer/> | pmml_unknown | <Trailer>",
                "RegressionModel | NeuralNetwork | pmml_unread | is not read; read are [MiningModel, RegressionModel, Scorecard, TreeModel]"
            })
    void whatIsNotReadIsRefused(String from, String to, String code, String words) {
        String file = """
                <PMML version="3.0"><Header/>
                  <DataDictionary><DataField name="x" optype="continuous" dataType="double"/></DataDictionary>
                  <RegressionModel functionName="regression">
                    <MiningSchema><MiningField name="x"/></MiningSchema>
                    <RegressionTable intercept="0"/>
                  </RegressionModel>
                </PMML>""";
        assertThatThrownBy(() -> Pmml.read(file.replace(from, to)))
                .isInstanceOfSatisfying(
                        ArtifactException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(words);
    }
}
