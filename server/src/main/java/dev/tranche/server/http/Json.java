package dev.tranche.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The JSON forms of the doors. Depth, text and number lengths are bounded before anything is built from them.
public final class Json {
    /// Deepest nesting accepted; a request needs three levels.
    public static final int DEPTH_LIMIT = 64;

    /// Longest single text accepted, in characters.
    public static final int TEXT_LIMIT = 1 << 20;

    /// Longest number accepted, in digits.
    public static final int NUMBER_LIMIT = 100;

    /// Longest field name accepted, in characters.
    public static final int NAME_LIMIT = 1000;

    /// Makes parsers for the hot doors.
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_LIMIT)
                    .maxStringLength(TEXT_LIMIT)
                    .maxNumberLength(NUMBER_LIMIT)
                    .maxNameLength(NAME_LIMIT)
                    .build())
            .build();

    /// Reads and writes records, maps and trees for the cold doors: snake_case, no nulls, repeated fields
    /// refused.
    public static final JsonMapper MAPPER = JsonMapper.builder(FACTORY.rebuild()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultPropertyInclusion(old -> old.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}
}
