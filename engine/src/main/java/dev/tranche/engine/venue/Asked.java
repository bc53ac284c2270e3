package dev.tranche.engine.venue;

/// What the venue was asked and has not answered: by the number of the request, the order and what was wanted
/// of it. A ring: a request that was never answered is forgotten when as many newer ones were made as there
/// are places. Thread-safe by a short lock; nothing is allocated.
final class Asked {
    static final int NOTHING = 0;
    static final int PLACE = 1;
    static final int AMEND = 2;
    static final int CANCEL = 3;
    static final int CANCEL_ALL = 4;
    private static final int PLACES = 1 << 14;

    private final long[] requests = new long[PLACES];
    private final long[] orders = new long[PLACES];
    private final int[] contracts = new int[PLACES];
    private final int[] kinds = new int[PLACES];
    private long last;

    /// The number for a new request.
    synchronized long next(int kind, long orderId, int contract) {
        long request = ++last;
        int at = (int) (request & (PLACES - 1));
        requests[at] = request;
        orders[at] = orderId;
        contracts[at] = contract;
        kinds[at] = kind;
        return request;
    }

    /// What was asked for with this number; [#NOTHING] when that is not known (any more).
    synchronized int kind(long request) {
        return known(request) ? kinds[at(request)] : NOTHING;
    }

    synchronized long order(long request) {
        return known(request) ? orders[at(request)] : 0;
    }

    synchronized int contract(long request) {
        return known(request) ? contracts[at(request)] : -1;
    }

    /// Whether something was ever asked with this number: an answer may come twice.
    synchronized boolean was(long request) {
        return request > 0 && request <= last;
    }

    /// It was answered.
    synchronized void done(long request) {
        if (known(request)) {
            kinds[at(request)] = NOTHING;
        }
    }

    /// The connection is gone: nothing of what was asked will be answered.
    synchronized void forget() {
        for (int i = 0; i < PLACES; i++) {
            kinds[i] = NOTHING;
        }
    }

    private boolean known(long request) {
        return request > 0 && requests[at(request)] == request;
    }

    private static int at(long request) {
        return (int) (request & (PLACES - 1));
    }
}
