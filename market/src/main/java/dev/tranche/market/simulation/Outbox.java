package dev.tranche.market.simulation;

import dev.tranche.market.Side;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.Rejection;
import java.util.random.RandomGenerator;

/// What a venue says of our orders, on its way to us. While nobody can hear the venue, what it says is lost.
final class Outbox {
    private static final int ACCEPTED = 0;
    private static final int REJECTED = 1;
    private static final int AMENDED = 2;
    private static final int AMEND_REFUSED = 3;
    private static final int CANCEL_REFUSED = 4;
    private static final int CANCELLED = 5;
    private static final int FILLED = 6;
    private static final int FUNDING = 7;
    private static final int SETTLED = 8;
    private static final int CONNECTED = 9;
    private static final int DISCONNECTED = 10;
    private static final int TRUTH = 11;
    private static final int OPEN_ORDER = 12;
    private static final int POSITION = 13;
    private static final int TRUTH_ENDS = 14;

    private final Lane lane = new Lane();
    private final long[] row = new long[Lane.WORDS];
    private final int venue;
    private final Latency response;
    private final RandomGenerator chance;
    private final Moment moment;
    private boolean heard = true;

    Outbox(int venue, Latency response, RandomGenerator chance, Moment moment) {
        this.venue = venue;
        this.response = response;
        this.chance = chance;
        this.moment = moment;
    }

    long due() {
        return lane.due();
    }

    boolean heard() {
        return heard;
    }

    void accepted(long id, int contract) {
        say(ACCEPTED, id, contract, 0, 0, 0, 0, 0, 0);
    }

    void rejected(long id, int contract, Rejection why) {
        say(REJECTED, id, contract, Codes.of(why), 0, 0, 0, 0, 0);
    }

    void amended(long id, int contract, long ticks, long lots) {
        say(AMENDED, id, contract, ticks, lots, 0, 0, 0, 0);
    }

    void amendRefused(long id, int contract, Rejection why) {
        say(AMEND_REFUSED, id, contract, Codes.of(why), 0, 0, 0, 0, 0);
    }

    void cancelRefused(long id, int contract, Rejection why) {
        say(CANCEL_REFUSED, id, contract, Codes.of(why), 0, 0, 0, 0, 0);
    }

    void cancelled(long id, int contract, long filled) {
        say(CANCELLED, id, contract, filled, 0, 0, 0, 0, 0);
    }

    void filled(long id, int contract, long trade, Side side, long ticks, long lots, long fee, boolean maker) {
        say(FILLED, id, contract, trade, Codes.of(side), ticks, lots, fee, maker ? 1 : 0);
    }

    void funding(int contract, long dueNanos, long paid) {
        say(FUNDING, 0, contract, dueNanos, paid, 0, 0, 0, 0);
    }

    void settled(int contract, long ticks) {
        say(SETTLED, 0, contract, ticks, 0, 0, 0, 0, 0);
    }

    void truth(long asOfNanos) {
        say(TRUTH, 0, 0, asOfNanos, 0, 0, 0, 0, 0);
    }

    void openOrder(Resting order, int contract) {
        say(OPEN_ORDER, order.id, contract, Codes.of(order.side), order.ticks, order.lots, order.filled, 0, 0);
    }

    void position(int contract, long lots) {
        say(POSITION, 0, contract, lots, 0, 0, 0, 0, 0);
    }

    void truthEnds() {
        say(TRUTH_ENDS, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /// What is under way and what follows is lost, but this word.
    void disconnect() {
        lane.clear();
        moment.due(lane.send(moment.now, DISCONNECTED, 0, 0, 0, 0, 0, 0, 0, 0));
        heard = false;
    }

    void connect() {
        moment.due(lane.send(moment.now, CONNECTED, 0, 0, 0, 0, 0, 0, 0, 0));
        heard = true;
    }

    private void say(int kind, long id, int contract, long a, long b, long c, long d, long e, long f) {
        if (heard) {
            moment.due(lane.send(moment.now + response.draw(chance), kind, id, contract, a, b, c, d, e, f));
        }
    }

    /// Tells what is due first.
    void deliver(long now, OrderReports out) {
        lane.receive(row);
        long id = row[1];
        int contract = (int) row[2];
        switch ((int) row[0]) {
            case ACCEPTED -> out.accepted(now, id, contract);
            case REJECTED -> out.rejected(now, id, contract, Codes.rejection(row[3]));
            case AMENDED -> out.amended(now, id, contract, row[3], row[4]);
            case AMEND_REFUSED -> out.amendRefused(now, id, contract, Codes.rejection(row[3]));
            case CANCEL_REFUSED -> out.cancelRefused(now, id, contract, Codes.rejection(row[3]));
            case CANCELLED -> out.cancelled(now, id, contract, row[3]);
            case FILLED ->
                out.filled(now, id, contract, row[3], Codes.side(row[4]), row[5], row[6], row[7], row[8] != 0);
            case FUNDING -> out.funding(now, contract, row[3], row[4]);
            case SETTLED -> out.settled(now, contract, row[3]);
            case CONNECTED -> out.connected(now, venue);
            case DISCONNECTED -> out.disconnected(now, venue);
            case TRUTH -> out.truth(now, venue, row[3]);
            case OPEN_ORDER -> out.openOrder(now, id, contract, Codes.side(row[3]), row[4], row[5], row[6]);
            case POSITION -> out.position(now, contract, row[3]);
            case TRUTH_ENDS -> out.truthEnds(now, venue);
            default -> throw new IllegalStateException("no such report: " + row[0]);
        }
    }
}
