package dev.tranche.engine.trading.status;

import dev.tranche.engine.trading.loop.LoopCounts;
import dev.tranche.engine.venue.Gateway;
import dev.tranche.engine.venue.Link;
import dev.tranche.market.contract.Contracts;
import dev.tranche.runtime.clock.Epoch;
import dev.tranche.runtime.metrics.LatencySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The status of a desk as `docs/reference/desk-status.md` says it, made of the newest frame of the loop and of
/// what stands around it. Thread-safe.
public final class StatusBoard {
    private static final double NANOS_A_MICRO = 1000;
    private static final long NANOS_A_MILLI = 1_000_000;

    /// What stands around the desk.
    public interface Surroundings {
        /// Why the process is not simply trading; empty when it is: STARTING, STOPPING, ENDED, DETACHED, FAILED.
        Optional<State> state();

        /// Where the journal ends, how large it is, whether it is full.
        Map<String, Object> journalTree();

        /// How the server above does; empty without one.
        Map<String, Object> server();

        /// What a version in force at a place is: product, digest, mode.
        Map<String, String> version(int place);

        /// Whether a venue's protection for market makers is triggered: quotes are refused until it is reset.
        boolean triggered(int venue);

        /// What a version of the spread model of a strategy's product is called; empty for none.
        String spread(int place);
    }

    /// What a process does, and why, in words.
    public record State(String word, String why) {}

    private final String desk;
    private final String engine;
    private final Contracts contracts;
    private final String started;
    private final List<Gateway> gateways;
    private final List<String> kinds;
    private final Supplier<Optional<LoopCounts>> counts;
    private final Surroundings around;
    private final AtomicLong seq = new AtomicLong();
    private volatile @Nullable DeskFrame frame;

    private StatusBoard(
            String desk,
            String engine,
            Contracts contracts,
            String started,
            List<Gateway> gateways,
            List<String> kinds,
            Supplier<Optional<LoopCounts>> counts,
            Surroundings around) {
        this.desk = desk;
        this.engine = engine;
        this.contracts = contracts;
        this.started = started;
        this.gateways = gateways;
        this.kinds = kinds;
        this.counts = counts;
        this.around = around;
    }

    /// A board that shows nothing yet.
    ///
    /// @param gateways in the order of the venues
    /// @param kinds of the venues
    public static StatusBoard of(
            String desk,
            String engine,
            Contracts contracts,
            String started,
            List<Gateway> gateways,
            List<String> kinds,
            Supplier<Optional<LoopCounts>> counts,
            Surroundings around) {
        return new StatusBoard(
                desk, engine, contracts, started, List.copyOf(gateways), List.copyOf(kinds), counts, around);
    }

    /// The loop's newest.
    public void show(DeskFrame newest) {
        frame = newest;
    }

    /// The newest frame; empty before the first.
    public Optional<DeskFrame> frame() {
        return Optional.ofNullable(frame);
    }

    /// What the process does, in one word and in words.
    public State state() {
        DeskFrame now = frame;
        Optional<State> outside = around.state();
        if (outside.isPresent()) {
            return outside.get();
        }
        if (now == null) {
            return new State("STARTING", "the desk has not been read yet");
        }
        return switch (now.breaker()) {
            case KILLED -> new State("KILLED", now.breakerWhy());
            case HALTED -> new State("HALTED", now.breakerWhy());
            case RESTRICTED -> new State("RESTRICTED", now.breakerWhy());
            case NORMAL, WARNING -> calm(now);
        };
    }

    private State calm(DeskFrame now) {
        if (!now.allowed()) {
            return new State("STOPPED", "quoting was halted by hand");
        }
        int unheard = now.ready().indexOf(false);
        if (unheard >= 0) {
            return new State("STARTING", "the truth of " + contracts.venues().get(unheard) + " is awaited");
        }
        return new State("QUOTING", now.strategies().isEmpty() ? "no strategy is in force" : "");
    }

    /// All of it, as a tree for JSON; its `seq` is a new one.
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        State state = state();
        DeskFrame now = frame;
        tree.put("desk", desk);
        tree.put("engine", engine);
        tree.put("seq", seq.incrementAndGet());
        tree.put("at", now == null ? started : time(now.now()));
        tree.put("state", state.word());
        tree.put("why", state.why());
        tree.put("started", started);
        if (now != null) {
            new FrameText(contracts, around).into(tree, now);
        }
        tree.put("venues", venues(now));
        counts.get().ifPresent(each -> tree.put("latency", latency(each)));
        Map<String, Object> journal = new LinkedHashMap<>(around.journalTree());
        if (now != null) {
            journal.put("events", now.inputs());
            journal.put("hash", String.format("%016x", now.hash()));
        }
        tree.put("journal", journal);
        Map<String, Object> server = around.server();
        if (!server.isEmpty()) {
            tree.put("server", server);
        }
        return tree;
    }

    static @Nullable String time(long nanos) {
        return nanos <= 0 ? null : Epoch.instant(nanos).toString();
    }

    private List<Map<String, Object>> venues(@Nullable DeskFrame now) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < gateways.size(); i++) {
            Gateway gateway = gateways.get(i);
            Link link = gateway.link();
            Map<String, Object> venue = new LinkedHashMap<>();
            venue.put("name", contracts.venues().get(i));
            venue.put("kind", kinds.get(i));
            venue.put("connected", now != null && now.heard().get(i));
            venue.put("orders", link.orders().name());
            venue.put("market", link.market().name());
            venue.put("why", link.reason());
            boolean paper = kinds.get(i).equals("paper");
            venue.put(
                    "cancel_on_disconnect",
                    paper ? "none" : gateway.armed().cancelOnDisconnect() ? "armed" : "unarmed");
            String protection = gateway.armed().protection() ? "armed" : "unarmed";
            venue.put("protection", paper ? "none" : around.triggered(i) ? "triggered" : protection);
            venue.put("armed", gateway.armed().note());
            venue.put("reconciled", now == null ? null : time(now.truths().get(i)));
            venue.put("books", now == null ? List.of() : books(i, now));
            all.add(venue);
        }
        return all;
    }

    private List<Map<String, Object>> books(int venue, DeskFrame now) {
        List<Map<String, Object>> books = new ArrayList<>();
        for (DeskFrame.BookLine line : now.books()) {
            if (contracts.venue(line.contract()) == venue) {
                Map<String, Object> book = new LinkedHashMap<>();
                book.put("symbol", contracts.get(line.contract()).symbol());
                book.put("state", line.state());
                book.put("age_ms", line.heard() <= 0 ? null : (now.now() - line.heard()) / NANOS_A_MILLI);
                book.put("bid", FrameText.number(line.bid()));
                book.put("ask", FrameText.number(line.ask()));
                books.add(book);
            }
        }
        return books;
    }

    private static Map<String, Object> latency(LoopCounts counts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("quote", latency(counts.quote()));
        tree.put("loop", latency(counts.event()));
        return tree;
    }

    private static Map<String, Object> latency(LatencySnapshot snapshot) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("count", snapshot.count());
        tree.put("p50_us", micros(snapshot, 0.5));
        tree.put("p95_us", micros(snapshot, 0.95));
        tree.put("p99_us", micros(snapshot, 0.99));
        tree.put("p999_us", micros(snapshot, 0.999));
        tree.put("max_us", micros(snapshot, 1));
        return tree;
    }

    private static @Nullable Double micros(LatencySnapshot snapshot, double share) {
        return snapshot.count() == 0
                ? null
                : (Double) (snapshot.quantile(share).map(Duration::toNanos).orElse(0L) / NANOS_A_MICRO);
    }
}
