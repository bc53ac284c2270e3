package dev.tranche.server.protocol;

import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Event lists that come as the text of a JSON array in an element of BYTES.
final class EventsText {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(100)
                    .maxNameLength(1000)
                    .build())
            .build();

    private EventsText() {}

    /// The array without whitespace; empty when the text is not one JSON array.
    static Optional<String> canonical(String text) {
        StringWriter written = new StringWriter();
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text);
                JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), written)) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                return Optional.empty();
            }
            out.copyCurrentStructure(in);
            if (in.nextToken() != null) {
                return Optional.empty();
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return Optional.of(written.toString());
    }
}
