package dev.tranche.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a cold door answers.
public final class Reply {
    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Map<String, String> headers;

    private Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = headers;
    }

    /// 200 with a record, map or list as JSON; names of record components become snake_case, `null` fields
    /// are left out.
    public static Reply json(Object value) {
        return json(200, value);
    }

    /// Any status with a record, map or list as JSON.
    public static Reply json(int status, Object value) {
        return new Reply(status, "application/json; charset=utf-8", Json.MAPPER.writeValueAsBytes(value), Map.of());
    }

    /// 204 without a body.
    public static Reply nothing() {
        return new Reply(204, "", new byte[0], Map.of());
    }

    /// 200 with text of a media type.
    public static Reply text(String contentType, String text) {
        return new Reply(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /// 200 with bytes of a media type.
    public static Reply bytes(String contentType, byte[] bytes) {
        return new Reply(200, contentType, bytes.clone(), Map.of());
    }

    /// The same reply with one more header.
    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, Map.copyOf(more));
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    String contentType() {
        return contentType;
    }

    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
