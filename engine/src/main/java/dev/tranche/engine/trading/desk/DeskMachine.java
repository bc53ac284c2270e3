package dev.tranche.engine.trading.desk;

import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.engine.trading.loop.Machine;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.desk.Desk;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.feed.Fault;
import dev.tranche.market.feed.FeedMonitor;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.order.OrderSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A desk with its decoders: reads what the journal holds and lets the desk hear it. The same live and in a
/// replay.
public final class DeskMachine implements Machine {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long NANOS_A_MILLI = 1_000_000;

    private final Contracts contracts;
    private final Desk desk;
    private final Versions versions;
    private final OrderSink out;
    private final Wire.Decoder[] decoders;
    private final FeedMonitor[] monitors;
    private byte[] viewed = {};
    private ByteBuffer view = ByteBuffer.wrap(viewed);

    private DeskMachine(
            Setup setup, Versions versions, OrderSink out, DeskSink told, IntFunction<@Nullable MarketSink> beside) {
        this.contracts = setup.contracts();
        this.desk = Desk.of(contracts, setup.terms(), out, told);
        this.versions = versions;
        this.out = out;
        this.decoders = new Wire.Decoder[contracts.size()];
        this.monitors = new FeedMonitor[contracts.size()];
        for (int i = 0; i < contracts.size(); i++) {
            MarketSink sink = MarketTee.to(beside.apply(i), desk.market(i));
            monitors[i] = FeedMonitor.before(setup.feed(), sink);
            decoders[i] = setup.wires()
                    .get(contracts.venue(i))
                    .decoder(contracts.get(i).instrument(), monitors[i]);
        }
    }

    /// A machine whose desk is new.
    ///
    /// @param versions where inputs find what they name
    /// @param beside for each contract who hears its market data before the desk, such as a venue on paper; null
    ///     for nobody
    public static DeskMachine of(
            Setup setup, Versions versions, OrderSink out, DeskSink told, IntFunction<@Nullable MarketSink> beside) {
        return new DeskMachine(setup, versions, out, told, beside);
    }

    /// A machine whose desk alone hears the market.
    public static DeskMachine of(Setup setup, Versions versions, OrderSink out, DeskSink told) {
        return new DeskMachine(setup, versions, out, told, _ -> null);
    }

    /// The desk, for readings.
    public Desk desk() {
        return desk;
    }

    @Override
    public long hash() {
        return desk.hash();
    }

    @Override
    public void apply(Entry entry, long now, byte[] bytes, int from, int to) {
        switch (entry) {
            case MARKET -> decoders[view(bytes).getShort(from)].message(now, bytes, from + Short.BYTES, to);
            case LOST ->
                monitors[view(bytes).getShort(from)].fault(
                        Fault.LOST, MarketSink.UNKNOWN, now, MarketSink.UNKNOWN, MarketSink.UNKNOWN);
            case REPORT -> ReportCodec.decode(now, view(bytes).position(from).limit(to), desk);
            case TICK -> {
                for (FeedMonitor monitor : monitors) {
                    monitor.quiet(Math.floorDiv(now, NANOS_A_MILLI) + monitor.clockBehindMillis());
                }
                desk.time(now);
            }
            case OPERATOR -> operator(now, tree(bytes, from, to));
            case STRATEGY -> strategy(now, tree(bytes, from, to));
            case SPREAD -> spread(now, tree(bytes, from, to));
            case TOOK -> desk.took(now, view(bytes).getShort(from), view(bytes).getLong(from + Short.BYTES));
            case START, CONTENT, ORDER, UNSENT, TOLD, HASH, END, SNAPSHOT ->
                throw new IllegalArgumentException("a desk does not hear " + entry);
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the very array that is wrapped already
    private ByteBuffer view(byte[] bytes) {
        if (bytes != viewed) {
            viewed = bytes;
            view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        return view.limit(bytes.length).position(0);
    }

    private static JsonNode tree(byte[] bytes, int from, int to) {
        return JSON.readTree(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    private void operator(long now, JsonNode order) {
        String who = order.path("who").asString("");
        String reason = order.path("reason").asString("");
        Verb verb = Verb.parse(order.path("verb").asString(""));
        switch (verb) {
            case KILL -> desk.kill(now, who, reason);
            case RELEASE -> desk.release(now, who, reason);
            case HALT -> desk.quoting(now, false, who, reason);
            case RESUME -> {
                desk.quoting(now, true, who, reason);
                order.path("places").forEach(each -> desk.resume(now, each.asInt(), who, reason));
            }
            case ADOPT ->
                desk.adopt(
                        now, order.path("contract").asInt(), order.path("ticks").asLong(), who, reason);
            case RESET_PROTECTION -> {} // journalled with its name; what comes of it the venue says
            case CANCEL_ALL -> {
                desk.quoting(now, false, who, reason);
                for (int i = 0; i < contracts.size(); i++) {
                    out.cancelAll(i);
                }
            }
            case FLATTEN -> {
                desk.quoting(now, false, who, reason);
                order.path("positions")
                        .forEach(each -> desk.liquidate(
                                now,
                                each.path("place").asInt(),
                                each.path("contract").asInt(),
                                who,
                                reason));
            }
        }
    }

    private void strategy(long now, JsonNode change) {
        int place = change.path("place").asInt(-1);
        if (change.path("stop").asBoolean(false)) {
            desk.stop(now, place);
        } else {
            desk.strategy(now, place, versions.strategy(change.path("digest").asString("")));
        }
    }

    private void spread(long now, JsonNode change) {
        String digest = change.path("digest").asString("");
        desk.spreadModel(
                now,
                change.path("product").asString(""),
                digest.isEmpty() ? Optional.empty() : Optional.of(versions.model(digest)));
    }
}
