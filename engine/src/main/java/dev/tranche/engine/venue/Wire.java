package dev.tranche.engine.venue;

import dev.tranche.runtime.clock.Ticks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One WebSocket from its opening to its end. What is heard goes to one hearer, on the socket's thread;
/// messages to send are handed over without waiting and written by a thread of the wire's own. The first
/// reason for its end is the one that is told.
final class Wire implements WebSocket.Listener {
    /// Hears one connection; one thread at a time.
    interface Hearer {
        /// A whole message.
        ///
        /// @param bytes never changed after this
        void heard(byte[] bytes, long nowNanos);
    }

    private static final int LONGEST = 8 << 20;
    private static final int PLACES = 4096;

    private final Ticks ticks;
    private final Hearer hearer;
    private final Frames frames = new Frames(PLACES);
    private final StringBuilder text = new StringBuilder();
    private volatile @Nullable String ended;
    private volatile long heardNanos;
    private volatile @Nullable WebSocket socket;

    private Wire(Ticks ticks, Hearer hearer) {
        this.ticks = ticks;
        this.hearer = hearer;
        this.heardNanos = ticks.nanos();
    }

    /// Connects, waiting up to `patience`.
    ///
    /// @param shown the address as it may be told: an address may hold a key
    static Wire open(HttpClient client, URI address, String shown, LinkSettings settings, Ticks ticks, Hearer hearer)
            throws VenueException, InterruptedException {
        Wire wire = new Wire(ticks, hearer);
        Duration patience = settings.patience();
        try {
            WebSocket opened = client.newWebSocketBuilder()
                    .connectTimeout(patience)
                    .buildAsync(address, wire)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            wire.socket = opened;
            Thread.ofVirtual().name("venue-writer").start(() -> wire.write(opened, patience));
            Thread.ofVirtual().name("venue-watch").start(() -> wire.watch(settings));
            return wire;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw VenueException.of("cannot connect to " + shown + ": "
                    + (cause == null ? "no reason" : cause.getClass().getSimpleName() + " " + cause.getMessage()));
        } catch (TimeoutException e) {
            throw VenueException.of("cannot connect to " + shown + " within " + patience.toMillis() + " ms");
        }
    }

    /// Hands a message over to be written; its bytes may be changed after this.
    ///
    /// @return false when it never will be
    boolean send(Ascii message) {
        return ended == null && frames.offer(message);
    }

    private void write(WebSocket to, Duration patience) {
        try {
            for (Ascii frame = frames.next(); frame != null; frame = frames.next()) {
                to.sendText(frame, true).get(patience.toMillis(), TimeUnit.MILLISECONDS);
                frames.done();
            }
        } catch (ExecutionException e) {
            end("the connection broke while it was written to");
        } catch (TimeoutException e) {
            end("a message could not be written within " + patience.toMillis() + " ms");
        } catch (InterruptedException e) {
            end("interrupted");
        }
    }

    /// Asks the other side whether it is there, and ends a connection on which nothing is heard.
    private void watch(LinkSettings settings) {
        try {
            heardNanos = ticks.nanos();
            while (ended == null) {
                TimeUnit.NANOSECONDS.sleep(settings.probe().toNanos());
                if (ticks.nanos() - heardNanos > settings.silence().toNanos()) {
                    end("nothing was heard for " + settings.silence().toMillis() + " ms");
                }
                ping();
            }
        } catch (InterruptedException e) {
            end("interrupted");
        }
    }

    private void ping() {
        WebSocket open = socket;
        if (open != null && ended == null) {
            open.sendPing(ByteBuffer.allocate(0)).exceptionally(error -> {
                // A ping or pong that is still being written is no fault of the connection: the next one tells.
                if (!(error instanceof IllegalStateException) && !(error.getCause() instanceof IllegalStateException)) {
                    end("the connection broke while it was asked for a sign of life");
                }
                return open;
            });
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        heardNanos = ticks.nanos();
        if (ended != null) {
            return null;
        }
        if (text.length() + part.length() > LONGEST) {
            end("a message is longer than " + LONGEST + " characters");
            return null;
        }
        text.append(part);
        if (last) {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            text.setLength(0);
            hearer.heard(bytes, ticks.epochNanos());
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer bytes, boolean last) {
        end("a binary frame of " + bytes.remaining() + " bytes, which the venue's protocol does not have");
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        heardNanos = ticks.nanos();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        end("the venue closed the connection (" + status + (reason.isEmpty() ? "" : " " + reason) + ")");
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end("the connection broke: " + error.getClass().getSimpleName());
    }

    /// Ends it: nothing is heard or sent any more.
    void end(String reason) {
        if (ended == null) {
            ended = reason;
        }
        frames.end();
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    /// Why it has ended; null while it has not.
    @Nullable
    String ended() {
        return ended;
    }
}
