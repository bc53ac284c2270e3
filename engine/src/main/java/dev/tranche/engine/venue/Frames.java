package dev.tranche.engine.venue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Messages that wait for the thread that writes them to a socket: a ring of a fixed number of places, whose
/// bytes are used again. Any number of threads put in without waiting, one takes out.
final class Frames {
    private final Ascii[] ring;
    private long put;
    private long taken;
    private boolean ended;

    Frames(int places) {
        ring = new Ascii[places];
        Arrays.setAll(ring, i -> new Ascii());
    }

    /// @return false when as many wait as there are places, or nothing is sent any more
    synchronized boolean offer(Ascii message) {
        if (ended || put - taken == ring.length) {
            return false;
        }
        ring[(int) (put % ring.length)].set(message.bytes, message.size);
        put++;
        if (put - taken == 1) {
            notifyAll();
        }
        return true;
    }

    /// The oldest, which stays in its place until [#done]; null when nothing is sent any more.
    synchronized @Nullable Ascii next() throws InterruptedException {
        while (put == taken && !ended) {
            wait();
        }
        return ended ? null : ring[(int) (taken % ring.length)];
    }

    synchronized void done() {
        taken++;
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
