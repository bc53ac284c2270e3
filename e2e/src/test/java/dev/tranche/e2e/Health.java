package dev.tranche.e2e;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/// What `POST /healthcheck {"component":"full"}` says.
final class Health {
    private Health() {}

    /// All components; also of a node that is down, whose answer is 503.
    static JsonNode full(Product product) {
        try {
            return product.post("/healthcheck", "{\"component\":\"full\"}").json();
        } catch (IOException e) {
            throw new AssertionError("the health door does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// `ok`, `degraded` or `down`.
    static String state(Product product, String component) {
        return full(product).path("components").path(component).path("state").asString("");
    }

    static String detail(Product product, String component) {
        return full(product).path("components").path(component).path("detail").asString("");
    }
}
