package dev.tranche.engine.feed;

import dev.tranche.runtime.clock.Ticks;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One connection: joins fragments to messages, hands them over, and tells when the connection ended.
/// Pings are answered by the JDK's client.
final class VenueSocket implements WebSocket.Listener {
    private final Inbox inbox;
    private final Ticks ticks;
    private final BlockingQueue<VenueEvent> events;
    private final StringBuilder text = new StringBuilder();
    private volatile boolean ended;
    private volatile long heardNanos;

    VenueSocket(Inbox inbox, Ticks ticks, BlockingQueue<VenueEvent> events) {
        this.inbox = inbox;
        this.ticks = ticks;
        this.events = events;
        this.heardNanos = ticks.nanos();
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        heardNanos = ticks.nanos();
        if (ended) {
            return null;
        }
        if (text.length() + part.length() > Lines.LONGEST) {
            end("a message is longer than " + Lines.LONGEST + " characters");
            socket.abort();
            return null;
        }
        text.append(part);
        if (last) {
            byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
            text.setLength(0);
            inbox.offer(new Arrival.Message(json, ticks.epochNanos(), heardNanos));
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        heardNanos = ticks.nanos();
        inbox.offer(new Arrival.Unreadable("a binary frame of " + data.remaining() + " bytes", heardNanos));
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        end("the venue closed the connection (" + status + (reason.isEmpty() ? "" : " " + reason) + ")");
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end("the connection broke: " + error);
    }

    /// Nothing of this connection is handed over any more.
    void end(String reason) {
        if (!ended) {
            ended = true;
            events.add(new VenueEvent.Over(reason, this));
        }
    }

    /// When something last came, by the monotonic clock. A ping counts as well as a message would, but
    /// the JDK's client does not pass it on when it answers by itself, so only messages are seen.
    long heardNanos() {
        return heardNanos;
    }
}
