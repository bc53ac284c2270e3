package dev.tranche.server.artifact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder that is not taken in, with a stable code, the offending value and what is allowed.
///
/// The doors turn it into `application/problem+json`; nothing was stored when it is thrown.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What kind of refusal: the door picks the HTTP status from it.
    public enum Kind {
        /// The bytes or a file in them cannot be understood.
        MALFORMED,
        /// Understood, but larger or deeper than is taken.
        TOO_LARGE,
        /// The name is taken by other bytes, or the version is in use.
        CONFLICT,
        /// Understood, and against a rule that is quoted.
        RULE,
        /// No such version.
        UNKNOWN,
        /// What is stored does not have the digest it was stored under.
        CORRUPT
    }

    private final Kind kind;
    private final String code;
    private final @Nullable String value;
    private final @Nullable String allowed;
    private final List<Check> checks;

    private Refused(
            Kind kind,
            String code,
            String detail,
            @Nullable String value,
            @Nullable String allowed,
            List<Check> checks,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.kind = kind;
        this.code = code;
        this.value = value;
        this.allowed = allowed;
        this.checks = List.copyOf(checks);
    }

    /// A refusal with `code` (snake_case, stable) and a sentence.
    public static Refused of(Kind kind, String code, String detail) {
        return new Refused(kind, code, detail, null, null, List.of(), null);
    }

    /// A refusal that quotes the offending value and the allowed range.
    public static Refused of(Kind kind, String code, String detail, String value, String allowed) {
        return new Refused(kind, code, detail, value, allowed, List.of(), null);
    }

    /// A refusal that follows from a lower one.
    public static Refused of(Kind kind, String code, String detail, Throwable cause) {
        return new Refused(kind, code, detail, null, null, List.of(), cause);
    }

    /// A refusal because a check of a version did not pass; the checks made so far come with it.
    public static Refused after(List<Check> checks, String code, Check failed) {
        return new Refused(Kind.RULE, code, failed.verdict().reason(), null, null, checks, null);
    }

    /// A refusal that rests on several points, told with it.
    public static Refused after(Kind kind, List<Check> points, String code, String detail) {
        return new Refused(kind, code, detail, null, null, points, null);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public @Nullable String value() {
        return value;
    }

    public @Nullable String allowed() {
        return allowed;
    }

    /// The checks that were made before the refusal, the failed one last; empty when none was.
    public List<Check> checks() {
        return checks;
    }
}
