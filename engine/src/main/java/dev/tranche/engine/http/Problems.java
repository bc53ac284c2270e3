package dev.tranche.engine.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Whatever is refused or fails is `application/problem+json` with a stable code, never a stack trace.
public final class Problems implements ServerErrorHandler {
    private static final MediaType PROBLEM = MediaType.create("application", "problem+json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Problems() {}

    /// What answers for a server's failures.
    public static Problems answering() {
        return new Problems();
    }

    /// A refusal.
    public static HttpResponse of(HttpStatus status, String code, String detail) {
        return HttpResponse.of(
                ResponseHeaders.builder(status).contentType(PROBLEM).build(),
                HttpData.ofUtf8(text(status, code, detail)));
    }

    private static String text(HttpStatus status, String code, String detail) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", "about:blank");
        tree.put("title", status.reasonPhrase());
        tree.put("status", status.code());
        tree.put("code", code);
        tree.put("detail", detail);
        return JSON.writeValueAsString(tree);
    }

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
        return null; // answered by the status below
    }

    @Override
    public AggregatedHttpResponse onProtocolViolation(
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return aggregated(status, description);
    }

    @Override
    public @Nullable AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext ctx,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return aggregated(status, description);
    }

    private static AggregatedHttpResponse aggregated(HttpStatus status, @Nullable String description) {
        String code = switch (status.code()) {
            case 400 -> "malformed";
            case 404 -> "unknown_path";
            case 405 -> "method_not_allowed";
            case 413 -> "too_large";
            case 414 -> "address_too_long";
            case 431 -> "headers_too_large";
            case 503 -> "not_available";
            default -> status.code() >= 500 ? "failed" : "refused";
        };
        String detail = description == null || description.isEmpty() ? status.reasonPhrase() : description;
        return AggregatedHttpResponse.of(
                ResponseHeaders.builder(status).contentType(PROBLEM).build(),
                HttpData.ofUtf8(text(status, code, detail)));
    }
}
