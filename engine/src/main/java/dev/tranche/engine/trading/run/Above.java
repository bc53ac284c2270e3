package dev.tranche.engine.trading.run;

import dev.tranche.engine.signal.Mode;
import dev.tranche.engine.trading.status.DeskFrame;
import dev.tranche.engine.upstream.ServerException;
import dev.tranche.engine.upstream.TrancheServer;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.metrics.LatencySnapshot;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Tells the server above once a second how the desk does: its status for people, lines of measurements for
/// gates and guards, and the breaker as a signal for each running strategy's product, which is tried again until
/// it is taken. The desk never waits for it.
final class Above implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Above.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_WAITING = 6000;
    private static final int MOST_AT_ONCE = 500;
    private static final long LONGEST_SPAN = 60_000;

    private record Series(int place, String version, int contract) {}

    private static final class Past {
        private DeskFrame.QuoteLine line;
        private LatencySnapshot latency;
        private long events;
        private long sequence;
        private long atNanos;

        private Past(DeskFrame.QuoteLine line, LatencySnapshot latency, long events, long atNanos) {
            this.line = line;
            this.latency = latency;
            this.events = events;
            this.atNanos = atNanos;
        }
    }

    private final TrancheServer server;
    private final DeskProcess desk;
    private final String name;
    private final String sender;
    private final Ticks ticks;
    private final Map<Series, Past> past = new HashMap<>();
    private final Map<Series, Double> morning = new HashMap<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<String, BreakerState> signals = new LinkedHashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean away;
    /// The server did not take a signal: it is tried again after a pause. The thread's own.
    private boolean refused;
    private @Nullable LocalDate day;

    private Above(TrancheServer server, DeskProcess desk, String name, String sender, Ticks ticks) {
        this.server = server;
        this.desk = desk;
        this.name = name;
        this.sender = sender;
        this.ticks = ticks;
        this.thread = Thread.ofPlatform().daemon().name("above").unstarted(this::run);
    }

    /// Begins to tell.
    ///
    /// @param name of the desk
    /// @param sender another one at each start
    static Above start(TrancheServer server, DeskProcess desk, String name, String sender, Ticks ticks) {
        Above above = new Above(server, desk, name, sender, ticks);
        if (!desk.settings().shadow()) {
            desk.onBreaker(above::breaker);
        }
        above.thread.start();
        return above;
    }

    private void breaker(BreakerState after, String why, List<String> products) {
        synchronized (signals) {
            products.forEach(product -> {
                signals.remove(product);
                signals.put(product, after);
            });
            signals.notifyAll();
        }
    }

    private void run() {
        try {
            begin();
            while (!closed) {
                synchronized (signals) {
                    if (signals.isEmpty() || refused) {
                        signals.wait(TimeUnit.SECONDS.toMillis(1));
                    }
                }
                tell();
                if (away) {
                    TimeUnit.MILLISECONDS.sleep(500);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("above.ended", e);
        }
    }

    /// What cannot be told now is told the next time; nothing that goes wrong here ends the telling.
    private void tell() throws InterruptedException {
        refused = false;
        try {
            signal();
            measure();
            send();
            status();
        } catch (RuntimeException e) {
            LOG.error("above.failed", e);
            refused = true;
        }
    }

    /// A desk that comes back says where its breaker stands: the server may not have heard it.
    private void begin() throws InterruptedException {
        if (desk.settings().shadow()) {
            return; // a breaker on paper halts nothing that is live: its measurements tell it
        }
        while (desk.board().frame().isEmpty() && !closed) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        desk.board()
                .frame()
                .ifPresent(frame ->
                        breaker(frame.breaker(), frame.breakerWhy(), desk.feed().products()));
    }

    private void signal() throws InterruptedException {
        Map<String, BreakerState> due;
        synchronized (signals) {
            due = new LinkedHashMap<>(signals);
        }
        for (Map.Entry<String, BreakerState> each : due.entrySet()) {
            try {
                server.post(
                        "/api/v1/signals",
                        "application/json",
                        JSON.writeValueAsString(Map.of(
                                "product", each.getKey(),
                                "name", "breaker",
                                "state", each.getValue().name())));
                away = false;
            } catch (ServerException e) {
                LOG.warn("signal.refused product={} state={}", each.getKey(), each.getValue(), e);
                if (e.status() / 100 == 5 || e.status() == 401 || e.status() == 403) {
                    refused = true;
                    continue; // tried again
                }
            } catch (IOException e) {
                gone(e);
                return;
            }
            synchronized (signals) {
                signals.remove(each.getKey(), each.getValue());
            }
        }
    }

    private void gone(IOException e) {
        if (!away) {
            LOG.warn("server.away url={}", server.base(), e);
        }
        away = true;
    }

    private void measure() {
        Instant now = ticks.now();
        long nanos = ticks.nanos();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        boolean dawn = !today.equals(day);
        day = today;
        desk.board().frame().ifPresent(frame -> {
            LatencySnapshot latency = desk.counts().orElseThrow().quote();
            for (DeskFrame.QuoteLine line : frame.quotes()) {
                Series series = new Series(
                        line.place(),
                        desk.feed()
                                .at(line.place())
                                .map(StrategyFeed.InForce::name)
                                .orElse(""),
                        line.contract());
                if (series.version().isEmpty()) {
                    continue;
                }
                if (dawn || !morning.containsKey(series)) {
                    morning.put(series, line.total());
                }
                Past before = past.get(series);
                if (before == null) {
                    past.put(series, new Past(line, latency, frame.inputs(), nanos));
                    continue;
                }
                before.sequence++;
                wait(line(series, before, line, frame, latency, nanos, now));
                before.line = line;
                before.latency = latency;
                before.events = frame.inputs();
                before.atNanos = nanos;
            }
        });
    }

    private String line(
            Series series,
            Past before,
            DeskFrame.QuoteLine line,
            DeskFrame frame,
            LatencySnapshot latency,
            long nanos,
            Instant now) {
        Runtime runtime = Runtime.getRuntime();
        double memory = (double) (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory();
        long span = Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos - before.atNanos), 1, LONGEST_SPAN);
        boolean halted = frame.breaker().compareTo(BreakerState.RESTRICTED) >= 0;
        boolean up = (!line.pulled() || halted) && !desk.detached() && !desk.failed();
        String product = desk.feed()
                .at(series.place())
                .map(StrategyFeed.InForce::product)
                .orElse(name);
        StringBuilder text = new StringBuilder(256);
        text.append("tranche_desk,product=").append(product);
        text.append(",version=").append(series.version());
        text.append(",entity=")
                .append(desk.settings().contracts().get(series.contract()).symbol());
        text.append(",mode=")
                .append((desk.settings().shadow() ? Mode.SHADOW : Mode.LIVE).word())
                .append(",sender=")
                .append(sender);
        text.append(" seq=").append(before.sequence).append("i,events=");
        text.append(Math.max(0, frame.inputs() - before.events))
                .append("i,errors=0i,span_ms=")
                .append(span);
        text.append("i,up=").append(up);
        text.append(",quotes=").append(line.changes() - before.line.changes());
        text.append("i,fills=").append(line.fills() - before.line.fills());
        text.append("i,refusals=").append(line.refusals() - before.line.refusals());
        text.append("i,quote_latency=\"").append(latency.minus(before.latency).text());
        text.append("\",memory_used=").append(memory);
        double drawdown = frame.risk().drawdown();
        if (Double.isFinite(drawdown)) {
            text.append(",drawdown=").append(Math.clamp(drawdown, 0, 10));
        }
        double pnl = line.total() - morning.getOrDefault(series, line.total());
        if (Double.isFinite(pnl)) {
            text.append(",pnl=").append(pnl);
        }
        text.append(",breaker=\"").append(frame.breaker().name()).append("\" ");
        return text.append(now.toEpochMilli()).toString();
    }

    private void wait(String line) {
        lines.addLast(line);
        if (lines.size() > MOST_WAITING) {
            lines.removeFirst();
        }
    }

    private void send() throws InterruptedException {
        while (!lines.isEmpty() && !closed) {
            List<String> batch = lines.stream().limit(MOST_AT_ONCE).toList();
            try {
                server.post("/write?precision=ms", "text/plain; charset=utf-8", String.join("\n", batch) + "\n");
                away = false;
            } catch (ServerException e) {
                if (!e.code().equals("partial_write")) {
                    gone(e);
                    return;
                }
                LOG.warn("measurements.refused", e);
            } catch (IOException e) {
                gone(e);
                return;
            }
            for (int i = 0; i < batch.size(); i++) {
                lines.removeFirst();
            }
        }
    }

    private void status() throws InterruptedException {
        try {
            server.post(
                    "/api/v1/desks/" + name,
                    "application/json",
                    JSON.writeValueAsString(desk.board().tree()));
        } catch (ServerException e) {
            LOG.warn("status.refused", e);
        } catch (IOException e) {
            gone(e);
        }
    }

    /// Whether the server did not answer the last time.
    boolean away() {
        return away;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
