package dev.tranche.server.protocol;

/// What a caller of the inference protocol is told when there is no answer: a kind that each transport writes
/// in its own numbers, and one sentence. It has no stack trace: it is an answer, not a defect.
public final class ProtocolException extends RuntimeException {
    /// What kind of refusal, with its HTTP status and its gRPC status code.
    public enum Kind {
        /// The request cannot be understood or breaks a rule of the protocol.
        INVALID(400, 3, "invalid"),
        /// No known token.
        UNAUTHENTICATED(401, 16, "not_authenticated"),
        /// The token lacks the role.
        DENIED(403, 7, "not_allowed"),
        /// No such model, version or door.
        UNKNOWN(404, 5, "unknown_model"),
        /// The door does not take this method.
        METHOD(405, 12, "method_not_allowed"),
        /// The state of the model forbids it.
        CONFLICT(409, 9, "conflict"),
        /// Larger than is taken.
        TOO_LARGE(413, 8, "body_too_large"),
        /// An encoding or media type that is not spoken here.
        UNSUPPORTED(415, 12, "unsupported"),
        /// The caller has used up its rate.
        LIMITED(429, 8, "rate_limit"),
        /// Something failed here that nobody foresaw.
        INTERNAL(500, 13, "internal"),
        /// Not now.
        UNAVAILABLE(503, 14, "unavailable");

        private final int http;
        private final int grpc;
        private final String code;

        Kind(int http, int grpc, String code) {
            this.http = http;
            this.grpc = grpc;
            this.code = code;
        }

        /// The HTTP status, 400..599.
        public int http() {
            return http;
        }

        /// The gRPC status code, 1..16.
        public int grpc() {
            return grpc;
        }

        /// A stable word for counters.
        public String code() {
            return code;
        }
    }

    private final Kind kind;

    private ProtocolException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /// A refusal.
    public static ProtocolException of(Kind kind, String message) {
        return new ProtocolException(kind, message);
    }

    /// A request that breaks a rule.
    public static ProtocolException invalid(String message) {
        return new ProtocolException(Kind.INVALID, message);
    }

    /// What kind.
    public Kind kind() {
        return kind;
    }

    /// The sentence for the caller.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
