package dev.tranche.server.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.tranche.server.bodies.Bodies;
import org.jspecify.annotations.Nullable;

/// Renders what the HTTP library refuses before a door sees it (no such path, wrong method, a body over the
/// limit) in the same form as every other problem.
final class ProtocolErrors implements ServerErrorHandler {
    /// Such a request came to no door, or the library turned it away at one.
    private static final String DOOR = "none";

    private final Refusals refusals;

    ProtocolErrors(Refusals refusals) {
        this.refusals = refusals;
    }

    /// Beneath `/v2` errors have the form of the inference protocol.
    private static boolean speaksInference(@Nullable RequestHeaders headers) {
        return headers != null
                && (headers.path().equals("/v2") || headers.path().startsWith("/v2/"));
    }

    @Override
    public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
        return switch (cause) {
            case HttpResponseException given -> given.httpResponse();
            case HttpStatusException refused ->
                refusals.render(
                        DOOR,
                        problem(
                                refused.httpStatus().code(),
                                ctx.request().headers(),
                                Bodies.limit(ctx.config().maxRequestLength())));
            case RequestTimeoutException late ->
                refusals.render(
                        DOOR,
                        Problem.of(503, "timeout", "the request took too long: " + late.getMessage())
                                .retryAfter(1));
            default -> refusals.render(DOOR, Problems.of(cause));
        };
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext ctx,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        Problem problem = problem(status.code(), headers, Bodies.limit(config.maxRequestLength()));
        refusals.count(DOOR, problem);
        if (speaksInference(headers)) {
            return AggregatedHttpResponse.of(
                    ResponseHeaders.builder(status)
                            .contentType(MediaType.JSON_UTF_8)
                            .build(),
                    HttpData.wrap(InferenceDoor.error(problem.detail())));
        }
        return AggregatedHttpResponse.of(
                ResponseHeaders.builder(status).contentType(Problems.TYPE).build(),
                HttpData.wrap(Problems.body(problem)));
    }

    private static Problem problem(int status, @Nullable RequestHeaders headers, long limit) {
        String asked = headers == null ? null : headers.method() + " " + headers.path();
        return switch (status) {
            case 404 -> new Problem(404, "not_found", "there is no door here", asked, null, 0);
            case 405 -> new Problem(405, "method_not_allowed", "this door does not take this method", asked, null, 0);
            case 413 -> Problem.of(413, "body_too_large", "the body is larger than accepted", null, limit + " bytes");
            default -> Problem.of(Math.max(400, status), "http_" + status, "the request could not be understood");
        };
    }
}
