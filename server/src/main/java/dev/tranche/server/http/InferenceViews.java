package dev.tranche.server.http;

import com.linecorp.armeria.common.HttpMethod;
import dev.tranche.server.http.InferenceDoor.Way;
import dev.tranche.server.protocol.Gate;
import dev.tranche.server.protocol.Gate.Right;
import dev.tranche.server.protocol.Inference;
import dev.tranche.server.protocol.Library;
import dev.tranche.server.protocol.Metadata;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.ProtocolException.Kind;
import dev.tranche.server.protocol.Statistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The doors beneath `/v2` that answer no inference: health, metadata, statistics and the model repository.
final class InferenceViews {
    private static final String MODELS = "/v2/models";
    private static final String REPOSITORY = "/v2/repository";
    private static final String HEALTH = "/v2/health";

    /// Answers a call whose body was read.
    @FunctionalInterface
    interface View {
        Reply answer(Way way, Gate.@Nullable Caller caller, byte[] body);
    }

    private final Inference inference;
    private final Gate gate;

    InferenceViews(Inference inference, Gate gate) {
        this.inference = inference;
        this.gate = gate;
    }

    /// The way that a path shows.
    ///
    /// @param path its segments behind `/v2`
    /// @throws ProtocolException when no door is there
    Way way(List<String> path) {
        if (path.isEmpty()) {
            return open("/v2", (_, _, _) -> Reply.json(server()));
        }
        return switch (path.getFirst()) {
            case "health" -> health(path);
            case "models" -> model(path);
            case "repository" -> repository(path);
            default -> throw nothing(path);
        };
    }

    private Way health(List<String> path) {
        return switch (String.join("/", path)) {
            case "health/live" -> open(HEALTH, (_, _, _) -> Reply.json(Map.of("live", true)));
            case "health/ready" ->
                open(HEALTH, (_, _, _) -> Reply.json(gate.ready() ? 200 : 503, Map.of("ready", gate.ready())));
            default -> throw nothing(path);
        };
    }

    private static ProtocolException nothing(List<String> path) {
        return ProtocolException.of(Kind.UNKNOWN, "there is no door here: /v2/" + String.join("/", path));
    }

    private static Way open(String name, View view) {
        return new Way(name, HttpMethod.GET, null, view, "", null);
    }

    private static Map<String, Object> server() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", Metadata.SERVER);
        answer.put("version", Metadata.version());
        answer.put("extensions", Metadata.EXTENSIONS);
        return answer;
    }

    /// `models/stats`, `models/{m}[/versions/{v}][/ready|stats|infer]`.
    private Way model(List<String> path) {
        if (path.equals(List.of("models", "stats"))) {
            return look("", null, this::statistics);
        }
        if (path.size() < 2 || path.get(1).isEmpty()) {
            throw nothing(path);
        }
        String model = path.get(1);
        boolean versioned = path.size() >= 4 && path.get(2).equals("versions");
        String version = versioned ? path.get(3) : null;
        if (versioned && path.get(3).isEmpty()) {
            throw nothing(path);
        }
        List<String> rest = path.subList(versioned ? 4 : 2, path.size());
        if (rest.isEmpty()) {
            return look(model, version, this::metadata);
        }
        return switch (String.join("/", rest)) {
            case "ready" -> look(model, version, this::ready);
            case "stats" -> look(model, version, this::statistics);
            case "infer" -> new Way(MODELS + "/infer", HttpMethod.POST, Right.INFER, null, model, version);
            default -> throw nothing(path);
        };
    }

    private static Way look(String model, @Nullable String version, View view) {
        return new Way(MODELS, HttpMethod.GET, Right.LOOK, view, model, version);
    }

    /// `repository/index`, `repository/models/{m}/load|unload`.
    private Way repository(List<String> path) {
        if (path.equals(List.of("repository", "index"))) {
            return new Way(REPOSITORY, HttpMethod.POST, Right.LOOK, this::index, "", null);
        }
        if (path.size() == 4 && path.get(1).equals("models")) {
            return switch (path.get(3)) {
                case "load" -> operate(path.get(2), this::load);
                case "unload" -> operate(path.get(2), this::unload);
                default -> throw nothing(path);
            };
        }
        throw nothing(path);
    }

    private static Way operate(String model, View view) {
        return new Way(REPOSITORY, HttpMethod.POST, Right.OPERATE, view, model, null);
    }

    private Reply metadata(Way way, Gate.@Nullable Caller caller, byte[] body) {
        return Reply.json(inference.describe(way.model(), way.version()));
    }

    private Reply ready(Way way, Gate.@Nullable Caller caller, byte[] body) {
        inference.library().target(way.model(), way.version());
        if (!gate.ready()) {
            throw ProtocolException.of(Kind.UNAVAILABLE, "this node wants no requests now");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", way.model());
        answer.put("ready", true);
        return Reply.json(answer);
    }

    private Reply statistics(Way way, Gate.@Nullable Caller caller, byte[] body) {
        return Reply.json(Map.of(
                "model_stats",
                inference.statistics(way.model(), way.version()).stream()
                        .map(InferenceViews::statistics)
                        .toList()));
    }

    private static Map<String, Object> statistics(Statistics.Model model) {
        Map<String, Object> spans = new LinkedHashMap<>();
        spans.put("success", model.success());
        spans.put("fail", model.fail());
        spans.put("queue", model.queue());
        spans.put("compute_input", model.computeInput());
        spans.put("compute_infer", model.computeInfer());
        spans.put("compute_output", model.computeOutput());
        spans.put("cache_hit", Statistics.Span.NONE);
        spans.put("cache_miss", Statistics.Span.NONE);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", model.name());
        view.put("version", model.version());
        view.put("last_inference", model.lastInference());
        view.put("inference_count", model.inferenceCount());
        view.put("execution_count", model.executionCount());
        view.put("inference_stats", spans);
        view.put("batch_stats", List.of());
        return view;
    }

    private Reply index(Way way, Gate.@Nullable Caller caller, byte[] body) {
        boolean readyOnly = object(body).path("ready").asBoolean(false);
        return Reply.json(inference.library().index(readyOnly).stream()
                .map(InferenceViews::entry)
                .toList());
    }

    private static Map<String, Object> entry(Library.Entry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", entry.name());
        view.put("version", entry.version());
        view.put("state", entry.state().name());
        view.put("reason", entry.reason());
        return view;
    }

    private Reply load(Way way, Gate.@Nullable Caller caller, byte[] body) {
        if (!object(body).path("parameters").isEmpty()) {
            throw ProtocolException.invalid("load takes no parameters: a model is what was registered, by POST"
                    + " /api/v1/versions, and never what a request carries");
        }
        inference.library().load(way.model(), known(caller));
        return Reply.json(Map.of());
    }

    private Reply unload(Way way, Gate.@Nullable Caller caller, byte[] body) {
        object(body);
        inference.library().unload(way.model(), known(caller));
        return Reply.json(Map.of());
    }

    private static Gate.Caller known(Gate.@Nullable Caller caller) {
        if (caller == null) {
            throw new IllegalStateException("nobody operates without a token");
        }
        return caller;
    }

    /// The body as an object; an empty body is an empty object.
    private static JsonNode object(byte[] body) {
        if (body.length == 0) {
            return Json.MAPPER.createObjectNode();
        }
        JsonNode node = Json.MAPPER.readTree(body);
        if (!node.isObject()) {
            throw ProtocolException.invalid("the body must be a JSON object");
        }
        return node;
    }
}
