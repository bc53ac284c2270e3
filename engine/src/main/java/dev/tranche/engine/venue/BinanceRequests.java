package dev.tranche.engine.venue;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/// Writes orders as requests of Binance's WebSocket API, signed with HMAC-SHA256 over the parameters in the
/// order of their names. What does not change is written once; the signature is computed into bytes that are
/// used again. One thread at a time.
final class BinanceRequests {
    private static final byte[] NO_BYTES = {};

    private final Ascii out = new Ascii();
    private final Ascii signed = new Ascii();
    private final byte[] prefix;
    private final byte[] key;
    private final Mac mac;
    private final byte[] signature = new byte[32];
    private final long window;
    private final byte[][] symbols;
    private final int[] priceDecimals;
    private final int[] quantityDecimals;
    private int parameters;

    BinanceRequests(Contracts contracts, BinanceSettings settings, Credentials credentials) {
        this.prefix = ascii(settings.prefix());
        this.key = ascii(credentials.key());
        this.mac = credentials.mac();
        this.window = settings.window();
        int size = contracts.size();
        this.symbols = new byte[size][];
        this.priceDecimals = new int[size];
        this.quantityDecimals = new int[size];
        for (int i = 0; i < size; i++) {
            Contract contract = contracts.get(i);
            symbols[i] = ascii(contract.symbol());
            priceDecimals[i] = contract.instrument().priceDecimals();
            quantityDecimals[i] = contract.instrument().quantityDecimals();
        }
    }

    /// @param flags of [SentOrders]
    Ascii place(
            long request,
            long orderId,
            int contract,
            int flags,
            boolean atOnce,
            long priceTicks,
            long lots,
            long nowMillis) {
        begin(request, "order.place");
        id("newClientOrderId", orderId);
        text("newOrderRespType", "ACK");
        decimal("price", priceTicks, priceDecimals[contract]);
        decimal("quantity", lots, quantityDecimals[contract]);
        number("recvWindow", window);
        if (SentOrders.reduceOnly(flags)) {
            text("reduceOnly", "true");
        }
        text("side", SentOrders.buys(flags) ? "BUY" : "SELL");
        symbol(contract);
        text("timeInForce", atOnce ? "IOC" : SentOrders.postOnly(flags) ? "GTX" : "GTC");
        number("timestamp", nowMillis);
        text("type", "LIMIT");
        return sign();
    }

    Ascii amend(long request, long orderId, int contract, int flags, long priceTicks, long lots, long nowMillis) {
        begin(request, "order.modify");
        id("origClientOrderId", orderId);
        decimal("price", priceTicks, priceDecimals[contract]);
        decimal("quantity", lots, quantityDecimals[contract]);
        number("recvWindow", window);
        text("side", SentOrders.buys(flags) ? "BUY" : "SELL");
        symbol(contract);
        number("timestamp", nowMillis);
        return sign();
    }

    Ascii cancel(long request, long orderId, int contract, long nowMillis) {
        begin(request, "order.cancel");
        id("origClientOrderId", orderId);
        number("recvWindow", window);
        symbol(contract);
        number("timestamp", nowMillis);
        return sign();
    }

    private void begin(long request, String method) {
        parameters = 0;
        signed.clear();
        out.clear()
                .add("{\"id\":")
                .add(request)
                .add(",\"method\":\"")
                .add(method)
                .add("\",\"params\":{");
        name("apiKey");
        out.add("\"").add(key).add("\"");
        signed.add(key);
    }

    private void name(String name) {
        if (parameters++ > 0) {
            out.add(",");
            signed.add("&");
        }
        out.add("\"").add(name).add("\":");
        signed.add(name).add("=");
    }

    private void text(String name, String value) {
        name(name);
        out.add("\"").add(value).add("\"");
        signed.add(value);
    }

    private void symbol(int contract) {
        name("symbol");
        out.add("\"").add(symbols[contract]).add("\"");
        signed.add(symbols[contract]);
    }

    private void id(String name, long orderId) {
        name(name);
        out.add("\"").add(prefix).add(orderId).add("\"");
        signed.add(prefix).add(orderId);
    }

    private void decimal(String name, long steps, int decimals) {
        name(name);
        out.add("\"").decimal(steps, decimals).add("\"");
        signed.decimal(steps, decimals);
    }

    private void number(String name, long value) {
        name(name);
        out.add(value);
        signed.add(value);
    }

    private Ascii sign() {
        try {
            mac.update(signed.bytes, 0, signed.size);
            mac.doFinal(signature, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a signature has 32 bytes", e);
        }
        out.add(",\"signature\":\"").hex(signature, signature.length).add("\"}}");
        return out;
    }

    private static byte[] ascii(String text) {
        return text.isEmpty() ? NO_BYTES : text.getBytes(StandardCharsets.US_ASCII);
    }
}
