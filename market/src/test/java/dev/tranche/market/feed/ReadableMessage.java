package dev.tranche.market.feed;

import dev.tranche.market.Instrument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The oracle of [BinanceDecoder]: reads a message into maps, lists and `BigDecimal`s, and says what it means
/// as [Said] writes it. For sound messages only.
final class ReadableMessage {
    private final String text;
    private int at;

    private ReadableMessage(String text) {
        this.text = text;
    }

    static String line(Instrument instrument, String line) {
        int space = line.indexOf(' ');
        Object read = new ReadableMessage(line.substring(space + 1)).value();
        Map<?, ?> message = map(read);
        Map<?, ?> event = message.containsKey("data") ? map(message.get("data")) : message;
        return said(instrument, line.substring(0, space), event);
    }

    private static String said(Instrument instrument, String received, Map<?, ?> event) {
        Object time = event.containsKey("T") ? event.get("T") : event.containsKey("E") ? event.get("E") : -1;
        String when = " at " + time + " heard " + received;
        if (event.containsKey("lastUpdateId")) {
            return levels(
                    instrument,
                    "snapshot" + when + " id " + event.get("lastUpdateId"),
                    event.get("bids"),
                    event.get("asks"));
        }
        if (Objects.equals(event.get("e"), "depthUpdate")) {
            Object previous = event.containsKey("pu") ? event.get("pu") : -1;
            String ids = " ids " + event.get("U") + ".." + event.get("u") + " after " + previous;
            return levels(instrument, "depth" + when + ids, event.get("b"), event.get("a"));
        }
        if (Objects.equals(event.get("e"), "trade")) {
            String side = Objects.equals(event.get("m"), "true") ? "SELL" : "BUY";
            return "trade" + when + " id " + event.get("t") + ": "
                    + steps(event.get("q"), instrument.quantityDecimals()) + " @ "
                    + steps(event.get("p"), instrument.priceDecimals()) + " " + side;
        }
        return "top" + when + " id " + event.get("u") + ": " + level(instrument, event.get("b"), event.get("B")) + " "
                + level(instrument, event.get("a"), event.get("A"));
    }

    private static String levels(Instrument instrument, String head, @Nullable Object bids, @Nullable Object asks) {
        StringJoiner all = new StringJoiner(" ", head + ": ", "");
        for (Object bid : list(bids)) {
            all.add("BUY " + level(instrument, list(bid).get(0), list(bid).get(1)));
        }
        for (Object ask : list(asks)) {
            all.add("SELL " + level(instrument, list(ask).get(0), list(ask).get(1)));
        }
        return all.toString();
    }

    private static String level(Instrument instrument, @Nullable Object price, @Nullable Object quantity) {
        return steps(quantity, instrument.quantityDecimals()) + " @ " + steps(price, instrument.priceDecimals());
    }

    private static long steps(@Nullable Object number, int decimals) {
        return new BigDecimal(String.valueOf(number)).movePointRight(decimals).longValueExact();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    private Object value() {
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> bare();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> all = new LinkedHashMap<>();
        while (text.charAt(at) != '}') {
            at++;
            String key = string();
            at++;
            all.put(key, value());
        }
        at++;
        return all;
    }

    private List<Object> array() {
        List<Object> all = new ArrayList<>();
        at++;
        while (text.charAt(at) != ']') {
            all.add(value());
            at += text.charAt(at) == ',' ? 1 : 0;
        }
        at++;
        return all;
    }

    private String string() {
        int end = text.indexOf('"', at + 1);
        String content = text.substring(at + 1, end);
        at = end + 1;
        return content;
    }

    private String bare() {
        int from = at;
        while (",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }
}
