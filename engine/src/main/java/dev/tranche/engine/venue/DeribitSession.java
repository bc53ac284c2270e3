package dev.tranche.engine.venue;

import dev.tranche.runtime.clock.Ticks;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What both of our connections to Deribit need: requests with answers, the venue's clock, authentication and
/// its renewal, heartbeats, subscriptions.
final class DeribitSession {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Ascii HERE =
            new Ascii().add("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"public/test\",\"params\":{}}");
    private static final SecureRandom NONCES = new SecureRandom();
    private static final int BATCH = 100;
    private static final long MILLION = 1_000_000;

    private final DeribitSettings settings;
    private final Optional<Credentials> credentials;
    private final Ticks ticks;
    private final Calls calls = new Calls();
    private String refresh = "";
    private long renewNanos = Long.MAX_VALUE;
    private long offsetMillis;

    DeribitSession(DeribitSettings settings, Optional<Credentials> credentials, Ticks ticks) {
        this.settings = settings;
        this.credentials = credentials;
        this.ticks = ticks;
    }

    static ObjectNode parameters() {
        return JSON.createObjectNode();
    }

    static JsonNode parse(byte[] bytes) {
        return JSON.readTree(bytes);
    }

    /// The venue's time less ours, the venue's wait for a heartbeat, and who we are.
    void begin(Wire wire) throws VenueException, InterruptedException {
        long before = ticks.epochNanos() / MILLION;
        long theirs = ask(wire, "public/get_time", parameters()).asLong();
        offsetMillis = theirs - (before + ticks.epochNanos() / MILLION) / 2;
        ask(
                wire,
                "public/set_heartbeat",
                parameters().put("interval", settings.heartbeat().toSeconds()));
        if (credentials.isPresent()) {
            authenticate(wire, credentials.get());
        }
    }

    private void authenticate(Wire wire, Credentials who) throws VenueException, InterruptedException {
        long now = ticks.epochNanos() / MILLION + offsetMillis;
        String nonce = Long.toHexString(NONCES.nextLong());
        adopt(ask(
                wire,
                "public/auth",
                parameters()
                        .put("grant_type", "client_signature")
                        .put("client_id", who.key())
                        .put("timestamp", now)
                        .put("nonce", nonce)
                        .put("data", "")
                        .put("signature", who.signature(now + "\n" + nonce + "\n"))));
    }

    private void adopt(JsonNode granted) throws VenueException {
        if (!granted.has("access_token")) {
            throw VenueException.of("the venue granted no access");
        }
        refresh = granted.path("refresh_token").asString("");
        long seconds = Math.max(1, granted.path("expires_in").asLong(900));
        renewNanos = ticks.nanos() + TimeUnit.SECONDS.toNanos(seconds) * 4 / 5;
    }

    /// Renews the authentication before it ends.
    void due(Wire wire) throws VenueException, InterruptedException {
        if (ticks.nanos() > renewNanos) {
            renewNanos = Long.MAX_VALUE;
            adopt(ask(
                    wire,
                    "public/auth",
                    parameters().put("grant_type", "refresh_token").put("refresh_token", refresh)));
        }
    }

    JsonNode ask(Wire wire, String method, ObjectNode parameters) throws VenueException, InterruptedException {
        return ask(wire, method, parameters, answer -> {});
    }

    /// The result of a request.
    ///
    /// @param atOnce is given the whole answer on the thread that hears, before what came after it
    JsonNode ask(Wire wire, String method, ObjectNode parameters, Consumer<JsonNode> atOnce)
            throws VenueException, InterruptedException {
        ObjectNode request = JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
        request.set("params", parameters);
        JsonNode answer =
                calls.ask(wire, request, method, settings.link().patience().toMillis(), atOnce);
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            throw VenueException.refused(
                    method, error.path("code").asInt(), error.path("message").asString(""));
        }
        return answer.path("result");
    }

    void subscribe(Wire wire, String method, List<String> channels) throws VenueException, InterruptedException {
        for (int from = 0; from < channels.size(); from += BATCH) {
            List<String> batch = channels.subList(from, Math.min(channels.size(), from + BATCH));
            Set<String> got = new HashSet<>();
            ask(wire, method, channels(batch)).forEach(channel -> got.add(channel.asString("")));
            List<String> missing = new ArrayList<>(batch);
            missing.removeAll(got);
            if (!missing.isEmpty()) {
                throw VenueException.of("the venue did not subscribe us to " + missing);
            }
        }
    }

    static ObjectNode channels(List<String> channels) {
        ObjectNode parameters = parameters();
        ArrayNode all = parameters.putArray("channels");
        channels.forEach(all::add);
        return parameters;
    }

    /// Whether a message is an answer to [#ask] or a heartbeat, which it then has dealt with.
    boolean deals(Wire wire, JsonNode message) {
        if (message.has("id")) {
            long id = message.path("id").asLong(0);
            return id == 0 || calls.answered(id, message);
        }
        if (!message.path("method").asString("").equals("heartbeat")) {
            return false;
        }
        if (message.path("params").path("type").asString("").equals("test_request")) {
            wire.send(HERE);
        }
        return true;
    }
}
