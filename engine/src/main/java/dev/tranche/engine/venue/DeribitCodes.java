package dev.tranche.engine.venue;

import dev.tranche.market.order.Rejection;
import java.util.Locale;

/// What Deribit's error codes mean for a desk (docs.deribit.com, "Error codes"; checked against two other
/// public lists, never against the venue).
final class DeribitCodes {
    private DeribitCodes() {}

    /// Whether the error leaves open what became of the request: a general failure, an internal error, a timeout.
    static boolean open(int code) {
        return code == 10001 || code == 11094 || code == 13888 || code == 13503 || code == -32000 || code == -32603;
    }

    /// Whether it says that we asked too much: nothing but cancels shall be sent for a while.
    static boolean tooMuch(int code) {
        return code == 10028 || code == 10047 || code == 10066;
    }

    static Rejection rejection(int code, String message) {
        return switch (code) {
            case 10028, 10047, 10066 -> Rejection.RATE_LIMIT;
            case 11054, 11055 -> Rejection.WOULD_TAKE;
            case 10009, 10037, 10039 -> Rejection.NO_MARGIN;
            case 10004, 10010, 11008, 11044 -> Rejection.NOT_OPEN;
            case 10012, 10041, 11051, 13028, 11045, 11047 -> Rejection.CLOSED;
            case 10002,
                    10005,
                    10006,
                    10007,
                    10011,
                    10021,
                    10022,
                    10023,
                    10026,
                    10027,
                    10031,
                    10032,
                    10043,
                    11029,
                    -32602 -> Rejection.BAD_ORDER;
            default -> byMessage(message.toLowerCase(Locale.ROOT));
        };
    }

    private static Rejection byMessage(String message) {
        if (message.contains("mmp")) {
            return Rejection.PROTECTION;
        }
        if (message.contains("reduce_only") || message.contains("reduce only")) {
            return Rejection.NOT_REDUCING;
        }
        return message.contains("settlement") || message.contains("closed") ? Rejection.CLOSED : Rejection.OTHER;
    }
}
