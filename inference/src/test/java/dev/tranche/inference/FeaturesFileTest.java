package dev.tranche.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturesFileTest {
    private static Feature feature(String json) {
        return FeaturesFile.read(Json.parse("{\"features\":[" + json + "]}").asStruct("features.json"))
                .feature(0);
    }

    @Test
    void readsDefaultsByType() {
        assertThat(feature("{\"name\":\"x\",\"type\":\"boolean\",\"missing\":\"default\",\"default\":true}")
                        .whenMissing())
                .isEqualTo(new WhenMissing.UseNumber(1));
        assertThat(feature("{\"name\":\"x\",\"type\":\"date\",\"missing\":\"default\",\"default\":\"1970-01-11\"}")
                        .whenMissing())
                .isEqualTo(new WhenMissing.UseNumber(10));
        assertThat(feature("{\"name\":\"x\",\"type\":\"text\",\"missing\":\"default\",\"default\":\"none\"}")
                        .whenMissing())
                .isEqualTo(new WhenMissing.UseText("none"));
        assertThat(feature("{\"name\":\"x\",\"type\":\"events\",\"missing\":\"default\",\"default\":[]}")
                        .whenMissing())
                .isEqualTo(new WhenMissing.UseText("[]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"type":"number"}                                                  | needs the key "name"
            {"name":"x"}                                                       | needs the key "type"
            {"name":"","type":"number"}                                        | at least one character
            {"name":"x","type":"integer"}                                      | must be number, boolean
            {"name":"x","type":"number","unsen":"reject"}                      | has no key "unsen"
            {"name":"x","type":"number","missing":"ignore"}                    | must be one of [allow, default, reject
            {"name":"x","type":"number","missing":"default"}                   | default must be there
            {"name":"x","type":"number","default":3}                           | default must be there
            {"name":"x","type":"number","missing":"default","default":"3"}     | must be a number
            {"name":"x","type":"number","missing":"default","default":3,"range":[0,1]} | within the feature's own range
            {"name":"x","type":"number","range":[1,0]}                         | [low, high]
            {"name":"x","type":"number","range":[1]}                           | [low, high]
            {"name":"x","type":"text","range":[0,1]}                           | [low, high]
            {"name":"x","type":"text","categories":["a"]}                      | type category
            {"name":"x","type":"category","categories":["a","a"]}              | a appears twice
            {"name":"x","type":"category","unseen":"ignore"}                   | must be one of [missing, reject, allow]
            "x","x"                                                            | x appears twice
            7                                                                  | must be an object
            """)
    void refusesWhatItDoesNotUnderstand(String json, String message) {
        assertThatThrownBy(() -> feature(json))
                .isInstanceOfAny(JsonException.class, IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnEmptyList() {
        assertThatThrownBy(
                        () -> FeaturesFile.read(Json.parse("{\"features\":[]}").asStruct("features.json")))
                .hasMessageContaining("at least one feature");
    }
}
