package dev.tranche.inference.pmml;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Prediction;
import dev.tranche.inference.format.ModelFile;
import dev.tranche.inference.format.Rounds;

/// Small PMML files for tests: the fields `age` (double), `income` (double) and `job` (text), the target `y`.
final class Pmml {
    private static final String TOP = """
            <?xml version="1.0" encoding="UTF-8"?>
            <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
              <Header/>
              <DataDictionary>
                <DataField name="age" optype="continuous" dataType="double"/>
                <DataField name="income" optype="continuous" dataType="double"/>
                <DataField name="job" optype="categorical" dataType="string"/>
                <DataField name="y" optype="continuous" dataType="double"/>
              </DataDictionary>
            """;

    static final String SCHEMA = """
            <MiningSchema>
              <MiningField name="age"/>
              <MiningField name="income"/>
              <MiningField name="job"/>
              <MiningField name="y" usageType="target"/>
            </MiningSchema>
            """;

    /// A card whose two characteristics share a reason code with nobody, and one that is about two fields.
    static final String CARD = """
            <Scorecard functionName="regression" initialScore="100" reasonCodeAlgorithm="pointsBelow">
              SCHEMA
              <Characteristics>
                <Characteristic name="ageScore" reasonCode="R1" baselineScore="40">
                  <Attribute partialScore="5"><SimplePredicate field="age" operator="isMissing"/></Attribute>
                  <Attribute partialScore="10"><SimplePredicate field="age" operator="lessThan" value="25"/></Attribute>
                  <Attribute partialScore="45"><SimplePredicate field="age" operator="greaterOrEqual" value="25"/></Attribute>
                </Characteristic>
                <Characteristic name="jobScore" baselineScore="30">
                  <Attribute reasonCode="R2" partialScore="20"><SimplePredicate field="job" operator="equal" value="clerk"/></Attribute>
                  <Attribute reasonCode="R3" partialScore="0">
                    <SimpleSetPredicate field="job" booleanOperator="isIn"><Array n="2" type="string">none "odd jobs"</Array></SimpleSetPredicate>
                  </Attribute>
                  <Attribute reasonCode="R2" partialScore="30"><True/></Attribute>
                </Characteristic>
                <Characteristic name="incomeScore" reasonCode="R1" baselineScore="10">
                  <Attribute partialScore="10"><SimplePredicate field="income" operator="isMissing"/></Attribute>
                  <Attribute><True/><ComplexPartialScore><Apply function="min"><Constant>20</Constant>
                    <Apply function="/"><FieldRef field="income"/><Constant>100</Constant></Apply></Apply></ComplexPartialScore></Attribute>
                </Characteristic>
              </Characteristics>
            </Scorecard>
            """.replace("SCHEMA", SCHEMA);

    private Pmml() {}

    /// The file around a model.
    static String file(String model) {
        return TOP + model + "</PMML>";
    }

    /// A regression of one number, which is what an expression says.
    static String derived(String type, String expression) {
        return file("""
                <RegressionModel functionName="regression">
                  %s
                  <LocalTransformations><DerivedField name="d" optype="continuous" dataType="%s">%s</DerivedField></LocalTransformations>
                  <RegressionTable intercept="0"><NumericPredictor name="d" coefficient="1"/></RegressionTable>
                </RegressionModel>""".formatted(SCHEMA, type, expression));
    }

    static PmmlModel read(String file) {
        return (PmmlModel) ModelFile.read("pmml", file.getBytes(UTF_8), Rounds.all());
    }

    /// The answer to a row: `null` is missing, a text a category.
    static Prediction predict(PmmlModel model, Object... values) {
        return model.predict(vector(model, values), Deadline.NONE);
    }

    static double[] vector(PmmlModel model, Object... values) {
        double[] vector = new double[values.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = switch (values[i]) {
                case String text when text.isEmpty() -> Double.NaN;
                case String text -> model.categories().get(i).indexOf(text);
                case Number number -> number.doubleValue();
                default -> throw new IllegalArgumentException("a number or a text: " + values[i]);
            };
        }
        return vector;
    }
}
