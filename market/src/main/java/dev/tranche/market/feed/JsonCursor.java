package dev.tranche.market.feed;

/// Walks over the bytes of one JSON text without making anything of it: finds where strings and numbers begin
/// and end, and skips what nobody asks for. Bytes that are no JSON make it stop: every step returns false
/// from then on, and [#at] stays where it was. Depth is bounded; nothing is allocated.
final class JsonCursor {
    private static final int DEEPEST = 32;
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int at;
    private int end;
    private boolean stopped;
    private int valueFrom;
    private int valueTo;

    void begin(byte[] text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
        stopped = false;
    }

    /// Where the walk is, or where it stopped.
    int at() {
        return at;
    }

    /// Whether it stopped because the text ends too early.
    boolean ranOut() {
        return stopped && at >= end;
    }

    /// Start of the last string (inside its quotes) or bare value.
    int valueFrom() {
        return valueFrom;
    }

    int valueTo() {
        return valueTo;
    }

    /// The next byte that is no white space, not consumed; 0 at the end.
    byte peek() {
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
        return at < end ? bytes[at] : 0;
    }

    /// Consumes one byte that must come.
    boolean take(char wanted) {
        if (stopped || peek() != wanted) {
            return stop();
        }
        at++;
        return true;
    }

    /// Consumes one byte if it comes.
    boolean takeIf(char wanted) {
        if (stopped || peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /// Nothing but white space is left.
    boolean done() {
        return !stopped && peek() == 0 && at >= end;
    }

    /// A string; its content lies in `[valueFrom, valueTo)`, escapes as they stand.
    boolean string() {
        if (!take('"')) {
            return false;
        }
        int i = at;
        while (i < end) {
            byte c = bytes[i];
            if (c == '"') {
                valueFrom = at;
                valueTo = i;
                at = i + 1;
                return true;
            }
            if (c >= 0 && c < ' ') {
                break;
            }
            i += c == '\\' ? 2 : 1;
        }
        at = Math.min(i, end);
        return stop();
    }

    /// A string, a number or a literal.
    boolean scalar() {
        if (stopped) {
            return false;
        }
        if (peek() == '"') {
            return string();
        }
        int from = at;
        while (at < end && isBare(bytes[at])) {
            at++;
        }
        valueFrom = from;
        valueTo = at;
        return at > from || stop();
    }

    /// Any value, passed over.
    boolean skip() {
        byte first = peek();
        if (stopped || (first != '{' && first != '[')) {
            return scalar();
        }
        int depth = 0;
        long objects = 0;
        do {
            byte c = peek();
            if (c == '{' || c == '[') {
                if (++depth > DEEPEST) {
                    return stop();
                }
                objects = (objects << 1) | (c == '{' ? 1 : 0);
                at++;
            } else if (c == '}' || c == ']') {
                if ((objects & 1) != (c == '}' ? 1 : 0)) {
                    return stop();
                }
                objects >>>= 1;
                depth--;
                at++;
            } else if (c == ',' || c == ':') {
                at++;
            } else if (!scalar()) {
                return false;
            }
        } while (depth > 0);
        return true;
    }

    private boolean stop() {
        stopped = true;
        return false;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isBare(byte c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '+'
                || c == '.';
    }
}
