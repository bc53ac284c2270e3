package dev.tranche.engine.trading.loop;

import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.market.Side;
import dev.tranche.market.order.SomeReports;
import dev.tranche.runtime.clock.Ticks;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes back the orders of a desk that failed. A cancel may be lost on its way, and an order that was under way
/// may arrive after it, so everything is cancelled again each second and each venue is asked for the truth, until
/// two truths in a row say that none is open. Where that is not so after half a minute the lines are cut: the
/// venue's cancel-on-disconnect takes back what stands. The loop's thread alone, but for [#words].
final class TakeBack implements SomeReports {
    private static final Logger LOG = LoggerFactory.getLogger(TakeBack.class);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int ENOUGH = 2;

    private final Router router;
    private final Ticks ticks;
    private final boolean[] asked;
    private final int[] open;
    private final int[] none;
    private long begunNanos;
    private long askedNanos;
    private boolean over;
    private volatile String words = "";

    TakeBack(Router router, Ticks ticks) {
        this.router = router;
        this.ticks = ticks;
        this.asked = new boolean[router.venues()];
        this.open = new int[router.venues()];
        this.none = new int[router.venues()];
    }

    /// How far it is, for people; empty before it begins.
    String words() {
        return words;
    }

    /// The desk failed: takes everything back for the first time.
    void begin() {
        begunNanos = ticks.nanos();
        words = "its orders are being taken back";
        again();
    }

    /// Time has come this far.
    void due() {
        long nanos = ticks.nanos();
        if (over || nanos - askedNanos < AGAIN_NANOS) {
            return;
        }
        if (nanos - begunNanos < MOST_NANOS) {
            again();
            return;
        }
        over = true;
        words = "no truth showed its orders taken back: the lines are cut, for the venues to cancel on disconnect";
        LOG.error("desk.failed orders=unknown lines=cut");
        for (int venue = 0; venue < none.length; venue++) {
            if (none[venue] < ENOUGH) {
                // On a thread of its own: what a line says to the loop as its last word may wait for the loop.
                Thread.ofVirtual().name("cut").start(router.venue(venue)::close);
            }
        }
    }

    private void again() {
        askedNanos = ticks.nanos();
        for (int contract = 0; contract < router.contracts(); contract++) {
            router.cancelAll(contract);
        }
        for (int venue = 0; venue < asked.length; venue++) {
            asked[venue] = true;
            router.reconcile(venue, ticks.epochNanos());
        }
    }

    /// A venue says something.
    ///
    /// @param report as [ReportCodec] writes it
    void hear(long now, ByteBuffer report) {
        if (!over) {
            ReportCodec.decode(now, report, this);
        }
    }

    @Override
    public void truth(long nowNanos, int venue, long asOfNanos) {
        open[venue] = 0;
    }

    @Override
    public void openOrder(
            long nowNanos, long orderId, int contract, Side side, long priceTicks, long quantityLots, long filledLots) {
        open[router.venueOf(contract)]++;
    }

    @Override
    public void truthEnds(long nowNanos, int venue) {
        if (!asked[venue]) {
            return; // answers that no new question is behind say nothing new
        }
        asked[venue] = false;
        none[venue] = open[venue] == 0 ? none[venue] + 1 : 0;
        over = true;
        for (int each : none) {
            over &= each >= ENOUGH;
        }
        if (over) {
            words = "the venues have none of its orders any more";
            LOG.warn("desk.failed orders=none-open");
        }
    }
}
