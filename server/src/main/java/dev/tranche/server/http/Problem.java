package dev.tranche.server.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What went wrong, as the caller sees it: RFC 9457 with a stable code, the offending value and what is
/// allowed. Never a stack trace.
///
/// @param status HTTP status, 400..599
/// @param code stable code in lower case with underscores, for instance `unknown_model`
/// @param detail one sentence
/// @param value the offending value, else null
/// @param allowed what is allowed there, else null
/// @param retryAfterSeconds when to try again, 0 = not said
/// @param more further members, by name
public record Problem(
        int status,
        String code,
        String detail,
        @Nullable String value,
        @Nullable String allowed,
        int retryAfterSeconds,
        Map<String, Object> more) {

    /// The longest part of an offending value that is sent back, in characters.
    private static final int VALUE_LIMIT = 200;

    /// @throws IllegalArgumentException when the status is not one of an error
    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status of a problem must be within 400..599: " + status);
        }
        if (value != null && value.length() > VALUE_LIMIT) {
            value = value.substring(0, VALUE_LIMIT) + "…";
        }
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /// A problem without further members.
    Problem(
            int status,
            String code,
            String detail,
            @Nullable String value,
            @Nullable String allowed,
            int retryAfterSeconds) {
        this(status, code, detail, value, allowed, retryAfterSeconds, Map.of());
    }

    /// A problem without a value.
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, null, null, 0);
    }

    /// A problem with the offending value and what is allowed there.
    public static Problem of(int status, String code, String detail, @Nullable String value, String allowed) {
        return new Problem(status, code, detail, value, allowed, 0);
    }

    /// The same problem with advice when to try again.
    public Problem retryAfter(int seconds) {
        return new Problem(status, code, detail, value, allowed, seconds, more);
    }

    /// The same problem with further members.
    public Problem with(Map<String, Object> members) {
        return new Problem(status, code, detail, value, allowed, retryAfterSeconds, members);
    }

    /// An exception that carries this problem to the one place that renders it.
    public ProblemException raised() {
        return new ProblemException(this);
    }

    /// The short title of the status.
    String title() {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Not authenticated";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 409 -> "Conflict";
            case 413 -> "Too large";
            case 415 -> "Unsupported media type";
            case 422 -> "Refused";
            case 429 -> "Too many requests";
            case 503 -> "Not available now";
            default -> status >= 500 ? "Failed" : "Refused";
        };
    }
}
