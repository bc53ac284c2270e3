package dev.tranche.server.protocol;

import dev.tranche.server.Examples;
import dev.tranche.server.TestServer;
import dev.tranche.server.TestServer.Got;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Inference requests of the shipped credit example.
public final class Asked {
    public static final String PRODUCT = "consumer_apply";
    public static final String INFER = "/v2/models/consumer_apply/infer";
    private static final List<String> NUMBERS = List.of(
            "duration",
            "credit_amount",
            "installment_commitment",
            "residence_since",
            "age",
            "existing_credits",
            "num_dependents");

    private Asked() {}

    /// The features of the first applicants, one object each.
    public static List<JsonNode> applicants(int count) {
        List<JsonNode> rows = new ArrayList<>();
        List<String> all = Examples.applicants();
        for (int i = 0; i < count; i++) {
            rows.add(TestServer.JSON.readTree(all.get(i % all.size())));
        }
        return rows;
    }

    /// The names of the features, numbers as FP64 and the rest as BYTES.
    public static boolean number(String feature) {
        return NUMBERS.contains(feature);
    }

    /// A request with one tensor for each feature.
    public static ObjectNode request(List<JsonNode> rows) {
        ObjectNode request = TestServer.JSON.createObjectNode();
        ArrayNode inputs = request.putArray("inputs");
        for (Map.Entry<String, JsonNode> feature : rows.getFirst().properties()) {
            ObjectNode input = inputs.addObject();
            input.put("name", feature.getKey());
            input.put("datatype", number(feature.getKey()) ? "FP64" : "BYTES");
            input.putArray("shape").add(rows.size());
            ArrayNode data = input.putArray("data");
            rows.forEach(row -> data.add(
                    row.path(feature.getKey()).isMissingNode()
                            ? TestServer.JSON.nullNode()
                            : row.path(feature.getKey())));
        }
        return request;
    }

    public static ObjectNode request(int rows) {
        return request(applicants(rows));
    }

    /// One input of a request.
    public static ObjectNode input(ObjectNode request, String name) {
        for (JsonNode input : request.path("inputs")) {
            if (input.path("name").asString().equals(name)) {
                return (ObjectNode) input;
            }
        }
        throw new IllegalArgumentException("the request has no input " + name);
    }

    /// The data of one output of an answer.
    public static JsonNode output(Got got, String name) {
        for (JsonNode output : got.json().path("outputs")) {
            if (output.path("name").asString().equals(name)) {
                return output.path("data");
            }
        }
        throw new AssertionError("no output " + name + " in " + got.body());
    }
}
