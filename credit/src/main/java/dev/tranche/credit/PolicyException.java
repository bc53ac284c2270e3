package dev.tranche.credit;

import dev.tranche.inference.format.JsonException;

/// A policy file that cannot be accepted. The message names the entry, its value and what is allowed there.
public final class PolicyException extends RuntimeException {

    /// The code that goes into `application/problem+json`.
    public static final String CODE = "policy_invalid";

    PolicyException(String message) {
        super(message);
    }

    /// What is broken below the policy's own rules.
    PolicyException(JsonException cause) {
        super(cause.getMessage(), cause);
    }

    /// The stable code of this error: always [#CODE].
    public String code() {
        return CODE;
    }
}
