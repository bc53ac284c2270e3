package dev.tranche.cli.http;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Why something was not done, as `application/problem+json` says it (RFC 9457, with our `code`, `value`,
/// `allowed`).
///
/// @param status  the HTTP status, or 0 when the refusal was made here and not by a server
/// @param code    a stable word for scripts, may be empty
/// @param title   what kind of problem, in a few words, may be empty
/// @param detail  what is wrong this time, may be empty
/// @param value   the offending value, may be empty
/// @param allowed the allowed range or choice, may be empty
public record Problem(int status, String code, String title, String detail, String value, String allowed) {

    /// A refusal made on this side.
    public static Problem local(String code, String detail) {
        return new Problem(0, code, "", detail, "", "");
    }

    /// Reads an answer's body; a body that is no problem document becomes its detail.
    public static Problem of(int status, JsonNode body) {
        if (!body.isObject()) {
            return new Problem(status, "", "", text(body), "", "");
        }
        return new Problem(
                body.path("status").asInt(status),
                text(body.path("code")),
                text(body.path("title")),
                text(body.path("detail")),
                text(body.path("value")),
                text(body.path("allowed")));
    }

    /// The problem as sentences: what is wrong, the value, what is allowed, and a hint where one is known.
    public String sentences() {
        StringBuilder text = new StringBuilder(detail.isEmpty() ? title : detail);
        if (text.isEmpty()) {
            text.append(code.isEmpty() ? "the server answered " + status + " without a reason" : code);
        }
        if (!value.isEmpty() && !text.toString().contains(value)) {
            text.append(closed(text) ? " Got " : "; got ").append(value);
        }
        if (!allowed.isEmpty() && !text.toString().contains(allowed)) {
            text.append(closed(text) ? " Allowed: " : "; allowed: ").append(allowed);
        }
        return closed(text) ? text.toString() : text.append('.').toString();
    }

    /// What may help, or an empty text.
    public String hint() {
        return switch (status) {
            case 401 -> "Give a token with --token, TRANCHE_TOKEN, or --data with the server's data folder.";
            case 403 -> "The token's role does not allow this; `tranche token list` shows roles.";
            default -> "";
        };
    }

    /// The problem as the document it came from.
    public JsonNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("title", title.isEmpty() ? detail : title).put("status", status);
        if (!code.isEmpty()) {
            node.put("code", code);
        }
        node.put("detail", detail);
        if (!value.isEmpty()) {
            node.put("value", value);
        }
        if (!allowed.isEmpty()) {
            node.put("allowed", allowed);
        }
        return node;
    }

    private static boolean closed(StringBuilder text) {
        return !text.isEmpty() && ".!?".indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        return node.isString() ? node.stringValue().strip() : node.toString();
    }
}
