package dev.tranche.server.http;

import dev.tranche.runtime.metrics.Metrics;
import dev.tranche.server.serving.RouteTable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The doors that say how this node is: `GET /health`, `POST /healthcheck`, `GET /metrics`. Open without a
/// token.
public final class HealthDoors {
    private HealthDoors() {}

    /// Hangs the doors.
    public static void hang(Doors doors, Health health, Readiness readiness, RouteTable routes, Metrics metrics) {
        doors.get("/health", null, _ -> health(readiness, routes));
        doors.post("/healthcheck", null, call -> healthcheck(call, health));
        doors.get("/metrics", null, _ -> Reply.text(Metrics.CONTENT_TYPE, metrics.scrape()));
    }

    /// Seed 004 §8.3.1: `status` is `ok` and `model_loaded` true when it can answer; 503 when this node wants
    /// no requests.
    private static Reply health(Readiness readiness, RouteTable routes) {
        boolean ready = readiness.state() == Readiness.State.READY;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", ready ? "ok" : readiness.state().name().toLowerCase(Locale.ROOT));
        answer.put("model_loaded", !routes.all().isEmpty());
        return Reply.json(ready ? 200 : 503, answer);
    }

    /// Seed 001 §3.2: `{"component": "full"}` checks everything, another name checks one component.
    private static Reply healthcheck(Call call, Health health) {
        JsonNode asked = call.body().object().path("component");
        Map<String, Health.Component> found = health.check();
        String component = asked.isMissingNode() ? "full" : asked.asString("");
        if (!component.equals("full")) {
            Health.Component one = found.get(component);
            if (one == null) {
                throw Problem.of(
                                404,
                                "unknown_component",
                                "there is no component " + component,
                                component,
                                "full, " + String.join(", ", found.keySet()))
                        .raised();
            }
            found = Map.of(component, one);
        }
        Health.State worst = Health.worst(found);
        Map<String, Object> components = new LinkedHashMap<>();
        found.forEach((name, state) -> {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("state", word(state.state()));
            view.put("detail", state.detail());
            components.put(name, view);
        });
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", word(worst));
        answer.put("components", components);
        return Reply.json(worst == Health.State.DOWN ? 503 : 200, answer);
    }

    private static String word(Health.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
