package dev.tranche.engine.trading.market;

import dev.tranche.engine.feed.Backoff;
import dev.tranche.engine.venue.GatewayInbox;
import dev.tranche.runtime.clock.Ticks;
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
/// whole book of every contract comes first; a lost line is told as lost market data of every contract.
public final class ForwardedMarket implements MarketSource {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedMarket.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI address;
    private final String token;
    private final int contracts;
    private final GatewayInbox to;
    private final Ticks ticks;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean up;
    private volatile String state = "not started";

    private ForwardedMarket(URI address, String token, int contracts, GatewayInbox to, Ticks ticks) {
        this.address = address;
        this.token = token;
        this.contracts = contracts;
        this.to = to;
        this.ticks = ticks;
        this.thread = Thread.ofPlatform().daemon().name("market-forwarded").unstarted(this::run);
    }

    /// @param address of the process that serves market data
    /// @param contracts how many there are; both processes have the same list
    public static ForwardedMarket of(URI address, String token, int contracts, GatewayInbox to, Ticks ticks) {
        return new ForwardedMarket(address, token, contracts, to, ticks);
    }

    private void run() {
        Backoff wait = Backoff.of(Duration.ofMillis(100), Duration.ofSeconds(5), new Random());
        try {
            while (!closed) {
                try {
                    connection(wait);
                } catch (IOException e) {
                    LOG.warn("market-data.away url={}", address, e);
                    state = "cannot read " + address + ": " + e.getMessage();
                }
                if (up) {
                    up = false;
                    for (int i = 0; i < contracts; i++) {
                        to.marketLost(ticks.epochNanos(), i);
                    }
                }
                TimeUnit.NANOSECONDS.sleep(wait.next().toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("market-data.closed", e);
        }
    }

    private void connection(Backoff wait) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/market"))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(answer.body(), 1 << 16))) {
            if (answer.statusCode() != 200) {
                throw new IOException(address + " answers with " + answer.statusCode());
            }
            up = true;
            state = "connected";
            wait.reset();
            while (!closed) {
                Frames.Frame frame = Frames.read(in);
                if (frame.contract() < 0) {
                    continue;
                }
                if (frame.contract() >= contracts) {
                    throw new IOException("the process there has other contracts: " + frame.contract());
                }
                if (frame.lost()) {
                    to.marketLost(frame.received(), frame.contract());
                } else {
                    byte[] message = frame.message();
                    to.market(frame.received(), frame.contract(), message, 0, message.length);
                }
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
