package dev.tranche.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Holds real answers against the description of the doors: types, required and unknown fields, enumerations.
final class OpenApi {
    private final JsonNode description;

    OpenApi(JsonNode description) {
        this.description = description;
    }

    /// What is wrong with an answer to `method` at `path` (as the description writes it); empty when nothing
    /// is.
    List<String> wrong(String method, String path, Lab.Said said) {
        JsonNode responses = description.path("paths").path(path).path(method).path("responses");
        JsonNode described = responses.path(Integer.toString(said.status()));
        if (described.isMissingNode() && said.status() >= 400) {
            described = responses.path("default");
        }
        if (described.isMissingNode()) {
            return List.of(method + " " + path + " answers " + said.status() + ", which is not described");
        }
        List<String> wrong = new ArrayList<>();
        check(described.path("content").iterator().next().path("schema"), said.json(), path, wrong);
        return wrong;
    }

    private void check(JsonNode schema, JsonNode value, String where, List<String> wrong) {
        JsonNode resolved = schema.has("$ref")
                ? description.at(schema.path("$ref").asString().substring(1))
                : schema;
        String type = resolved.path("type").asString("");
        boolean right = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
        if (!right) {
            wrong.add(where + " is not of type " + type + ": " + value);
            return;
        }
        if (resolved.has("enum") && resolved.path("enum").valueStream().noneMatch(value::equals)) {
            wrong.add(where + " is none of " + resolved.path("enum") + ": " + value);
        }
        if (value.isArray() && resolved.has("items")) {
            value.forEach(item -> check(resolved.path("items"), item, where + "[]", wrong));
        }
        resolved.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                wrong.add(where + " lacks " + name);
            }
        });
        if (!resolved.has("properties")) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode property = resolved.path("properties").path(field.getKey());
            if (property.isMissingNode()) {
                wrong.add(where + "." + field.getKey() + " is not described");
            } else {
                check(property, field.getValue(), where + "." + field.getKey(), wrong);
            }
        }
    }
}
