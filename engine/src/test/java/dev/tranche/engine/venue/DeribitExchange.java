package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Terms;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Deribit on the loopback interface: JSON-RPC 2.0 over WebSocket with authentication by signature, orders and
/// their matching, subscriptions, cancel on disconnect, the protection for market makers, rate limits. Says
/// what the venue's public documentation says, and misbehaves when it is told to.
public final class DeribitExchange implements Loopback.House, Matcher.Ear, LocalExchange {
    /// One connection.
    private static final class Session {
        private final Loopback.Channel channel;
        private final Set<String> channels = new HashSet<>();
        private String account = "";
        private boolean cancelsOnDisconnect;

        private Session(Loopback.Channel channel) {
            this.channel = channel;
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long CLOCK_TOLERANCE_MILLIS = 60_000;

    private final Map<String, Contract> contracts = new HashMap<>();
    private final Map<String, Credentials> keys = new HashMap<>();
    private final Map<Loopback.Channel, Session> sessions = new LinkedHashMap<>();
    private final Map<String, ObjectNode> protection = new HashMap<>();
    private final Set<String> frozen = new HashSet<>();
    private final Deque<Matcher.Fill> guardedFills = new ArrayDeque<>();
    private final Map<String, Long> changeIds = new HashMap<>();
    private final Map<String, ArrayNode[]> pendingLevels = new HashMap<>();
    private final LongSupplier clock;
    private final Matcher matcher;
    private final Mischief mischief;
    private final Loopback loopback;
    private final List<String> heard = new ArrayList<>();
    private final List<ObjectNode> settlements = new ArrayList<>();
    private long changeId = 1000;
    private int limited;
    private boolean refusesArming;
    private int failing;

    private DeribitExchange(List<Contract> traded, LongSupplier clock, RandomGenerator chance) throws IOException {
        traded.forEach(contract -> contracts.put(contract.symbol(), contract));
        this.clock = clock;
        this.mischief = Mischief.of(chance);
        this.matcher = new Matcher(this, 5_000_000, 48_000_000);
        this.loopback = Loopback.open(this, mischief);
    }

    /// @param clock epoch milliseconds of the exchange
    public static DeribitExchange open(List<Contract> traded, LongSupplier clock, RandomGenerator chance)
            throws IOException {
        return new DeribitExchange(traded, clock, chance);
    }

    /// Lists one contract otherwise from here on.
    public synchronized void relist(Contract contract) {
        contracts.put(contract.symbol(), contract);
    }

    public synchronized void account(String name, Credentials credentials) {
        keys.put(name, credentials);
    }

    public URI socket() {
        return loopback.socket("/ws/api/v2");
    }

    @Override
    public Mischief mischief() {
        return mischief;
    }

    public List<Loopback.Channel> channels() {
        return loopback.channels();
    }

    /// The connections of one kind: with orders of an account or with market data only.
    public synchronized List<Loopback.Channel> channels(boolean ofOrders) {
        return sessions.values().stream()
                .filter(session -> session.channels.stream().anyMatch(name -> name.startsWith("user.")) == ofOrders)
                .map(session -> session.channel)
                .toList();
    }

    @Override
    public List<Loopback.Channel> ofOrders() {
        return channels(true);
    }

    @Override
    public List<Loopback.Channel> ofMarket() {
        return channels(false);
    }

    @Override
    public synchronized void limit(int requests) {
        limited = requests;
    }

    @Override
    public synchronized void fail(int requests) {
        failing = requests;
    }

    /// Says that it cancels on a disconnect when it does not.
    public synchronized void refuseArming(boolean on) {
        refusesArming = on;
    }

    /// A settlement of an account's position, as the venue lists them.
    public synchronized void settle(String type, String symbol, long millis, String field, BigDecimal value) {
        settlements.add(JSON.createObjectNode()
                .put("type", type)
                .put("instrument_name", symbol)
                .put("timestamp", millis)
                .put(field, value));
    }

    public synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public synchronized void renumber(long by) {
        matcher.renumber(by);
        changeId += by;
    }

    // What tests do as others, and the exchange's own truth.

    @Override
    public synchronized void others(String symbol, Side side, long ticks, long lots) {
        matcher.at(clock.getAsLong());
        Contract contract = contract(symbol);
        matcher.place(matcher.newOrder("others", "", contract, side, ticks, lots, false, false, false, null), false);
        publish(contract);
    }

    @Override
    public synchronized void take(String symbol, Side side, long ticks, long lots) {
        matcher.at(clock.getAsLong());
        Contract contract = contract(symbol);
        matcher.place(matcher.newOrder("others", "", contract, side, ticks, lots, false, false, false, null), true);
        publish(contract);
    }

    /// An order of the account that came from elsewhere, such as the venue's own pages.
    public synchronized void byHand(String account, String symbol, Side side, long ticks, long lots) {
        matcher.at(clock.getAsLong());
        Contract contract = contract(symbol);
        matcher.place(matcher.newOrder(account, "", contract, side, ticks, lots, false, false, false, null), false);
        publish(contract);
    }

    @Override
    public synchronized List<Matcher.Order> open(String account) {
        return matcher.open(account);
    }

    @Override
    public synchronized List<Matcher.Fill> fills(String account) {
        return matcher.fills(account);
    }

    @Override
    public synchronized long position(String account, String symbol) {
        return matcher.position(account, symbol);
    }

    @Override
    public synchronized List<long[]> levels(String symbol, Side side) {
        return matcher.levels(contract(symbol), side);
    }

    private Contract contract(String symbol) {
        Contract found = contracts.get(symbol);
        if (found == null) {
            throw new IllegalArgumentException("the exchange does not trade " + symbol);
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        loopback.close();
    }

    @Override
    public Loopback.Answer asked(Loopback.Request request) {
        return new Loopback.Answer(404, Map.of(), "");
    }

    @Override
    public synchronized void opened(Loopback.Channel channel) {
        sessions.put(channel, new Session(channel));
    }

    @Override
    public synchronized void closed(Loopback.Channel channel) {
        Session session = sessions.remove(channel);
        if (session != null && session.cancelsOnDisconnect) {
            matcher.at(clock.getAsLong());
            for (Matcher.Order order : matcher.open(session.account)) {
                if (order.owner == session) {
                    matcher.cancel(order, "cancel_on_disconnect");
                    publish(order.contract);
                }
            }
        }
    }

    @Override
    public synchronized void heard(Loopback.Channel channel, String text) {
        Session session = sessions.get(channel);
        if (session == null) {
            return;
        }
        JsonNode request = JSON.readTree(text);
        String method = request.path("method").asString("");
        heard.add(method);
        matcher.at(clock.getAsLong());
        ObjectNode answer = JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", request.path("id").asLong());
        try {
            if (method.startsWith("private/") && session.account.isEmpty()) {
                throw new Refused(13009, "unauthorized");
            }
            answer.set("result", result(session, method, request.path("params")));
        } catch (Refused e) {
            answer.set("error", JSON.createObjectNode().put("code", e.code).put("message", e.getMessage()));
        }
        answer.put("usIn", 1).put("usOut", 2).put("usDiff", 1).put("testnet", true);
        if (snapshotsDue(method)) {
            channel.send(answer.toString());
            request.path("params").path("channels").forEach(name -> snapshot(session, name.asString("")));
        } else {
            channel.send(answer.toString());
        }
    }

    private static boolean snapshotsDue(String method) {
        return method.endsWith("/subscribe");
    }

    /// A refusal by code.
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int code;

        private Refused(int code, String message) {
            super(message);
            this.code = code;
        }
    }

    private JsonNode result(Session session, String method, JsonNode p) {
        return switch (method) {
            case "public/get_time" -> JSON.getNodeFactory().numberNode(clock.getAsLong());
            case "public/set_heartbeat" -> {
                if (p.path("interval").asLong() < 10) {
                    throw new Refused(-32602, "Invalid params");
                }
                yield text("ok");
            }
            case "public/test" -> JSON.createObjectNode().put("version", "1.2.26");
            case "public/auth" -> authenticate(session, p);
            case "public/subscribe", "private/subscribe" -> {
                p.path("channels").forEach(name -> session.channels.add(name.asString("")));
                yield p.path("channels");
            }
            case "public/unsubscribe", "private/unsubscribe" -> {
                p.path("channels").forEach(name -> session.channels.remove(name.asString("")));
                yield p.path("channels");
            }
            case "public/get_instruments" -> {
                ArrayNode all = JSON.createArrayNode();
                contracts.values().forEach(contract -> all.add(listed(contract)));
                yield all;
            }
            case "private/enable_cancel_on_disconnect" -> {
                session.cancelsOnDisconnect = !refusesArming;
                yield text("ok");
            }
            case "private/get_cancel_on_disconnect" ->
                JSON.createObjectNode().put("scope", "connection").put("enabled", session.cancelsOnDisconnect);
            case "private/set_mmp_config" -> {
                ObjectNode kept = p.deepCopy().asObject();
                protection.put(session.account + p.path("index_name").asString(""), kept);
                frozen.remove(session.account);
                yield JSON.createArrayNode().add(kept);
            }
            case "private/get_mmp_config" -> {
                ArrayNode all = JSON.createArrayNode();
                ObjectNode kept =
                        protection.get(session.account + p.path("index_name").asString(""));
                yield kept == null ? all : all.add(kept);
            }
            case "private/reset_mmp" -> {
                frozen.remove(session.account);
                guardedFills.clear();
                yield text("ok");
            }
            case "private/buy", "private/sell" -> limited(() -> place(session, method, p));
            case "private/edit_by_label" -> limited(() -> edit(session, p));
            case "private/cancel_by_label" -> limited(() -> cancel(session, p));
            case "private/cancel_all_by_instrument" -> {
                Contract contract = contract(p.path("instrument_name").asString(""));
                int count = 0;
                for (Matcher.Order order : matcher.open(session.account)) {
                    if (order.contract.equals(contract)) {
                        matcher.cancel(order, "user_request");
                        count++;
                    }
                }
                publish(contract);
                yield JSON.getNodeFactory().numberNode(count);
            }
            case "private/get_open_orders" -> {
                ArrayNode all = JSON.createArrayNode();
                matcher.open(session.account).forEach(order -> all.add(order(order)));
                yield all;
            }
            case "private/get_positions" -> positions(session);
            case "private/get_user_trades_by_currency_and_time" -> trades(session, p);
            case "private/get_settlement_history_by_currency" -> {
                ArrayNode all = JSON.createArrayNode();
                settlements.forEach(all::add);
                yield JSON.createObjectNode().set("settlements", all);
            }
            default -> throw new Refused(-32601, "Method not found");
        };
    }

    private static ObjectNode listed(Contract contract) {
        int prices = contract.instrument().priceDecimals();
        int amounts = contract.instrument().quantityDecimals();
        ObjectNode one = JSON.createObjectNode()
                .put("instrument_name", contract.symbol())
                .put("base_currency", contract.terms().base())
                .put("quote_currency", contract.terms().quote())
                .put("counter_currency", "USD")
                .put("settlement_currency", contract.terms().settlement())
                .put("tick_size", BigDecimal.valueOf(contract.tick(), prices))
                .put("contract_size", BigDecimal.valueOf(contract.step(), amounts))
                .put("min_trade_amount", BigDecimal.valueOf(contract.least(), amounts))
                .put("is_active", true);
        return switch (contract.terms()) {
            case Terms.CoinOption coin ->
                one.put("kind", "option")
                        .put("strike", coin.option().strike())
                        .put("option_type", coin.option().type().name().toLowerCase(Locale.ROOT))
                        .put("expiration_timestamp", coin.option().expiry().toEpochMilli());
            case Terms.Inverse _, Terms.Linear _ -> one.put("kind", "future").put("settlement_period", "perpetual");
        };
    }

    private static JsonNode text(String word) {
        return JSON.getNodeFactory().stringNode(word);
    }

    private interface Work {
        JsonNode done();
    }

    private JsonNode limited(Work work) {
        if (limited > 0) {
            limited--;
            throw new Refused(10028, "too_many_requests");
        }
        JsonNode result = work.done();
        if (failing > 0) {
            failing--;
            throw new Refused(11094, "internal_server_error");
        }
        return result;
    }

    private JsonNode authenticate(Session session, JsonNode p) {
        switch (p.path("grant_type").asString("")) {
            case "client_signature" -> {
                long at = p.path("timestamp").asLong();
                String signed = at + "\n" + p.path("nonce").asString("") + "\n"
                        + p.path("data").asString("");
                session.account = keys.entrySet().stream()
                        .filter(key ->
                                key.getValue().key().equals(p.path("client_id").asString("")))
                        .filter(key -> key.getValue()
                                .signature(signed)
                                .equals(p.path("signature").asString("")))
                        .filter(key -> Math.abs(at - clock.getAsLong()) < CLOCK_TOLERANCE_MILLIS)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> new Refused(13004, "invalid_credentials"));
            }
            case "refresh_token" -> {
                if (!p.path("refresh_token").asString("").equals("again-" + session.account)) {
                    throw new Refused(13009, "unauthorized");
                }
            }
            default -> throw new Refused(13002, "unsupported_grant_type");
        }
        return JSON.createObjectNode()
                .put("access_token", "granted-" + session.account)
                .put("expires_in", 1)
                .put("refresh_token", "again-" + session.account)
                .put("scope", "connection")
                .put("token_type", "bearer");
    }

    private JsonNode place(Session session, String method, JsonNode p) {
        Contract contract = contract(p.path("instrument_name").asString(""));
        boolean guarded = p.path("mmp").asBoolean(false);
        if (guarded && frozen.contains(session.account)) {
            throw new Refused(11030, "other_reject mmp_frozen");
        }
        String label = p.path("label").asString("");
        Matcher.Order order = matcher.newOrder(
                session.account,
                label,
                contract,
                method.equals("private/buy") ? Side.BUY : Side.SELL,
                ticks(contract, p),
                lots(contract, p),
                p.path("post_only").asBoolean(false),
                p.path("reduce_only").asBoolean(false),
                guarded,
                session);
        ObjectNode result = JSON.createObjectNode();
        List<Matcher.Fill> before = matcher.fills(session.account);
        switch (matcher.place(order, p.path("time_in_force").asString("").equals("immediate_or_cancel"))) {
            case WOULD_TAKE -> throw new Refused(11054, "post_only_reject");
            case NOT_REDUCING -> throw new Refused(11030, "other_reject reduce_only");
            case RESTING, OVER -> {}
        }
        return answer(session, contract, order, result, before.size());
    }

    private JsonNode answer(Session session, Contract contract, Matcher.Order order, ObjectNode result, int from) {
        ArrayNode trades = result.putArray("trades");
        List<Matcher.Fill> all = matcher.fills(session.account);
        all.subList(from, all.size()).stream()
                .filter(fill -> fill.order() == order)
                .forEach(fill -> trades.add(trade(fill)));
        result.set("order", order(order));
        publish(contract);
        return result;
    }

    private JsonNode edit(Session session, JsonNode p) {
        Contract contract = contract(p.path("instrument_name").asString(""));
        Matcher.Order order = matcher.find(session.account, p.path("label").asString(""));
        if (order == null) {
            throw new Refused(11044, "not_open_order");
        }
        int before = matcher.fills(session.account).size();
        if (!matcher.amend(order, ticks(contract, p), lots(contract, p))) {
            publish(contract);
            throw new Refused(11054, "post_only_reject");
        }
        return answer(session, contract, order, JSON.createObjectNode(), before);
    }

    private JsonNode cancel(Session session, JsonNode p) {
        Matcher.Order order = matcher.find(session.account, p.path("label").asString(""));
        if (order != null) {
            matcher.cancel(order, "user_request");
            publish(order.contract);
        }
        return JSON.getNodeFactory().numberNode(order == null ? 0 : 1);
    }

    private static long ticks(Contract contract, JsonNode p) {
        long ticks = Numbers.steps(p.path("price"), contract.instrument().priceDecimals());
        if (ticks <= 0 || ticks % contract.tick() != 0) {
            throw new Refused(10043, "price_wrong_tick");
        }
        return ticks;
    }

    private static long lots(Contract contract, JsonNode p) {
        long lots = Numbers.steps(p.path("amount"), contract.instrument().quantityDecimals());
        if (lots < contract.least() || lots % contract.step() != 0) {
            throw new Refused(10022, "invalid_amount");
        }
        return lots;
    }

    private JsonNode positions(Session session) {
        ArrayNode all = JSON.createArrayNode();
        for (Contract contract : contracts.values()) {
            long lots = matcher.position(session.account, contract.symbol());
            if (lots != 0) {
                all.add(JSON.createObjectNode()
                        .put("instrument_name", contract.symbol())
                        .put("direction", lots > 0 ? "buy" : "sell")
                        .put(
                                "size",
                                BigDecimal.valueOf(lots, contract.instrument().quantityDecimals())));
            }
        }
        return all;
    }

    private JsonNode trades(Session session, JsonNode p) {
        ArrayNode all = JSON.createArrayNode();
        List<Matcher.Fill> wanted = matcher.fills(session.account).stream()
                .filter(fill -> fill.order()
                        .contract
                        .terms()
                        .settlement()
                        .equals(p.path("currency").asString("")))
                .filter(fill -> fill.millis() >= p.path("start_timestamp").asLong())
                .toList();
        int count = p.path("count").asInt();
        wanted.stream().limit(count).forEach(fill -> all.add(trade(fill)));
        ObjectNode result = JSON.createObjectNode().put("has_more", wanted.size() > count);
        result.set("trades", all);
        return result;
    }

    private ObjectNode order(Matcher.Order order) {
        Contract contract = order.contract;
        ObjectNode node = JSON.createObjectNode()
                .put("order_id", contract.terms().base() + "-" + order.id)
                .put("order_type", "limit")
                .put("label", order.label)
                .put("instrument_name", contract.symbol())
                .put("direction", order.side.name().toLowerCase(Locale.ROOT))
                .put(
                        "price",
                        BigDecimal.valueOf(order.ticks, contract.instrument().priceDecimals()))
                .put(
                        "amount",
                        BigDecimal.valueOf(order.lots, contract.instrument().quantityDecimals()))
                .put(
                        "filled_amount",
                        BigDecimal.valueOf(order.filled, contract.instrument().quantityDecimals()))
                .put("post_only", order.postOnly)
                .put("reduce_only", order.reduceOnly)
                .put("mmp", order.protectedByVenue)
                .put("replaced", order.amended)
                .put("last_update_timestamp", matcher.millis());
        if (order.open) {
            return node.put("order_state", "open");
        }
        if (order.ended.equals("filled")) {
            return node.put("order_state", "filled");
        }
        if (order.ended.equals("mmp_trigger")) {
            node.put("mmp_cancelled", true);
        }
        return node.put("order_state", "cancelled").put("cancel_reason", order.ended);
    }

    private ObjectNode trade(Matcher.Fill fill) {
        Contract contract = fill.order().contract;
        return JSON.createObjectNode()
                .put("trade_id", fill.tradeId() + "")
                .put("trade_seq", fill.sequence())
                .put("timestamp", fill.millis())
                .put("instrument_name", contract.symbol())
                .put("label", fill.order().label)
                .put("order_id", contract.terms().base() + "-" + fill.order().id)
                .put("direction", fill.side().name().toLowerCase(Locale.ROOT))
                .put(
                        "price",
                        BigDecimal.valueOf(fill.ticks(), contract.instrument().priceDecimals()))
                .put(
                        "amount",
                        BigDecimal.valueOf(fill.lots(), contract.instrument().quantityDecimals()))
                .put("fee", fill.fee())
                .put("fee_currency", contract.terms().settlement())
                .put("liquidity", fill.maker() ? "M" : "T")
                .put("state", fill.order().open ? "open" : "filled");
    }

    @Override
    public void traded(Matcher.Fill taker, Matcher.Fill maker) {
        for (Matcher.Fill fill : List.of(taker, maker)) {
            if (!fill.order().account.equals("others")) {
                changes(fill.order().account, fill.order().contract, trade(fill), null);
            }
        }
        ArrayNode one = JSON.createArrayNode()
                .add(JSON.createObjectNode()
                        .put("trade_seq", taker.sequence())
                        .put("trade_id", taker.tradeId() + "")
                        .put("timestamp", taker.millis())
                        .put("price", trade(taker).path("price").decimalValue())
                        .put("amount", trade(taker).path("amount").decimalValue())
                        .put("direction", taker.side().name().toLowerCase(Locale.ROOT))
                        .put("instrument_name", taker.order().contract.symbol()));
        String name = "trades." + taker.order().contract.symbol() + ".";
        sessions.values()
                .forEach(session -> session.channels.stream()
                        .filter(channel -> channel.startsWith(name))
                        .forEach(channel -> notify(session, channel, one)));
        guard(maker);
    }

    /// The protection: more than its quantity limit of protected orders was filled within its interval.
    private void guard(Matcher.Fill maker) {
        Matcher.Order order = maker.order();
        String index = order.contract.terms().base().toLowerCase(Locale.ROOT) + "_usd";
        ObjectNode config = protection.get(order.account + index);
        if (config == null || !order.protectedByVenue) {
            return;
        }
        guardedFills.add(maker);
        long since = maker.millis() - 1000 * config.path("interval").asLong();
        guardedFills.removeIf(fill -> fill.millis() < since);
        double traded = guardedFills.stream()
                .mapToDouble(fill -> fill.order().contract.instrument().quantity(fill.lots()))
                .sum();
        if (traded > config.path("quantity_limit").asDouble(Double.MAX_VALUE) && frozen.add(order.account)) {
            for (Matcher.Order each : matcher.open(order.account)) {
                if (each.protectedByVenue && each != order) {
                    matcher.cancel(each, "mmp_trigger");
                }
            }
            ObjectNode told = JSON.createObjectNode().put("frozen_until", 0).put("index_name", index);
            sessions.values().stream()
                    .filter(session -> session.account.equals(order.account)
                            && session.channels.contains("user.mmp_trigger." + index))
                    .forEach(session -> notify(session, "user.mmp_trigger." + index, told));
        }
    }

    @Override
    public void changed(Matcher.Order order) {
        if (!order.account.equals("others")) {
            changes(order.account, order.contract, null, order(order));
        }
    }

    private void changes(String account, Contract contract, @Nullable ObjectNode trade, @Nullable ObjectNode order) {
        ObjectNode news = JSON.createObjectNode().put("instrument_name", contract.symbol());
        ArrayNode trades = news.putArray("trades");
        if (trade != null) {
            trades.add(trade);
        }
        ArrayNode orders = news.putArray("orders");
        if (order != null) {
            orders.add(order);
        }
        news.putArray("positions");
        String name = "user.changes.any.any.raw";
        for (Session session : sessions.values()) {
            if (session.account.equals(account) && session.channels.contains(name)) {
                notify(session, name, news);
            }
        }
    }

    @Override
    public void level(Contract contract, Side side, long ticks, long lots, boolean before) {
        ArrayNode[] sides = pendingLevels.computeIfAbsent(
                contract.symbol(), any -> new ArrayNode[] {JSON.createArrayNode(), JSON.createArrayNode()});
        sides[side == Side.BUY ? 0 : 1].add(JSON.createArrayNode()
                .add(lots == 0 ? "delete" : before ? "change" : "new")
                .add(BigDecimal.valueOf(ticks, contract.instrument().priceDecimals()))
                .add(BigDecimal.valueOf(lots, contract.instrument().quantityDecimals())));
    }

    /// The changes of the book since the last time, as one notification.
    private void publish(Contract contract) {
        ArrayNode[] sides = pendingLevels.remove(contract.symbol());
        if (sides == null) {
            return;
        }
        long previous = changeIds.getOrDefault(contract.symbol(), 0L);
        changeId += 3;
        changeIds.put(contract.symbol(), changeId);
        ObjectNode news = JSON.createObjectNode()
                .put("type", "change")
                .put("timestamp", matcher.millis())
                .put("prev_change_id", previous)
                .put("instrument_name", contract.symbol())
                .put("change_id", changeId);
        news.set("bids", sides[0]);
        news.set("asks", sides[1]);
        String name = "book." + contract.symbol() + ".";
        for (Session session : sessions.values()) {
            session.channels.stream()
                    .filter(channel -> channel.startsWith(name))
                    .forEach(channel -> notify(session, channel, news));
        }
    }

    private void snapshot(Session session, String channel) {
        if (!channel.startsWith("book.")) {
            return;
        }
        Contract contract = contract(channel.split("\\.", -1)[1]);
        ObjectNode news = JSON.createObjectNode()
                .put("type", "snapshot")
                .put("timestamp", Math.max(clock.getAsLong(), matcher.millis()))
                .put("instrument_name", contract.symbol())
                .put("change_id", changeIds.getOrDefault(contract.symbol(), 0L));
        news.set("bids", whole(contract, Side.BUY));
        news.set("asks", whole(contract, Side.SELL));
        notify(session, channel, news);
    }

    private ArrayNode whole(Contract contract, Side side) {
        ArrayNode all = JSON.createArrayNode();
        for (long[] level : matcher.levels(contract, side)) {
            all.add(JSON.createArrayNode()
                    .add("new")
                    .add(BigDecimal.valueOf(level[0], contract.instrument().priceDecimals()))
                    .add(BigDecimal.valueOf(level[1], contract.instrument().quantityDecimals())));
        }
        return all;
    }

    /// A ticker of an instrument, to all who asked for it.
    public synchronized void ticker(String symbol, ObjectNode values) {
        values.put("instrument_name", symbol).put("timestamp", clock.getAsLong());
        for (Session session : sessions.values()) {
            session.channels.stream()
                    .filter(channel -> channel.startsWith("ticker." + symbol + "."))
                    .forEach(channel -> notify(session, channel, values));
        }
    }

    /// Asks every connection whether it is there.
    public synchronized void testRequest() {
        sessions.keySet()
                .forEach(channel -> channel.send(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"heartbeat\",\"params\":{\"type\":\"test_request\"}}"));
    }

    private static void notify(Session session, String channel, JsonNode contents) {
        ObjectNode message = JSON.createObjectNode().put("jsonrpc", "2.0").put("method", "subscription");
        ObjectNode parameters = message.putObject("params");
        parameters.put("channel", channel);
        parameters.set("data", contents);
        session.channel.send(message.toString());
    }
}
