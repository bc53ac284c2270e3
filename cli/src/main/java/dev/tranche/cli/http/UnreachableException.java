package dev.tranche.cli.http;

import java.net.URI;

/// Nobody answered at the address, or not in time: exit code 3.
public final class UnreachableException extends RuntimeException {

    static UnreachableException at(URI address, String why, Throwable cause) {
        return new UnreachableException("no answer from " + address + ": " + why, cause);
    }

    private UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
