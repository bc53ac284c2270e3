package dev.tranche.engine.trading.market;

import dev.tranche.engine.feed.Backoff;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Market data that another process reads and forwards: one stream of all contracts. After each connection a
/// whole book of every contract comes first where the source has one; a lost line is told as lost market data of
/// every contract. Each connection says up to when messages were heard: a recording that has not begun goes on there.
public final class ForwardedMarket implements MarketSource {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedMarket.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /// Takes what came over the line. Called by one thread.
    public interface Taker {
        /// A message; whether to go on.
        boolean message(int contract, long received, byte[] bytes) throws InterruptedException;

        /// Messages of a contract are missing.
        ///
        /// @param received when that was known, epoch nanoseconds; 0 when nobody said it
        void lost(int contract, long received);

        /// A recording has been played.
        void over();
    }

    private final URI address;
    private final String token;
    private final int contracts;
    private final Taker to;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean up;
    private long heard;
    private boolean away;
    private volatile String state = "not started";

    private ForwardedMarket(URI address, String token, int contracts, long heard, Taker to) {
        this.address = address;
        this.token = token;
        this.contracts = contracts;
        this.heard = heard;
        this.to = to;
        this.thread = Thread.ofPlatform().daemon().name("market-forwarded").unstarted(this::run);
    }

    /// @param address of the process that serves market data
    /// @param contracts how many there are; both processes have the same list
    /// @param heard when the last message was received that needs not come again, epoch nanoseconds
    public static ForwardedMarket of(URI address, String token, int contracts, long heard, Taker to) {
        return new ForwardedMarket(address, token, contracts, heard, to);
    }

    private void run() {
        Backoff wait = Backoff.of(Duration.ofMillis(100), LONGEST_WAIT, new Random());
        try {
            while (!closed) {
                try {
                    connection(wait);
                } catch (IOException e) {
                    if (!away) {
                        LOG.warn("market-data.away url={}", address, e);
                    }
                    away = true;
                    state = "cannot read " + address + ": " + e.getMessage();
                }
                if (up) {
                    up = false;
                    for (int i = 0; i < contracts; i++) {
                        to.lost(i, 0);
                    }
                }
                TimeUnit.NANOSECONDS.sleep(wait.next().toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("market-data.closed", e);
        }
    }

    private void connection(Backoff wait) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/market?after=" + heard))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(answer.body(), 1 << 16))) {
            if (answer.statusCode() != 200) {
                throw new IOException(address + " answers with " + answer.statusCode());
            }
            up = true;
            away = false;
            state = "connected";
            wait.reset();
            while (!closed) {
                Frames.Frame frame = Frames.read(in);
                if (frame.kind() == Frames.OVER) {
                    state = "everything recorded was played";
                    to.over();
                }
                if (frame.contract() < 0) {
                    continue;
                }
                if (frame.contract() >= contracts) {
                    throw new IOException("the process there has other contracts: " + frame.contract());
                }
                if (frame.kind() == Frames.LOST) {
                    to.lost(frame.contract(), frame.received());
                    continue;
                }
                if (!to.message(frame.contract(), frame.received(), frame.message())) {
                    return;
                }
                heard = Math.max(heard, frame.received());
            }
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void snapshot(int contract) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/v1/market/snapshot"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"contract\":" + contract + "}"))
                .build();
        Thread.ofVirtual().start(() -> {
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                LOG.debug("snapshot.not-asked contract={}", contract, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public boolean connected(int contract) {
        return up;
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        client.shutdownNow();
    }
}
