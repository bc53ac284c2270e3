package dev.tranche.server.http;

import dev.tranche.release.VersionName;
import dev.tranche.server.journal.RawRow;
import dev.tranche.server.serving.Route;
import dev.tranche.server.serving.RouteTable;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads a request for a prediction or a score, field by field, straight into a row by position; no tree and
/// no map is built. Fields may come in any order: features that come before the product they belong to are
/// read into the row of the product that would be implied, and a second time only when another product is
/// named after them.
final class RequestReader {
    private static final JsonFactory FACTORY =
            Json.FACTORY.rebuild().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

    private final RouteTable routes;
    private final byte[] body;
    private final int length;

    private @Nullable String loanId;
    private @Nullable String unit;
    private String entity = "";
    private @Nullable String product;
    private @Nullable VersionName model;
    private boolean sawFeatures;
    private @Nullable Route rowRoute;
    private @Nullable RawRow row;

    private RequestReader(RouteTable routes, byte[] body, int length) {
        this.routes = routes;
        this.body = body;
        this.length = length;
    }

    /// A request as it was read.
    ///
    /// @param route the route of its product
    /// @param row its features
    /// @param loanId its loan id, null when absent
    /// @param unit its unit, null when absent
    /// @param entity its entity, empty when absent
    /// @param model the model name it gave, null when absent
    record Read(
            Route route,
            RawRow row,
            @Nullable String loanId,
            @Nullable String unit,
            String entity,
            @Nullable VersionName model) {

        /// The version asked for by name; null when the name names a product only.
        @Nullable
        VersionName pinned() {
            return model != null && model.major().isPresent() ? model : null;
        }
    }

    /// Reads a request.
    ///
    /// @throws ProblemException when a field is missing, unknown or of the wrong type
    /// @throws tools.jackson.core.JacksonException when it is not JSON
    static Read read(RouteTable routes, byte[] body, int length) {
        return new RequestReader(routes, body, length).read();
    }

    /// Reads a request and holds its route, which the caller releases. When the route was replaced while the
    /// request was read, the request is read again, for the route that took its place.
    ///
    /// @throws ProblemException when a field is missing, unknown or of the wrong type
    /// @throws tools.jackson.core.JacksonException when it is not JSON
    static Read held(RouteTable routes, byte[] body, int length) {
        Read read = read(routes, body, length);
        while (!read.route().hold()) {
            read = read(routes, body, length);
        }
        return read;
    }

    private Read read() {
        pass(false);
        if (!sawFeatures) {
            throw Problem.of(400, "missing_field", "the field features is missing", null, "an object of values by name")
                    .raised();
        }
        Route route = route();
        RawRow read = row;
        if (read == null || rowRoute != route) {
            rowRoute = route;
            pass(true);
            read = row;
        }
        if (read == null) {
            throw new IllegalStateException("features were seen but not read");
        }
        return new Read(route, read, loanId, unit, entity, model);
    }

    private void pass(boolean onlyFeatures) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), body, 0, length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.of(400, "malformed_json", "the body must be a JSON object", null, "{…}")
                        .raised();
            }
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                JsonToken token = in.nextToken();
                if (onlyFeatures && !name.equals("features")) {
                    in.skipChildren();
                } else {
                    field(name, token, in, onlyFeatures);
                }
            }
            if (in.nextToken() != null) {
                throw Problem.of(400, "malformed_json", "something follows the JSON object", null, "one object")
                        .raised();
            }
        }
    }

    private void field(String name, JsonToken token, JsonParser in, boolean again) {
        switch (name) {
            case "features" -> {
                if (token != JsonToken.START_OBJECT) {
                    throw wrong(name, token, in, "an object of values by name");
                }
                sawFeatures = true;
                if (!again) {
                    rowRoute = guess();
                }
                if (rowRoute == null) {
                    in.skipChildren();
                } else {
                    row = features(rowRoute, in);
                }
            }
            case "loan_id" -> loanId = identifier(name, token, in);
            case "unit" -> unit = identifier(name, token, in);
            case "entity" -> {
                String value = identifier(name, token, in);
                entity = value == null ? "" : value;
            }
            case "product" -> product = identifier(name, token, in);
            case "model", "model_id" -> {
                String value = identifier(name, token, in);
                model = value == null ? null : VersionName.parse(value);
            }
            default ->
                throw Problem.of(
                                400,
                                "unknown_field",
                                "the request has no field " + name,
                                name,
                                "features, loan_id, unit, entity, product, model, model_id")
                        .raised();
        }
    }

    /// The route that the request belongs to as far as is known; null when nothing says.
    private @Nullable Route guess() {
        if (product != null) {
            return routes.route(product);
        }
        if (model != null) {
            return routes.route(model.product());
        }
        return routes.implied().map(routes::route).orElse(null);
    }

    private Route route() {
        if (product != null && model != null && !product.equals(model.product())) {
            throw Problem.of(
                            400,
                            "contradiction",
                            "the model belongs to the product " + model.product(),
                            product,
                            model.product())
                    .raised();
        }
        Route found = guess();
        if (found != null) {
            return found;
        }
        String known = routes.all().stream().map(Route::product).toList().toString();
        if (product == null && model == null && routes.all().size() > 1) {
            throw Problem.of(
                            400,
                            "product_missing",
                            "more than one product is served, so the request must name its product",
                            null,
                            known)
                    .raised();
        }
        if (routes.all().isEmpty()) {
            throw Problem.of(503, "not_ready", "no version is live yet, so nothing can be answered")
                    .retryAfter(5)
                    .raised();
        }
        String asked = model != null ? model.toString() : String.valueOf(product);
        throw Problem.of(404, "unknown_model", "no version of this product is live: " + asked, asked, known)
                .raised();
    }

    private RawRow features(Route route, JsonParser in) {
        RawRow features = RawRow.of(route.layout());
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            JsonToken token = in.nextToken();
            int position = route.layout().position(name);
            if (position < 0) {
                in.skipChildren();
                continue;
            }
            if (features.kind(position) != RawRow.Kind.MISSING) {
                throw Problem.of(400, "duplicate_feature", "the feature " + name + " is given twice", name, "once")
                        .raised();
            }
            value(features, position, name, token, in);
        }
        return features;
    }

    @SuppressWarnings("StatementSwitchToExpressionSwitch")
    private static void value(RawRow features, int position, String name, JsonToken token, JsonParser in) {
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = in.getDoubleValue();
                if (!Double.isFinite(value)) {
                    throw Problem.of(
                                    400,
                                    "not_finite",
                                    "the feature " + name + " must be a finite number or null",
                                    in.getString(),
                                    "within ±1.797e308, or null when missing")
                            .raised();
                }
                features.number(position, value);
            }
            case VALUE_STRING -> features.text(position, in.getString());
            case VALUE_TRUE -> features.flag(position, true);
            case VALUE_FALSE -> features.flag(position, false);
            case VALUE_NULL -> {}
            case START_ARRAY -> features.items(position, copy(in));
            default -> throw wrong(name, token, in, "a number, a text, true, false, null or an array of events");
        }
    }

    private static String copy(JsonParser in) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            out.copyCurrentStructure(in);
        }
        return text.toString();
    }

    private static @Nullable String identifier(String name, JsonToken token, JsonParser in) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(name, token, in, "a text of 1..200 characters");
        }
        String value = in.getString();
        if (value.isEmpty() || value.length() > 200) {
            throw Problem.of(
                            400,
                            "invalid_field",
                            name + " must be a text of 1..200 characters: " + value.length(),
                            value,
                            "1..200 characters")
                    .raised();
        }
        return value;
    }

    private static ProblemException wrong(String name, JsonToken token, JsonParser in, String allowed) {
        String value = token.isScalarValue() ? in.getString() : token == JsonToken.START_ARRAY ? "[…]" : "{…}";
        return Problem.of(400, "wrong_type", name + " must be " + allowed, value, allowed)
                .raised();
    }
}
