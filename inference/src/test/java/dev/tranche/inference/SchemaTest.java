package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.format.Json;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final Schema SCHEMA = schema("""
            {"features": [
              {"name": "age", "type": "number", "missing": "default", "default": 35, "range": [18, 100]},
              {"name": "purpose", "type": "category", "missing": "reject", "categories": ["radio/tv", "car"]},
              {"name": "owner", "type": "boolean"},
              {"name": "applied", "type": "date", "missing": "fallback"},
              {"name": "note", "type": "text"},
              {"name": "grade", "type": "category", "categories": ["A", "B"], "unseen": "missing"},
              {"name": "income", "type": "number", "range": [0, 1e6], "outside": "missing"},
              {"name": "queries", "type": "events", "description": "bureau queries"}
            ]}""");

    private static final String GOOD =
            "\"age\":30,\"purpose\":\"car\",\"owner\":true,\"applied\":\"2026-03-31\",\"note\":\"x\",\"grade\":\"A\","
                    + "\"income\":5,\"queries\":[]";

    private static Schema schema(String json) {
        return FeaturesFile.read(Json.parse(json).asStruct("features.json"));
    }

    private static Admission admit(String json) {
        return SCHEMA.admit(SCHEMA.read(Json.parse(json).asStruct("row")));
    }

    @Test
    void aCompleteRowIsAdmittedAsItIs() {
        assertThat(admit("{" + GOOD + "}")).isInstanceOfSatisfying(Admission.Admitted.class, admitted -> {
            assertThat(admitted.missing()).isEmpty();
            assertThat(admitted.defaulted()).isEmpty();
            FeatureRow row = admitted.row();
            assertThat(row.number(SCHEMA.position("age"))).isEqualTo(30);
            assertThat(row.number(SCHEMA.position("owner"))).isEqualTo(1);
            assertThat(row.number(SCHEMA.position("applied"))).isEqualTo(20543);
            assertThat(row.text(SCHEMA.position("purpose"))).isEqualTo("car");
            assertThat(row.toJson().canonical())
                    .isEqualTo(Json.parse("{" + GOOD + "}").canonical());
        });
    }

    @Test
    void everyMissingAndDefaultedFeatureIsNamed() {
        Admission admission = admit("{\"purpose\":\"car\",\"applied\":\"2026-03-31\",\"note\":null}");
        assertThat(admission).isInstanceOfSatisfying(Admission.Admitted.class, admitted -> {
            assertThat(admitted.missing()).containsExactly("owner", "note", "grade", "income", "queries");
            assertThat(admitted.defaulted()).containsExactly("age");
            assertThat(admitted.row().number(0)).isEqualTo(35);
        });
    }

    @Test
    void aRequiredFeatureIsRequired() {
        assertThat(admit("{\"applied\":\"2026-03-31\"}")).isEqualTo(new Admission.Rejected("purpose", "is required"));
    }

    @Test
    void aMissingFeatureMaySendTheRequestToFallbackRules() {
        assertThat(admit("{\"purpose\":\"car\"}"))
                .isInstanceOfSatisfying(
                        Admission.FallBack.class,
                        fallBack -> assertThat(fallBack.feature()).isEqualTo("applied"));
    }

    @Test
    void aRefusalOutweighsAFallback() {
        assertThat(admit("{}")).isInstanceOf(Admission.Rejected.class);
    }

    @Test
    void valuesOutsideAreRefusedOrMissingAsDeclared() {
        assertThat(admit("{" + GOOD.replace(":30", ":17.9") + "}"))
                .isEqualTo(new Admission.Rejected("age", "must be within 18.0..100.0: 17.9"));
        assertThat(admit("{" + GOOD.replace("\"car\"", "\"yacht\"") + "}"))
                .isEqualTo(new Admission.Rejected("purpose", "must be one of [radio/tv, car]: \"yacht\""));
        assertThat(admit("{" + GOOD.replace("\"A\"", "\"Z\"").replace(":5", ":-1") + "}"))
                .isInstanceOfSatisfying(
                        Admission.Admitted.class,
                        admitted -> assertThat(admitted.missing()).containsExactly("grade", "income"));
    }

    @Test
    void nothingIsConvertedSilently() {
        assertThat(admit("{\"age\":\"30\"}"))
                .isEqualTo(new Admission.Rejected("age", "takes a number, not the text \"30\""));
        assertThat(admit("{\"owner\":\"False\"}"))
                .isEqualTo(new Admission.Rejected("owner", "takes a boolean, not the text \"False\""));
        assertThat(admit("{\"owner\":1}")).isEqualTo(new Admission.Rejected("owner", "takes a boolean, not a number"));
        assertThat(admit("{\"age\":true}")).isEqualTo(new Admission.Rejected("age", "takes a number, not a boolean"));
        assertThat(admit("{\"purpose\":1}"))
                .isEqualTo(new Admission.Rejected("purpose", "takes a category, not a number"));
        assertThat(admit("{\"applied\":\"31.03.2026\"}")).isInstanceOf(Admission.Rejected.class);
        assertThat(admit("{\"applied\":\"2026-02-30\"}"))
                .isEqualTo(new Admission.Rejected("applied", "must be a date like 2026-03-31: \"2026-02-30\""));
        assertThat(admit("{\"applied\":\"-999999999-01-01\"}")).isInstanceOf(Admission.Rejected.class);
        assertThat(admit("{\"age\":[30]}")).isEqualTo(new Admission.Rejected("age", "takes a number, not an array"));
        assertThat(admit("{\"age\":1e999}")).isInstanceOf(Admission.Rejected.class);
        assertThat(admit("{\"queries\":\"[]\"}")).isInstanceOf(Admission.Rejected.class);
    }

    @Test
    void aRowIsReusedAfterClearing() {
        FeatureRow row = SCHEMA.row();
        row.text(0, "thirty");
        row.flag(2, true);
        row.clear();
        row.text(1, "car");
        row.date(3, LocalDate.of(2026, 1, 1));
        assertThat(row.missing(2)).isTrue();
        assertThat(SCHEMA.admit(row)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aRowOfAnotherSchemaIsMisuse() {
        FeatureRow stranger = Schema.of(List.of(Feature.number("x"))).row();
        assertThatThrownBy(() -> SCHEMA.admit(stranger)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlainListMeansNumbersThatMayBeMissing() {
        Schema plain = schema("{\"features\": [\"a\", \"b\"]}");
        assertThat(plain.features()).containsExactly(Feature.number("a"), Feature.number("b"));
        assertThat(plain.admit(plain.row()))
                .isInstanceOfSatisfying(
                        Admission.Admitted.class,
                        admitted -> assertThat(admitted.missing()).containsExactly("a", "b"));
    }
}
