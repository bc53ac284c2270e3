package dev.tranche.engine.venue;

import dev.tranche.market.order.Rejection;
import java.util.Locale;

/// What the error codes of Binance's USD-M futures mean for a desk (developers.binance.com, "Error Codes";
/// never checked against the venue).
final class BinanceCodes {
    /// The time of a request is outside the venue's window.
    static final int TIMESTAMP = -1021;

    private static final int SERVER_ERROR = 500;

    private BinanceCodes() {}

    /// Whether the error leaves open what became of the request: the venue did not hear from its own engine in
    /// time, or it has an order with this id already.
    static boolean open(int status, int code) {
        return status >= SERVER_ERROR
                || code == -1000
                || code == -1001
                || code == -1006
                || code == -1007
                || code == -4116;
    }

    /// Whether it says that we asked too much: nothing but cancels shall be sent for a while.
    static boolean tooMuch(int status, int code) {
        return status == 429 || status == 418 || code == -1003 || code == -1008 || code == -1015;
    }

    static Rejection rejection(int code, String message) {
        return switch (code) {
            case -1003, -1008, -1015 -> Rejection.RATE_LIMIT;
            case -5022 -> Rejection.WOULD_TAKE;
            case -2011, -2013 -> Rejection.NOT_OPEN;
            case -2018, -2019, -2024, -4050, -4051 -> Rejection.NO_MARGIN;
            case -2022, -4118 -> Rejection.NOT_REDUCING;
            case -1013,
                    -1102,
                    -1106,
                    -1111,
                    -1116,
                    -1121,
                    -4001,
                    -4002,
                    -4003,
                    -4004,
                    -4005,
                    -4013,
                    -4014,
                    -4015,
                    -4016,
                    -4023,
                    -4024,
                    -4131,
                    -4164 -> Rejection.BAD_ORDER;
            case -4108, -4140, -4192, -4400 -> Rejection.CLOSED;
            default ->
                message.toLowerCase(Locale.ROOT).contains("immediately match") ? Rejection.WOULD_TAKE : Rejection.OTHER;
        };
    }
}
