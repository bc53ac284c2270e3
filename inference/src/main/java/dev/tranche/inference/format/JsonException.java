package dev.tranche.inference.format;

import org.jspecify.annotations.Nullable;

/// The text is not the JSON that its reader expects; the message names the place and what is allowed there.
public final class JsonException extends RuntimeException {
    private JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The exception with this message.
    public static JsonException of(String message) {
        return new JsonException(message, null);
    }

    /// The exception with this message, because of what a parser stumbled over.
    public static JsonException of(String message, Throwable cause) {
        return new JsonException(message, cause);
    }
}
