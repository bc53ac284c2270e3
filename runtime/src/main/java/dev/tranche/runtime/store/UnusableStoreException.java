package dev.tranche.runtime.store;

/// The database can never be used as it is: trying again will not help, somebody has to change something.
final class UnusableStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableStoreException(String message) {
        super(message);
    }
}
