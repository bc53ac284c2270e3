package dev.tranche.server.http;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One call at a cold door, with its body read.
///
/// @param path the path parameters by name
/// @param query the query parameters by name (the first value of each)
/// @param contentType the media type of the body in lower case without parameters, empty when not said
/// @param body the body
/// @param caller who asks
public record Call(
        Map<String, String> path, Map<String, String> query, String contentType, Body body, Principal caller) {

    /// A request body; a class of its own because arrays do not belong in records.
    public static final class Body {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        /// The bytes; not to be written to.
        public byte[] bytes() {
            return bytes;
        }

        /// The body as a JSON object.
        ///
        /// @throws ProblemException 400 when it is not a JSON object
        public JsonNode object() {
            try {
                JsonNode node = Json.MAPPER.readTree(bytes);
                if (!node.isObject()) {
                    throw Problem.of(
                                    400,
                                    "malformed_json",
                                    "the body must be a JSON object",
                                    node.getNodeType().name(),
                                    "{…}")
                            .raised();
                }
                return node;
            } catch (JacksonException e) {
                throw Problems.malformed(e).raised();
            }
        }
    }

    /// A path parameter.
    ///
    /// @throws IllegalArgumentException when the path has no such parameter
    public String segment(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("path has no parameter " + name);
        }
        return value;
    }

    /// A query parameter, when given.
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// A whole number from the query.
    ///
    /// @param whenAbsent the value when the parameter is not given
    /// @throws ProblemException 400 when it is not a whole number within the range
    public int number(String name, int whenAbsent, int least, int most) {
        String text = query.get(name);
        if (text == null) {
            return whenAbsent;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw outside(name, text, least, most);
        }
        throw outside(name, text, least, most);
    }

    private static ProblemException outside(String name, String text, int least, int most) {
        return Problem.of(
                        400,
                        "invalid_parameter",
                        name + " must be a whole number within " + least + ".." + most,
                        text,
                        least + ".." + most)
                .raised();
    }
}
