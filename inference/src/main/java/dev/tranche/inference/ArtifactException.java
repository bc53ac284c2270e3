package dev.tranche.inference;

import org.jspecify.annotations.Nullable;

/// The bytes of an artifact are broken, hostile, or say something that is not supported.
///
/// The code is stable and for programs; the message names the value and what is allowed.
public final class ArtifactException extends RuntimeException {
    private final String code;

    private ArtifactException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// The exception with this code, for example `model_truncated`, and this message.
    public static ArtifactException of(String code, String message) {
        return new ArtifactException(code, message, null);
    }

    /// The exception with this code and message, because of what a reader stumbled over.
    public static ArtifactException of(String code, String message, Throwable cause) {
        return new ArtifactException(code, message, cause);
    }

    /// The stable code, lower case with underscores.
    public String code() {
        return code;
    }
}
