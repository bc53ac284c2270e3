package dev.tranche.engine.upstream;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// JSON for the server.
final class Texts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Texts() {}

    static String json(Map<String, String> tree) {
        return JSON.writeValueAsString(tree);
    }
}
