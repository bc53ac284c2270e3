package dev.tranche.inference.format;

/// The text is not the JSON that its reader expects; the message names the place and what is allowed there.
public final class JsonException extends RuntimeException {
    public JsonException(String message) {
        super(message);
    }

    public JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
