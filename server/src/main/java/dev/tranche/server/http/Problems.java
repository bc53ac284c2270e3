package dev.tranche.server.http;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseCompleteException;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import dev.tranche.credit.PolicyException;
import dev.tranche.inference.ArtifactException;
import dev.tranche.runtime.store.StaleEpochException;
import dev.tranche.runtime.store.StoreUnavailableException;
import dev.tranche.server.artifact.Check;
import dev.tranche.server.artifact.Refused;
import dev.tranche.server.journal.JournalException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/// The one place where anything that went wrong becomes `application/problem+json`.
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    static final MediaType TYPE = MediaType.parse("application/problem+json");

    private static final int VALUE_LIMIT = 200;

    private Problems() {}

    /// The problem behind a failure. A failure that nobody foresaw is written to the log under an incident
    /// number, and only the number is told.
    public static Problem of(Throwable failure) {
        return switch (failure) {
            case ProblemException raised -> raised.problem();
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case ResponseCompleteException _, ClosedStreamException _ ->
                Problem.of(400, "request_aborted", "the request ended before it was read");
            case JacksonException malformed -> malformed(malformed);
            case ContentTooLargeException large ->
                Problem.of(
                        413,
                        "body_too_large",
                        "the body is larger than accepted",
                        null,
                        large.maxContentLength() + " bytes");
            case StoreUnavailableException away ->
                Problem.of(503, "store_unavailable", String.valueOf(away.getMessage()))
                        .retryAfter(5);
            case PolicyException policy -> Problem.of(422, policy.code(), String.valueOf(policy.getMessage()));
            case ArtifactException artifact -> Problem.of(422, artifact.code(), String.valueOf(artifact.getMessage()));
            case JournalException full ->
                Problem.of(503, JournalException.CODE, String.valueOf(full.getMessage()))
                        .retryAfter(5);
            case Refused refused -> refused(refused);
            case StaleEpochException moved ->
                Problem.of(503, "leader_changed", String.valueOf(moved.getMessage()))
                        .retryAfter(1);
            case IllegalArgumentException misuse ->
                Problem.of(400, "invalid_value", String.valueOf(misuse.getMessage()));
            default -> {
                String incident = UUID.randomUUID().toString();
                LOG.error("incident {}", incident, failure);
                yield Problem.of(500, "internal", "something failed here; the server's log has incident " + incident);
            }
        };
    }

    private static Problem refused(Refused refused) {
        int status = switch (refused.kind()) {
            case MALFORMED -> 400;
            case TOO_LARGE -> 413;
            case CONFLICT -> 409;
            case RULE -> 422;
            case UNKNOWN -> 404;
            case CORRUPT -> 500;
        };
        Problem problem = new Problem(
                status,
                refused.code().replace('-', '_'),
                String.valueOf(refused.getMessage()),
                refused.value(),
                refused.allowed(),
                0);
        return refused.checks().isEmpty()
                ? problem
                : problem.with(Map.of(
                        "checks", refused.checks().stream().map(Check::toTree).toList()));
    }

    /// A body that is not JSON, or deeper or longer than accepted.
    public static Problem malformed(JacksonException failure) {
        TokenStreamLocation where = failure.getLocation();
        String place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        if (failure instanceof StreamConstraintsException) {
            return Problem.of(
                    400,
                    "json_limit",
                    "the body is deeper or longer than accepted" + place,
                    failure.getOriginalMessage(),
                    "nesting up to " + Json.DEPTH_LIMIT + ", texts up to " + Json.TEXT_LIMIT
                            + " characters, numbers up to " + Json.NUMBER_LIMIT + " digits");
        }
        return Problem.of(
                400,
                "malformed_json",
                "the body is not valid JSON" + place + ": " + failure.getOriginalMessage(),
                null,
                "JSON as in RFC 8259; NaN and Infinity are not JSON, write null for a missing number");
    }

    /// A problem as bytes of JSON.
    static byte[] body(Problem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:tranche:problem:" + problem.code());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("code", problem.code());
        body.put("detail", problem.detail());
        if (problem.value() != null) {
            body.put("value", shortened(problem.value()));
        }
        if (problem.allowed() != null) {
            body.put("allowed", problem.allowed());
        }
        body.putAll(problem.more());
        return Json.MAPPER.writeValueAsBytes(body);
    }

    /// A value as it is told back: nobody gets a whole body thrown back at them.
    private static String shortened(String value) {
        return value.length() <= VALUE_LIMIT ? value : value.substring(0, VALUE_LIMIT) + "…";
    }

    /// Renders a problem.
    public static HttpResponse render(Problem problem) {
        ResponseHeadersBuilder headers =
                ResponseHeaders.builder(HttpStatus.valueOf(problem.status())).contentType(TYPE);
        if (problem.retryAfterSeconds() > 0) {
            headers.set(HttpHeaderNames.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
        }
        if (problem.status() == 401) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        return HttpResponse.of(headers.build(), HttpData.wrap(body(problem)));
    }
}
