package dev.tranche.engine.trading.replay;

import dev.tranche.engine.trading.desk.DeskMachine;
import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.engine.trading.desk.Told;
import dev.tranche.engine.trading.desk.Versions;
import dev.tranche.engine.trading.journal.Content;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.TradingJournal;
import dev.tranche.engine.trading.loop.Outlet;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.LogRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs a journal again: every input goes into a new desk, every order and word that comes out is held against
/// what was recorded, and so is every hash. It stops at the first difference: a desk that differs once has
/// another state from there on.
///
/// The same run brings a process back after a crash: the desk that comes out is the one that went down, and
/// [#left] says what it had asked for upon its last input and not written any more, which never left.
public final class Replay {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What was found.
    ///
    /// @param inputs that the desk heard
    /// @param orders and
    /// @param told that were equal
    /// @param hashes that were equal
    /// @param heard time of the last input, epoch nanoseconds; 0 when there was none
    /// @param position behind the last record that was read
    /// @param hash of the desk at the end, 0 without one
    /// @param difference the first one, with its position; empty: everything is equal
    public record Result(
            long inputs,
            long orders,
            long told,
            long hashes,
            long heard,
            long position,
            long hash,
            Optional<String> difference) {
        /// Whether everything is equal.
        public boolean exact() {
            return difference.isEmpty();
        }
    }

    /// Lives beside the desk and is brought back with it, such as a venue on paper.
    public interface Beside {
        /// Nobody.
        Beside NOBODY = new Beside() {};

        /// Before an input of this time.
        default void before(long now) {}

        /// Who hears a contract's market before the desk; null for nobody.
        default @Nullable MarketSink market(int contract) {
            return null;
        }

        /// What a venue said of orders, before the desk hears it.
        ///
        /// @param payload as [dev.tranche.engine.trading.journal.ReportCodec] encodes it, valid during the call
        default void report(long now, ByteBuffer payload) {}
    }

    private final Versions versions;
    private final DeskSink readings;
    private final Function<Setup, Beside> company;
    private final Content content = Content.empty();
    private final Comparison comparison = new Comparison();
    private Beside beside = Beside.NOBODY;
    private @Nullable Setup setup;
    private @Nullable DeskMachine machine;
    private @Nullable Outlet outlet;
    private @Nullable Told told;
    private final Deque<String> digests = new ArrayDeque<>();
    private final Map<Integer, String> strategies = new HashMap<>();
    private final Map<String, String> models = new HashMap<>();
    private final Map<String, String> askedBy = new HashMap<>();
    private final Map<String, String> modelNames = new HashMap<>();
    private String last = "";
    private long market;
    private long inputs;
    private long orders;
    private long tellings;
    private long hashes;
    private long heard;
    private long hash;

    private Replay(Versions versions, DeskSink readings, Function<Setup, Beside> company) {
        this.versions = versions;
        this.readings = readings;
        this.company = company;
    }

    /// A replay that has read nothing.
    ///
    /// @param readings is told what the desk tells, as in the run
    /// @param company who lives beside a desk of this setup
    public static Replay of(Versions versions, DeskSink readings, Function<Setup, Beside> company) {
        return new Replay(versions, readings, company);
    }

    /// A replay of a desk alone.
    public static Replay alone() {
        return of(Versions.none(), DeskSink.NONE, _ -> Beside.NOBODY);
    }

    /// Reads a journal from its beginning up to `until`, epoch nanoseconds, or its end.
    ///
    /// @throws dev.tranche.runtime.log.CorruptRecordException when a record is damaged
    /// @throws IllegalArgumentException when it is no journal of a desk
    public Result run(TradingJournal journal, long until) {
        return from(journal, journal.start(), until);
    }

    /// Reads a journal from where its newest desk began, as [#run] does: what is before it belongs to desks that
    /// ended, and perhaps to a software that decided otherwise.
    ///
    /// @throws dev.tranche.runtime.log.CorruptRecordException when a record is damaged
    /// @throws IllegalArgumentException when it is no journal of a desk
    public Result last(TradingJournal journal, long until) {
        return from(journal, journal.lastStart().orElse(journal.start()), until);
    }

    private Result from(TradingJournal journal, long start, long until) {
        Cursor cursor = journal.cursor(start);
        long position = cursor.position();
        for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
            LogRecord record = next.get();
            Entry entry = Entry.of(record.type());
            if (entry.input() && record.epochNanos() > until) {
                break;
            }
            ByteBuffer payload = record.payload().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            Optional<String> difference = on(entry, record, payload);
            position = cursor.position();
            if (difference.isPresent()) {
                String at = "at position " + record.position() + ", input " + inputs + ": " + difference.get();
                return result(position, Optional.of(at));
            }
        }
        if (machine != null) {
            hash = machine.hash();
        }
        return result(position, Optional.empty());
    }

    private Result result(long position, Optional<String> difference) {
        return new Result(inputs, orders, tellings, hashes, heard, position, hash, difference);
    }

    private Optional<String> on(Entry entry, LogRecord record, ByteBuffer payload) {
        return switch (entry) {
            case START -> {
                begin(record.bytes());
                yield Optional.empty();
            }
            case MARKET, LOST, REPORT, TICK, TOOK, OPERATOR, STRATEGY, SPREAD -> input(entry, record, payload);
            case ORDER, UNSENT -> {
                orders++;
                yield comparison.found(entry, payload);
            }
            case TOLD -> {
                tellings++;
                yield comparison.found(entry, payload);
            }
            case CONTENT -> {
                content.take(record.payload());
                yield Optional.empty();
            }
            case HASH -> hash(payload);
            case END, SNAPSHOT -> Optional.empty();
        };
    }

    private void begin(byte[] text) {
        Setup read = Setup.read(text);
        comparison.left().clear();
        beside = company.apply(read);
        Outlet out = Outlet.to(comparison.orders());
        Told words = Told.to(comparison.told(), readings);
        Beside here = beside;
        setup = read;
        outlet = out;
        told = words;
        machine = DeskMachine.of(read, versions, out, words, here::market);
        strategies.clear();
        models.clear();
        modelNames.clear();
        inputs = 0;
        heard = 0;
    }

    private Optional<String> input(Entry entry, LogRecord record, ByteBuffer payload) {
        DeskMachine desk = machine;
        if (desk == null) {
            return Optional.of("the journal has an input and no desk");
        }
        if (!comparison.left().isEmpty()) {
            return Optional.of(
                    "the replay has \"" + comparison.left().getFirst().words() + "\", the journal nothing");
        }
        byte[] bytes = record.bytes();
        Runnable back = prepare(entry, bytes);
        inputs++;
        heard = record.epochNanos();
        market = entry == Entry.MARKET ? heard : market;
        beside.before(heard);
        if (entry == Entry.REPORT) {
            beside.report(heard, payload);
        }
        try {
            desk.apply(entry, heard, bytes, 0, bytes.length);
        } catch (IllegalArgumentException e) {
            back.run(); // it was refused in the run, too, or what follows differs
        }
        return Optional.empty();
    }

    /// What the input names is read before it is heard.
    ///
    /// @return what is done when the desk refuses it: then what was in force stays
    private Runnable prepare(Entry entry, byte[] bytes) {
        if (entry != Entry.STRATEGY && entry != Entry.SPREAD && entry != Entry.OPERATOR) {
            return () -> {};
        }
        JsonNode change = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        String digest = change.path("digest").asString("");
        if (entry == Entry.OPERATOR) {
            last = change.path("who").asString("");
            return () -> {};
        }
        int place = change.path("place").asInt();
        String product = change.path("product").asString("");
        Runnable back;
        if (entry == Entry.STRATEGY) {
            String was = strategies.put(place, digest);
            back = () -> strategies.put(place, was == null ? "" : was);
        } else {
            String was = models.put(product, digest);
            String wasNamed = modelNames.put(product, change.path("name").asString(""));
            back = () -> {
                models.put(product, was == null ? "" : was);
                modelNames.put(product, wasNamed == null ? "" : wasNamed);
            };
        }
        content.get(digest).ifPresent(packed -> {
            digests.add(digest);
            if (entry == Entry.STRATEGY) {
                askedBy.put(
                        digest, versions.readStrategy(digest, packed).spread().product());
            } else {
                versions.readModel(digest, packed);
            }
        });
        return back;
    }

    private Optional<String> hash(ByteBuffer payload) {
        DeskMachine desk = machine;
        if (desk == null) {
            return Optional.of("the journal has a hash and no desk");
        }
        long recorded = payload.getLong(payload.position());
        hash = desk.hash();
        if (recorded != hash) {
            return Optional.of("the journal has the hash " + Long.toHexString(recorded) + ", the replay "
                    + Long.toHexString(hash));
        }
        hashes++;
        return Optional.empty();
    }

    /// What the last input led to and the journal does not hold: it was never sent.
    public Deque<Comparison.Said> left() {
        return comparison.left();
    }

    /// The setup of the last desk; empty when the journal has none.
    public Optional<Setup> setup() {
        return Optional.ofNullable(setup);
    }

    /// The desk as it is now; empty when the journal has none.
    public Optional<DeskMachine> machine() {
        return Optional.ofNullable(machine);
    }

    /// Where the desk's orders go, to be led on to the venues.
    public Optional<Outlet> outlet() {
        return Optional.ofNullable(outlet);
    }

    /// Where the desk's words go, to be led on to the journal.
    public Optional<Told> told() {
        return Optional.ofNullable(told);
    }

    /// Who lives beside the desk.
    public Beside beside() {
        return beside;
    }

    /// The digests of the strategies in force by their places, blank where one was stopped.
    public Map<Integer, String> strategies() {
        return Map.copyOf(strategies);
    }

    /// Time of the last message of market data, epoch nanoseconds; 0 when there was none.
    public long lastMarket() {
        return market;
    }

    /// Who gave the last order of a person; blank when nobody did.
    public String lastOperator() {
        return last;
    }

    /// The digests of the spread models in force by their products.
    public Map<String, String> models() {
        return Map.copyOf(models);
    }

    /// The name of the version in force of the model that the strategy at a place asks for its spread; blank when
    /// it asks none, or none is there.
    public String spreadModel(int place) {
        return modelNames.getOrDefault(askedBy.getOrDefault(strategies.getOrDefault(place, ""), ""), "");
    }

    /// The digests whose bytes the journal holds and that were in force.
    public Deque<String> digests() {
        return digests;
    }
}
