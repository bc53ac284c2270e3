package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Folders with a PMML or a CatBoost file: whatever the order of the features and of their categories.
class ArtifactFormatsTest {
    private static final String FEATURES = """
            {"features": [
              {"name": "job", "type": "category", "categories": ["sailor", "clerk"], "unseen": "allow"},
              {"name": "note", "type": "text"},
              {"name": "age", "type": "number"}]}""";

    private static Map<String, byte[]> card() {
        return Folders.of("model.yaml", """
                {"name": "card_loan_pmml_v1.0", "format": "pmml", "file": "card.pmml", "output": "score",
                 "label": {"name": "bad", "definition": "90 dpd in 12 months", "positive": "bad"}}""", "features.json", FEATURES, "card.pmml", """
                <PMML version="4.4"><Header/>
                  <DataDictionary>
                    <DataField name="age" optype="continuous" dataType="double"/>
                    <DataField name="job" optype="categorical" dataType="string"/>
                  </DataDictionary>
                  <Scorecard functionName="regression" initialScore="100" baselineScore="30">
                    <MiningSchema><MiningField name="age"/><MiningField name="job"/></MiningSchema>
                    <Characteristics>
                      <Characteristic name="ageScore" reasonCode="A1">
                        <Attribute partialScore="10"><SimplePredicate field="age" operator="lessThan" value="25"/></Attribute>
                        <Attribute partialScore="40"><True/></Attribute>
                      </Characteristic>
                      <Characteristic name="jobScore" reasonCode="J1">
                        <Attribute partialScore="5"><SimplePredicate field="job" operator="equal" value="clerk"/></Attribute>
                        <Attribute partialScore="20"><SimplePredicate field="job" operator="isNotMissing"/></Attribute>
                        <Attribute partialScore="0"><True/></Attribute>
                      </Characteristic>
                    </Characteristics>
                  </Scorecard>
                </PMML>""", "samples.jsonl", """
                {"input": {"age": 20, "job": "clerk"}, "transformed": [20, 0], "margin": [115], "output": [115]}
                {"input": {"age": 30, "job": "sailor"}, "transformed": [30, -1], "margin": [160], "output": [160]}
                {"input": {"job": "cook"}, "transformed": [null, -1], "margin": [160], "output": [160]}
                {"input": {}, "transformed": [null, null], "margin": [140], "output": [140]}
                """);
    }

    private static FeatureRow row(Artifact artifact, double age, String job) {
        FeatureRow row = artifact.schema().row();
        row.number(artifact.schema().position("age"), age);
        row.text(artifact.schema().position("job"), job);
        assertThat(artifact.schema().admit(row)).isInstanceOf(Admission.Admitted.class);
        return row;
    }

    @Test
    void aPmmlScorecardAnswersItsGoldenRowsAndItsReasons() {
        Artifact artifact = Artifact.open(card());
        assertThat(artifact.verify()).isEqualTo(new Verification.Reproduced(4));
        Contributions why = artifact.explain(row(artifact, 20, "clerk"));
        assertThat(why.parts())
                .extracting(Contributions.Part::column, Contributions.Part::value, Contributions.Part::code)
                .containsExactly(tuple("ageScore", 20.0, "A1"), tuple("jobScore", 25.0, "J1"));
        assertThat(why.base() - why.sum()).isEqualTo(115);
    }

    @Test
    void aTextFieldMustBeACategoryHere() {
        Map<String, byte[]> files = Folders.with(card(), "features.json", """
                {"features": [{"name": "job", "type": "number"}, {"name": "age", "type": "number"}]}""");
        assertThatThrownBy(() -> Artifact.open(files))
                .isInstanceOfSatisfying(
                        ArtifactException.class, e -> assertThat(e.code()).isEqualTo("inputs_mismatch"))
                .hasMessageContaining("takes a text for job");
    }

    @Test
    void aClassificationAnswersTheProbabilityOfThePositiveLabel() {
        Map<String, byte[]> files = Folders.of("model.yaml", """
                {"name": "card_loan_lr_v1.0", "format": "pmml", "file": "lr.pmml", "output": "probability",
                 "label": {"name": "bad", "definition": "90 dpd in 12 months", "positive": "bad"}}""", "features.json", """
                {"features": ["age"]}""", "lr.pmml", """
                <PMML version="4.2"><Header/>
                  <DataDictionary><DataField name="age" optype="continuous" dataType="double"/></DataDictionary>
                  <RegressionModel functionName="classification" normalizationMethod="logit">
                    <MiningSchema><MiningField name="age"/></MiningSchema>
                    <RegressionTable targetCategory="good" intercept="-1"><NumericPredictor name="age" coefficient="0.1"/></RegressionTable>
                    <RegressionTable targetCategory="bad" intercept="0"/>
                  </RegressionModel>
                </PMML>""");
        Artifact plain = Artifact.open(files);
        Prediction prediction = plain.model().predict(new double[] {30}, Deadline.NONE);
        assertThat(prediction.margins()).containsExactly(-2);
        assertThat(prediction.score()).isCloseTo(1 / (1 + Math.exp(2)), within(1e-15));
        assertThatThrownBy(() -> Artifact.open(Folders.with(
                        files,
                        "model.yaml",
                        Folders.text(files, "model.yaml").replace("\"positive\": \"bad\"", "\"positive\": \"late\""))))
                .hasMessageContaining("must be one of the model's classes [good, bad]: late");
    }

    @Test
    void theCategoriesOfACatboostFileAreFoundByTheirTexts() {
        Map<String, byte[]> files = Folders.of("model.yaml", """
                {"name": "card_loan_cat_v1.0", "format": "catboost", "file": "model.json", "output": "probability",
                 "label": {"name": "bad", "definition": "90 dpd in 12 months", "positive": "bad"}}""", "features.json", FEATURES, "model.json", """
                {"features_info": {"categorical_features": [{"feature_index": 0, "flat_feature_index": 0, "feature_id": "job",
                   "values": [5, 9], "string_values": ["clerk", "sailor"]}]},
                 "model_info": {"params": {"loss_function": {"type": "Logloss"}}},
                 "oblivious_trees": [{"leaf_values": [-1, 2], "splits": [
                   {"cat_feature_index": 0, "value": 9, "split_index": 1, "split_type": "OneHotFeature"}]}],
                 "scale_and_bias": [1, [0.5]]}""");
        Artifact artifact = Artifact.open(files);
        assertThat(artifact.score(row(artifact, 0, "sailor"), Deadline.NONE).margins())
                .containsExactly(2.5);
        assertThat(artifact.score(row(artifact, 0, "clerk"), Deadline.NONE).margins())
                .containsExactly(-0.5);
        assertThat(artifact.vector(row(artifact, 0, "cook"))).containsExactly(-1);
        assertThatThrownBy(() -> Artifact.open(Folders.with(
                        files, "features.json", FEATURES.replace("\"sailor\", \"clerk\"", "\"a\", \"b\""))))
                .hasMessageContaining("none of the categories [a, b] of job is known to the model")
                .hasMessageContaining("inputs: by_position");
    }
}
