package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
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
public final class DeribitExchange extends MatchingHouse {
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

    private final Map<Loopback.Channel, Session> sessions = new LinkedHashMap<>();
    private final DeribitProtection protection = new DeribitProtection();
    private final DeribitBooks books = new DeribitBooks();
    private final List<ObjectNode> settlements = new ArrayList<>();
    private boolean refusesArming;

    private DeribitExchange(List<Contract> traded, LongSupplier clock, RandomGenerator chance) throws IOException {
        super(traded, clock, chance, 5_000_000, 48_000_000);
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

    public URI socket() {
        return loopback.socket("/ws/api/v2");
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

    @Override
    public synchronized void renumber(long by) {
        matcher.renumber(by);
        books.renumber(by);
    }

    // What tests do as others, and the exchange's own truth.

    /// An order of the account that came from elsewhere, such as the venue's own pages.
    public synchronized void byHand(String account, String symbol, Side side, long ticks, long lots) {
        order(account, "", symbol, side, ticks, lots, false);
    }

    @Override
    Contract contract(String symbol) {
        Contract found = contracts.get(symbol);
        if (found == null) {
            throw new IllegalArgumentException("the exchange does not trade " + symbol);
        }
        return found;
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
        channel.send(answer.toString());
        if (method.endsWith("/subscribe")) {
            request.path("params").path("channels").forEach(name -> snapshot(session, name.asString("")));
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
                contracts.values().forEach(contract -> all.add(DeribitWords.listed(contract)));
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
                protection.set(session.account, p.path("index_name").asString(""), kept);
                yield JSON.createArrayNode().add(kept);
            }
            case "private/get_mmp_config" -> {
                ArrayNode all = JSON.createArrayNode();
                ObjectNode kept =
                        protection.get(session.account, p.path("index_name").asString(""));
                yield kept == null ? all : all.add(kept);
            }
            case "private/reset_mmp" -> {
                protection.reset(session.account);
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
                matcher.open(session.account).forEach(order -> all.add(DeribitWords.order(order, matcher.millis())));
                yield all;
            }
            case "private/get_positions" -> DeribitWords.positions(matcher, session.account, contracts.values());
            case "private/get_user_trades_by_currency_and_time" -> trades(session, p);
            case "private/get_settlement_history_by_currency" -> {
                ArrayNode all = JSON.createArrayNode();
                int from = p.path("continuation").asInt(0);
                int to = Math.min(settlements.size(), from + p.path("count").asInt(20));
                settlements.reversed().subList(from, to).forEach(all::add);
                ObjectNode page =
                        JSON.createObjectNode().put("continuation", to < settlements.size() ? to + "" : "none");
                yield page.set("settlements", all);
            }
            default -> throw new Refused(-32601, "Method not found");
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
        if (guarded && protection.frozen(session.account)) {
            throw new Refused(11030, "other_reject mmp_frozen");
        }
        String label = p.path("label").asString("");
        Matcher.Order order = matcher.newOrder(
                session.account,
                label,
                contract,
                method.equals("private/buy") ? Side.BUY : Side.SELL,
                DeribitWords.ticks(contract, p),
                DeribitWords.lots(contract, p),
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
                .forEach(fill -> trades.add(DeribitWords.trade(fill)));
        result.set("order", DeribitWords.order(order, matcher.millis()));
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
        if (!matcher.amend(order, DeribitWords.ticks(contract, p), DeribitWords.lots(contract, p))) {
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
        wanted.stream().limit(count).forEach(fill -> all.add(DeribitWords.trade(fill)));
        ObjectNode result = JSON.createObjectNode().put("has_more", wanted.size() > count);
        result.set("trades", all);
        return result;
    }

    @Override
    public void traded(Matcher.Fill taker, Matcher.Fill maker) {
        for (Matcher.Fill fill : List.of(taker, maker)) {
            if (!fill.order().account.equals("others")) {
                changes(fill.order().account, fill.order().contract, DeribitWords.trade(fill), null);
            }
        }
        ArrayNode one = JSON.createArrayNode()
                .add(JSON.createObjectNode()
                        .put("trade_seq", taker.sequence())
                        .put("trade_id", taker.tradeId() + "")
                        .put("timestamp", taker.millis())
                        .put("price", DeribitWords.trade(taker).path("price").decimalValue())
                        .put("amount", DeribitWords.trade(taker).path("amount").decimalValue())
                        .put("direction", taker.side().name().toLowerCase(Locale.ROOT))
                        .put("instrument_name", taker.order().contract.symbol()));
        String name = "trades." + taker.order().contract.symbol() + ".";
        sessions.values()
                .forEach(session -> session.channels.stream()
                        .filter(channel -> channel.startsWith(name))
                        .forEach(channel -> notify(session, channel, one)));
        List<Matcher.Order> back = protection.filled(maker, matcher.open(maker.order().account));
        back.forEach(order -> matcher.cancel(order, "mmp_trigger"));
        if (!back.isEmpty()) {
            frozen(maker.order().account, DeribitProtection.index(maker.order()));
        }
    }

    private void frozen(String account, String index) {
        ObjectNode told = JSON.createObjectNode().put("frozen_until", 0).put("index_name", index);
        sessions.values().stream()
                .filter(session ->
                        session.account.equals(account) && session.channels.contains("user.mmp_trigger." + index))
                .forEach(session -> notify(session, "user.mmp_trigger." + index, told));
    }

    @Override
    public void changed(Matcher.Order order) {
        if (!order.account.equals("others")) {
            changes(order.account, order.contract, null, DeribitWords.order(order, matcher.millis()));
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
        books.level(contract, side, ticks, lots, before);
    }

    /// The changes of the book since the last time, as one notification.
    @Override
    void publish(Contract contract) {
        ObjectNode news = books.change(contract, matcher.millis());
        if (news != null) {
            spread("book." + contract.symbol() + ".", news);
        }
    }

    private void spread(String name, JsonNode news) {
        for (Session session : sessions.values()) {
            session.channels.stream()
                    .filter(channel -> channel.startsWith(name))
                    .forEach(channel -> notify(session, channel, news));
        }
    }

    private void snapshot(Session session, String channel) {
        if (channel.startsWith("book.")) {
            Contract contract = contract(channel.split("\\.", -1)[1]);
            notify(session, channel, books.whole(contract, matcher, Math.max(clock.getAsLong(), matcher.millis())));
        }
    }

    /// A ticker of an instrument, to all who asked for it.
    public synchronized void ticker(String symbol, ObjectNode values) {
        values.put("instrument_name", symbol).put("timestamp", clock.getAsLong());
        spread("ticker." + symbol + ".", values);
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
