package dev.tranche.engine.trading.market;

import dev.tranche.engine.feed.Pace;
import dev.tranche.engine.feed.Tapes;
import dev.tranche.runtime.clock.Ticks;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recorded market data of several contracts, in the order in which they were received. It waits for whoever
/// takes them: nothing is left out.
public final class RecordedMarket implements MarketSource {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedMarket.class);

    private final Tapes tapes;
    private final Tapes.Taker taker;
    private final Runnable ended;
    private final Thread thread;
    private volatile String state = "not started";
    private volatile boolean playing;

    private RecordedMarket(
            List<Tapes.Tape> files, Pace pace, Ticks ticks, long after, Tapes.Taker taker, Runnable ended) {
        this.tapes = Tapes.after(files, pace, ticks, after);
        this.taker = taker;
        this.ended = ended;
        this.state = "ready to play " + files.size() + " files, " + pace;
        this.thread = Thread.ofPlatform().daemon().name("tapes").unstarted(this::run);
    }

    /// All of it.
    ///
    /// @param ended run when everything was played
    public static RecordedMarket of(List<Tapes.Tape> files, Pace pace, Ticks ticks, Tapes.Taker taker, Runnable ended) {
        return of(files, pace, ticks, Long.MIN_VALUE, taker, ended);
    }

    /// @param after what was received up to then, epoch nanoseconds, is left out
    /// @param ended run when everything was played
    public static RecordedMarket of(
            List<Tapes.Tape> files, Pace pace, Ticks ticks, long after, Tapes.Taker taker, Runnable ended) {
        return new RecordedMarket(files, pace, ticks, after, taker, ended);
    }

    private void run() {
        playing = true;
        state = "playing";
        try {
            long lines = tapes.play(taker);
            state = "all " + lines + " lines were played";
        } catch (IOException e) {
            LOG.error("tapes.failed", e);
            state = "cannot be played: " + e.getMessage();
        } catch (InterruptedException e) {
            LOG.debug("tapes.interrupted", e);
            state = "closed";
        } finally {
            playing = false;
            ended.run();
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void snapshot(int contract) {
        LOG.debug("tapes.no-fresh-snapshot contract={}", contract);
    }

    @Override
    public boolean live() {
        return false;
    }

    @Override
    public boolean connected(int contract) {
        return playing;
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public void close() {
        tapes.close();
        thread.interrupt();
    }
}
