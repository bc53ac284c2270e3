package dev.tranche.engine.venue;

import dev.tranche.market.Side;
import dev.tranche.market.contract.Contract;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Binance's USD-M futures on the loopback interface: orders over the WebSocket API with signatures, the user
/// data stream behind a listen key, combined streams of market data, REST with signatures, the countdown that
/// cancels all orders, limits and their codes. Says what the venue's public documentation says, and misbehaves
/// when it is told to.
public final class BinanceExchange extends MatchingHouse {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LISTEN_KEY = "listenkeyofthedesk";

    private final List<Loopback.Channel> open = new ArrayList<>();
    private final Map<String, Long> countdowns = new HashMap<>();
    private final BinanceBooks books = new BinanceBooks();
    private final List<ObjectNode> income = new ArrayList<>();
    private int failingRest;
    private boolean hedged;
    private boolean refusesArming;

    private BinanceExchange(List<Contract> traded, LongSupplier clock, RandomGenerator chance) throws IOException {
        super(traded, clock, chance, 8_000_000, 266_000_000);
    }

    /// @param clock epoch milliseconds of the exchange
    public static BinanceExchange open(List<Contract> traded, LongSupplier clock, RandomGenerator chance)
            throws IOException {
        return new BinanceExchange(traded, clock, chance);
    }

    public URI api() {
        return loopback.socket("/ws-fapi/v1");
    }

    public URI stream() {
        return loopback.socket("/");
    }

    public URI rest() {
        return loopback.http();
    }

    /// The connections to one path: `/ws-fapi/v1`, `/ws/`, `/stream`.
    public synchronized List<Loopback.Channel> channels(String path) {
        return open.stream().filter(channel -> channel.path().startsWith(path)).toList();
    }

    @Override
    public List<Loopback.Channel> ofOrders() {
        List<Loopback.Channel> all = new ArrayList<>(channels("/ws-fapi"));
        all.addAll(channels("/ws/"));
        return all;
    }

    @Override
    public List<Loopback.Channel> ofMarket() {
        return channels("/stream");
    }

    /// The next so many requests by REST are answered with 503.
    public synchronized void failRest(int requests) {
        failingRest = requests;
    }

    public synchronized void hedge(boolean on) {
        hedged = on;
    }

    public synchronized void refuseArming(boolean on) {
        refusesArming = on;
    }

    @Override
    public synchronized void renumber(long by) {
        matcher.renumber(by);
        books.renumber(by);
    }

    // What tests do as others, and the exchange's own truth.

    /// The venue closes a position: an order that is not ours, filled for our account.
    public synchronized void liquidate(String account, String symbol, Side side, long ticks, long lots) {
        order(account, "autoclose-1", symbol, side, ticks, lots, true);
    }

    /// A funding payment of a while ago that the venue only lists.
    public synchronized void keep(String symbol, String income, long id, long millis) {
        this.income.add(JSON.createObjectNode()
                .put("symbol", symbol)
                .put("incomeType", "FUNDING_FEE")
                .put("income", income)
                .put("asset", "USDT")
                .put("time", millis)
                .put("tranId", id));
    }

    /// A funding payment: told as the venue does, and kept.
    public synchronized void fund(String symbol, String income, long id) {
        keep(symbol, income, id, clock.getAsLong());
        user("{\"e\":\"ACCOUNT_UPDATE\",\"E\":" + clock.getAsLong() + ",\"T\":" + clock.getAsLong()
                + ",\"a\":{\"m\":\"FUNDING_FEE\",\"B\":[{\"a\":\"USDT\",\"bc\":\"" + income + "\"}],\"P\":[]}}");
    }

    /// The listen key is no more.
    public synchronized void expireListenKey() {
        user("{\"e\":\"listenKeyExpired\",\"E\":" + clock.getAsLong() + ",\"listenKey\":\"" + LISTEN_KEY + "\"}");
    }

    private void user(String message) {
        channels("/ws/").forEach(channel -> channel.send(message));
    }

    @Override
    Contract contract(String symbol) {
        Contract found = contracts.get(symbol);
        if (found == null) {
            throw new Refused(-1121, "Invalid symbol.");
        }
        return found;
    }

    /// Time has passed: countdowns that ended cancel what they guard.
    public synchronized void tick() {
        long now = clock.getAsLong();
        matcher.at(now);
        for (Contract contract : contracts.values()) {
            Long due = countdowns.get(contract.symbol());
            if (due != null && due <= now) {
                countdowns.remove(contract.symbol());
                for (Matcher.Order order : matcher.open("desk")) {
                    if (order.contract.equals(contract)) {
                        matcher.cancel(order, "countdown");
                    }
                }
                publish(contract);
            }
        }
    }

    @Override
    public synchronized void opened(Loopback.Channel channel) {
        if (channel.path().startsWith("/ws/") && !channel.path().equals("/ws/" + LISTEN_KEY)) {
            channel.leave();
            return;
        }
        open.add(channel);
    }

    @Override
    public synchronized void closed(Loopback.Channel channel) {
        open.remove(channel);
    }

    @Override
    public synchronized void heard(Loopback.Channel channel, String text) {
        JsonNode request = JSON.readTree(text);
        String method = request.path("method").asString("");
        JsonNode p = request.path("params");
        heard.add(method);
        matcher.at(clock.getAsLong());
        ObjectNode answer = JSON.createObjectNode();
        answer.set("id", request.path("id"));
        try {
            Map<String, String> parameters = new TreeMap<>();
            p.properties()
                    .forEach(each ->
                            parameters.put(each.getKey(), each.getValue().asString("")));
            String signature = parameters.remove("signature");
            String payload = parameters.entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining("&"));
            String account = checked(parameters.getOrDefault("apiKey", ""), payload, signature, parameters);
            if (limited > 0) {
                limited--;
                throw new Refused(-1015, "Too many new orders; current limit is 300 orders per TEN_SECONDS.");
            }
            JsonNode result = order(account, method, parameters);
            if (failing > 0) {
                failing--;
                throw new Refused(-1007, "Timeout waiting for response from backend server. Send status unknown.");
            }
            answer.put("status", 200).set("result", result);
        } catch (Refused e) {
            answer.put("status", e.code == -1015 ? 429 : 400);
            answer.set("error", JSON.createObjectNode().put("code", e.code).put("msg", e.getMessage()));
        }
        answer.putArray("rateLimits")
                .add(JSON.createObjectNode()
                        .put("rateLimitType", "ORDERS")
                        .put("interval", "SECOND")
                        .put("intervalNum", 10)
                        .put("limit", 300)
                        .put("count", 1));
        channel.send(answer.toString());
    }

    private String checked(String key, String payload, @Nullable String signature, Map<String, String> parameters) {
        Map.Entry<String, Credentials> owner = keys.entrySet().stream()
                .filter(each -> each.getValue().key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Refused(-2015, "Invalid API-key, IP, or permissions for action"));
        if (!owner.getValue().signature(payload).equals(signature)) {
            throw new Refused(-1022, "Signature for this request is not valid.");
        }
        long late = clock.getAsLong() - Long.parseLong(parameters.getOrDefault("timestamp", "0"));
        if (late > Long.parseLong(parameters.getOrDefault("recvWindow", "5000")) || late < -1000) {
            throw new Refused(-1021, "Timestamp for this request is outside of the recvWindow.");
        }
        return owner.getKey();
    }

    private ObjectNode order(String account, String method, Map<String, String> p) {
        Contract contract = contract(p.getOrDefault("symbol", ""));
        return switch (method) {
            case "order.place" -> place(account, contract, p);
            case "order.modify" -> {
                Matcher.Order order = matcher.find(account, p.getOrDefault("origClientOrderId", ""));
                if (order == null) {
                    throw new Refused(-2013, "Order does not exist.");
                }
                if (order.ticks == BinanceWords.ticks(contract, p) && order.lots == BinanceWords.lots(contract, p)) {
                    throw new Refused(-5027, "No need to modify the order.");
                }
                matcher.amend(order, BinanceWords.ticks(contract, p), BinanceWords.lots(contract, p));
                publish(contract);
                yield BinanceWords.order(order);
            }
            case "order.cancel" -> {
                Matcher.Order order = matcher.find(account, p.getOrDefault("origClientOrderId", ""));
                if (order == null) {
                    throw new Refused(-2011, "Unknown order sent.");
                }
                matcher.cancel(order, "cancelled");
                publish(contract);
                yield BinanceWords.order(order);
            }
            default -> throw new Refused(-1102, "Mandatory parameter 'method' was not sent.");
        };
    }

    private ObjectNode place(String account, Contract contract, Map<String, String> p) {
        Matcher.Order order = matcher.newOrder(
                account,
                p.getOrDefault("newClientOrderId", ""),
                contract,
                Side.valueOf(p.getOrDefault("side", "")),
                BinanceWords.ticks(contract, p),
                BinanceWords.lots(contract, p),
                "GTX".equals(p.get("timeInForce")),
                "true".equals(p.get("reduceOnly")),
                false,
                null);
        if (matcher.find(account, order.label) != null) {
            throw new Refused(-4116, "ClientOrderId is duplicated.");
        }
        ObjectNode acknowledged = BinanceWords.order(order);
        switch (matcher.place(order, "IOC".equals(p.get("timeInForce")))) {
            case WOULD_TAKE ->
                throw new Refused(
                        -5022,
                        "Due to the order could not be executed as maker, the Post Only order will be" + " rejected.");
            case NOT_REDUCING -> throw new Refused(-2022, "ReduceOnly Order is rejected.");
            case RESTING, OVER -> {}
        }
        publish(contract);
        return acknowledged;
    }

    @Override
    public synchronized Loopback.Answer asked(Loopback.Request request) {
        heard.add(request.method() + " " + request.path());
        matcher.at(clock.getAsLong());
        if (failingRest > 0) {
            failingRest--;
            return new Loopback.Answer(503, Map.of(), "Service Unavailable");
        }
        try {
            return Loopback.Answer.ok(answer(request).toString());
        } catch (Refused e) {
            return new Loopback.Answer(
                    400,
                    Map.of(),
                    JSON.createObjectNode()
                            .put("code", e.code)
                            .put("msg", e.getMessage())
                            .toString());
        }
    }

    private JsonNode answer(Loopback.Request request) {
        Map<String, String> p = new LinkedHashMap<>();
        for (String pair : request.query().split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                p.put(pair.substring(0, at), pair.substring(at + 1));
            }
        }
        String key = request.headers().getOrDefault("X-MBX-APIKEY", "");
        switch (request.path()) {
            case "/fapi/v1/time" -> {
                return JSON.createObjectNode().put("serverTime", clock.getAsLong());
            }
            case "/fapi/v1/exchangeInfo" -> {
                ArrayNode all = JSON.createArrayNode();
                contracts.values().forEach(contract -> all.add(BinanceWords.listed(contract)));
                return JSON.createObjectNode().set("symbols", all);
            }
            case "/fapi/v1/depth" -> {
                return books.whole(contract(p.getOrDefault("symbol", "")), matcher);
            }
            case "/fapi/v1/listenKey" -> {
                if (keys.values().stream().noneMatch(each -> each.key().equals(key))) {
                    throw new Refused(-2015, "Invalid API-key, IP, or permissions for action");
                }
                return JSON.createObjectNode().put("listenKey", LISTEN_KEY);
            }
            default -> {}
        }
        int at = request.query().lastIndexOf("&signature=");
        String account = checked(key, request.query().substring(0, Math.max(0, at)), p.get("signature"), p);
        return signed(account, request, p);
    }

    private JsonNode signed(String account, Loopback.Request request, Map<String, String> p) {
        ArrayNode all = JSON.createArrayNode();
        switch (request.method() + " " + request.path()) {
            case "GET /fapi/v1/positionSide/dual" -> {
                return JSON.createObjectNode().put("dualSidePosition", hedged);
            }
            case "POST /fapi/v1/countdownCancelAll" -> {
                long wait = Long.parseLong(p.getOrDefault("countdownTime", "0"));
                countdowns.put(p.getOrDefault("symbol", ""), clock.getAsLong() + wait);
                return JSON.createObjectNode()
                        .put("symbol", p.get("symbol"))
                        .put("countdownTime", (refusesArming ? 0 : wait) + "");
            }
            case "DELETE /fapi/v1/allOpenOrders" -> {
                Contract contract = contract(p.getOrDefault("symbol", ""));
                matcher.open(account).stream()
                        .filter(order -> order.contract.equals(contract))
                        .forEach(order -> matcher.cancel(order, "cancelled"));
                publish(contract);
                return JSON.createObjectNode()
                        .put("code", 200)
                        .put("msg", "The operation of cancel all open order is done.");
            }
            case "GET /fapi/v1/openOrders" ->
                matcher.open(account).forEach(order -> all.add(BinanceWords.order(order)));
            case "GET /fapi/v1/order" -> {
                return matcher.fills(account).stream()
                        .map(Matcher.Fill::order)
                        .filter(order -> p.getOrDefault("orderId", "").equals(order.id + ""))
                        .findFirst()
                        .map(BinanceWords::order)
                        .orElseThrow(() -> new Refused(-2013, "Order does not exist."));
            }
            case "GET /fapi/v1/userTrades" -> {
                long from = Long.parseLong(p.getOrDefault("fromId", "0"));
                long since = Long.parseLong(p.getOrDefault("startTime", "0"));
                long until = Long.parseLong(p.getOrDefault("endTime", Long.MAX_VALUE + ""));
                matcher.fills(account).stream()
                        .filter(fill -> fill.order().contract.symbol().equals(p.get("symbol")))
                        .filter(fill -> fill.tradeId() >= from && fill.millis() >= since && fill.millis() <= until)
                        .limit(Integer.parseInt(p.getOrDefault("limit", "500")))
                        .forEach(fill -> all.add(BinanceWords.trade(fill)));
            }
            case "GET /fapi/v3/positionRisk" ->
                contracts
                        .values()
                        .forEach(contract -> all.add(JSON.createObjectNode()
                                .put("symbol", contract.symbol())
                                .put("positionSide", "BOTH")
                                .put(
                                        "positionAmt",
                                        BinanceWords.quantity(
                                                contract, matcher.position(account, contract.symbol())))));
            case "GET /fapi/v1/income" -> {
                long since = Long.parseLong(p.getOrDefault("startTime", "0"));
                income.stream()
                        .filter(one -> one.path("time").asLong() >= since)
                        .limit(Integer.parseInt(p.getOrDefault("limit", "100")))
                        .forEach(all::add);
            }
            default -> throw new Refused(-5000, "Path does not exist.");
        }
        return all;
    }

    @Override
    public void traded(Matcher.Fill taker, Matcher.Fill maker) {
        for (Matcher.Fill fill : List.of(taker, maker)) {
            if (!fill.order().account.equals("others")) {
                boolean forced = fill.order().label.startsWith("autoclose-");
                tell(fill.order(), forced ? "CALCULATED" : "TRADE", fill);
            }
        }
        Contract contract = taker.order().contract;
        publish(
                contract,
                "trade",
                JSON.createObjectNode()
                        .put("e", "trade")
                        .put("E", taker.millis())
                        .put("T", taker.millis())
                        .put("s", contract.symbol())
                        .put("t", taker.sequence())
                        .put("p", BinanceWords.price(contract, taker.ticks()))
                        .put("q", BinanceWords.quantity(contract, taker.lots()))
                        .put("X", "MARKET")
                        .put("m", taker.side() == Side.SELL));
    }

    @Override
    public void changed(Matcher.Order order) {
        if (order.account.equals("others")) {
            return;
        }
        if (order.open && order.filled == 0 && !order.amended) {
            tell(order, "NEW", null);
        } else if (order.open && order.amended && !order.told) {
            order.told = true;
            tell(order, "AMENDMENT", null);
        } else if (!order.open && !order.ended.equals("filled")) {
            tell(order, order.ended.equals("cancelled") ? "CANCELED" : "EXPIRED", null);
        }
    }

    private void tell(Matcher.Order order, String execution, Matcher.@Nullable Fill fill) {
        user(BinanceWords.update(order, execution, fill, matcher.millis()).toString());
    }

    @Override
    public void level(Contract contract, Side side, long ticks, long lots, boolean before) {
        books.level(contract, side, ticks, lots);
    }

    @Override
    void publish(Contract contract) {
        ObjectNode news = books.change(contract, matcher.millis());
        if (news != null) {
            publish(contract, "depth@100ms", news);
        }
    }

    private void publish(Contract contract, String kind, ObjectNode news) {
        String name = contract.symbol().toLowerCase(Locale.ROOT) + "@" + kind;
        ObjectNode message = JSON.createObjectNode().put("stream", name);
        message.set("data", news);
        for (Loopback.Channel channel : channels("/stream")) {
            if (channel.query().contains(name)) {
                channel.send(message.toString());
            }
        }
    }
}
