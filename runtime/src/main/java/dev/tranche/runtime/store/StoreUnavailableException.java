package dev.tranche.runtime.store;

import org.jspecify.annotations.Nullable;

/// The database cannot be reached now. Whether a transaction that was under way was committed is unknown:
/// read before repeating it.
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
