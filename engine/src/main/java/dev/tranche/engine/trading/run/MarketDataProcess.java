package dev.tranche.engine.trading.run;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import dev.tranche.engine.trading.market.Frames;
import dev.tranche.engine.trading.market.MarketSource;
import dev.tranche.engine.trading.terms.TradingSettings;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.config.Config;
import dev.tranche.runtime.metrics.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Market data in a process of its own: reads venues or recordings and forwards each message as it came, with
/// the time at which it was received. A listener that connects gets whole books first; one that does not keep up
/// is let go and connects again. A recording begins with its first listener, where that one left off, stands while
/// nobody listens, and waits for who is slow. Thread-safe.
public final class MarketDataProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MarketDataProcess.class);
    private static final int BEHIND = 65_536;
    /// Frames of a recording that wait in a line.
    private static final int AHEAD = 256;

    private static final class Listener {
        private final HttpResponseWriter writer;
        private final AtomicInteger behind = new AtomicInteger();

        private Listener(HttpResponseWriter writer) {
            this.writer = writer;
        }

        private boolean full() {
            return behind.get() > AHEAD && !writer.whenConsumed().isDone();
        }
    }

    private final TradingSettings settings;
    private final Ticks ticks;
    private final List<MarketSource> sources = new CopyOnWriteArrayList<>();
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong lettingGo = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("market-beat").factory());
    private volatile boolean over;
    private volatile boolean closed;

    private MarketDataProcess(TradingLaunch launch, Config config, Ticks ticks) {
        this.settings = TradingSettings.of(config, launch.folder(), launch.pace());
        this.ticks = ticks;
    }

    /// Begins to read.
    @SuppressWarnings("FutureReturnValueIgnored") // a beat that fails ends with the listener
    static MarketDataProcess start(TradingLaunch launch, Config config, Ticks ticks) {
        MarketDataProcess process = new MarketDataProcess(launch, config, ticks);
        if (!process.settings.recorded()) {
            process.sources.addAll(Places.live(process.settings, process.new Forward(), ticks));
            process.sources.forEach(MarketSource::start);
        }
        process.timer.scheduleAtFixedRate(() -> process.send(Frames.beat()), 1, 1, TimeUnit.SECONDS);
        return process;
    }

    /// The first listener says where a recording begins: after what it has heard.
    private synchronized void begin(long after) {
        if (settings.recorded() && sources.isEmpty() && !closed) {
            MarketSource source = Places.recorded(settings, ticks, after, this::recorded, this::playedOut);
            sources.add(source);
            source.start();
        }
    }

    /// Nothing of a recording is played to nobody, and nothing of it faster than the slowest listener takes it.
    private boolean recorded(int contract, long received, byte[] json) throws InterruptedException {
        while ((listeners.isEmpty() || listeners.stream().anyMatch(Listener::full)) && !closed) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        send(Frames.message(contract, received, json, 0, json.length));
        return !closed;
    }

    private void playedOut() {
        LOG.info("tapes.ended");
        over = true;
        send(Frames.over());
    }

    private void send(byte[] frame) {
        messages.incrementAndGet();
        HttpData data = HttpData.wrap(frame);
        listeners.forEach(listener -> {
            int waiting = listener.writer.whenConsumed().isDone() ? 0 : listener.behind.get() + 1;
            listener.behind.set(waiting);
            if (waiting > BEHIND || !listener.writer.tryWrite(data)) {
                listeners.remove(listener);
                lettingGo.incrementAndGet();
                listener.writer.close();
            }
        });
    }

    /// The door `GET /market`.
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is to be done with a listener that has left
    HttpService stream() {
        return (ctx, _) -> {
            long after;
            try {
                after = Long.parseLong(Objects.requireNonNullElse(ctx.queryParam("after"), "0"));
            } catch (NumberFormatException e) {
                return HttpResponse.of(
                        HttpStatus.BAD_REQUEST,
                        MediaType.PLAIN_TEXT_UTF_8,
                        "after must be a time in epoch nanoseconds: " + ctx.queryParam("after"));
            }
            ctx.clearRequestTimeout();
            HttpResponseWriter writer = HttpResponse.streaming();
            writer.write(ResponseHeaders.builder(HttpStatus.OK)
                    .contentType(MediaType.OCTET_STREAM)
                    .build());
            Listener listener = new Listener(writer);
            listeners.add(listener);
            writer.whenComplete().handle((_, _) -> listeners.remove(listener));
            begin(after);
            if (over) {
                writer.write(HttpData.wrap(Frames.over()));
            }
            for (int i = 0; i < settings.contracts().size(); i++) {
                snapshot(i);
            }
            return writer;
        };
    }

    /// Asks for a whole book of a contract.
    void snapshot(int contract) {
        sources.forEach(source -> source.snapshot(contract));
    }

    /// What is wrong, one sentence each.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (settings.recorded() && sources.isEmpty()) {
            return problems; // a recording that waits for its first listener
        }
        for (int i = 0; i < settings.contracts().size(); i++) {
            int contract = i;
            if (sources.stream().noneMatch(source -> source.connected(contract))) {
                problems.add("no market data of " + settings.contracts().get(i).symbol());
            }
        }
        return problems;
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "sources",
                settings.recorded() && sources.isEmpty()
                        ? List.of("a recording that waits for its first listener")
                        : sources.stream().map(MarketSource::state).toList());
        tree.put("listeners", listeners.size());
        tree.put("messages", messages.get());
        tree.put("let_go", lettingGo.get());
        return tree;
    }

    /// What it exports.
    void meters(Metrics metrics) {
        FunctionCounter.builder("market.data.messages", messages, AtomicLong::get)
                .description("messages forwarded")
                .register(metrics.registry());
        Gauge.builder("market.data.listeners", listeners, Set::size)
                .description("processes that listen")
                .register(metrics.registry());
        Gauge.builder("market.data.up", this, each -> each.problems().isEmpty() ? 1 : 0)
                .description("1 while every contract has market data")
                .register(metrics.registry());
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        sources.forEach(MarketSource::close);
        listeners.forEach(listener -> listener.writer.close());
    }

    /// What venues say of markets goes to every listener; the rest is not asked for.
    private final class Forward implements MarketOnly {
        @Override
        public void market(long now, int contract, byte[] bytes, int from, int to) {
            send(Frames.message(contract, now, bytes, from, to));
        }

        @Override
        public void marketLost(long now, int contract) {
            send(Frames.lost(contract, now));
        }

        @Override
        public void notice(long now, int venue, String text) {
            LOG.info("venue.notice venue={} text=\"{}\"", venue, text);
        }
    }
}
