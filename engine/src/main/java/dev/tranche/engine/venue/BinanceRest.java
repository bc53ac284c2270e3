package dev.tranche.engine.venue;

import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Requests to Binance's REST interface, public or signed, one at a time for each caller, who waits. Knows the
/// venue's clock and when it last said that we ask too much. Thread-safe.
final class BinanceRest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MILLION = 1_000_000;
    private static final int LONGEST = 16 << 20;
    private static final int OK = 200;

    private final BinanceSettings settings;
    private final Optional<Credentials> credentials;
    private final HttpClient client;
    private final Ticks ticks;
    private volatile long offsetMillis;
    private volatile long coolUntilNanos;

    BinanceRest(BinanceSettings settings, Optional<Credentials> credentials, HttpClient client, Ticks ticks) {
        this.settings = settings;
        this.credentials = credentials;
        this.client = client;
        this.ticks = ticks;
        this.coolUntilNanos = ticks.nanos();
    }

    /// The venue's time, as far as we know it.
    long millis() {
        return ticks.epochNanos() / MILLION + offsetMillis;
    }

    /// Asks the venue what time it is.
    void clock() throws VenueException, InterruptedException {
        long before = ticks.epochNanos() / MILLION;
        long theirs = get("/fapi/v1/time", "").path("serverTime").asLong();
        offsetMillis = theirs - (before + ticks.epochNanos() / MILLION) / 2;
    }

    boolean cooling() {
        return ticks.nanos() < coolUntilNanos;
    }

    /// Nothing but cancels is sent for so long.
    void cool(long seconds) {
        coolUntilNanos = ticks.nanos() + TimeUnit.SECONDS.toNanos(Math.max(1, seconds));
    }

    JsonNode get(String path, String query) throws VenueException, InterruptedException {
        return parse(bytes(path, query), path);
    }

    /// The bytes of an answer as they came.
    byte[] bytes(String path, String query) throws VenueException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path, query)).GET(), path);
    }

    /// With our key and no signature, as listen keys are asked for.
    JsonNode keyed(String method, String path) throws VenueException, InterruptedException {
        return parse(send(keyed(at(path, "")).method(method, HttpRequest.BodyPublishers.noBody()), path), path);
    }

    JsonNode signed(String method, String path, String query) throws VenueException, InterruptedException {
        String all =
                (query.isEmpty() ? "" : query + "&") + "recvWindow=" + settings.window() + "&timestamp=" + millis();
        String signature = credentials
                .orElseThrow(() -> new IllegalStateException("there are no credentials"))
                .signature(all);
        HttpRequest.Builder request = keyed(at(path, all + "&signature=" + signature));
        return parse(send(request.method(method, HttpRequest.BodyPublishers.noBody()), path), path);
    }

    private HttpRequest.Builder keyed(URI address) {
        String key = credentials
                .orElseThrow(() -> new IllegalStateException("there are no credentials"))
                .key();
        return HttpRequest.newBuilder(address).header("X-MBX-APIKEY", key);
    }

    private URI at(String path, String query) {
        return settings.rest().resolve(query.isEmpty() ? path : path + "?" + query);
    }

    private byte[] send(HttpRequest.Builder request, String path) throws VenueException, InterruptedException {
        HttpResponse<byte[]> answer;
        try {
            answer = client.send(
                    request.timeout(settings.link().patience()).build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST));
        } catch (IOException e) {
            throw VenueException.of(path + " was not answered: " + e.getClass().getSimpleName());
        }
        if (answer.statusCode() == OK) {
            return answer.body();
        }
        if (BinanceCodes.tooMuch(answer.statusCode(), 0)) {
            cool(answer.headers()
                    .firstValue("Retry-After")
                    .filter(text -> text.matches("[0-9]{1,6}"))
                    .map(Long::parseLong)
                    .orElse(1L));
        }
        JsonNode error = words(answer.body());
        throw VenueException.refused(
                path,
                error.path("code").asInt(VenueException.NO_CODE),
                error.path("msg").asString("status " + answer.statusCode()));
    }

    private static JsonNode words(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static JsonNode parse(byte[] body, String path) throws VenueException {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw VenueException.of(path + " was answered with " + body.length + " bytes that are no JSON");
        }
    }

    static JsonNode parse(byte[] message) {
        return JSON.readTree(message);
    }
}
