package dev.tranche.engine.venue;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import java.nio.charset.StandardCharsets;

/// Writes orders as Deribit's requests, without allocation: what does not change of a contract is written once.
/// One thread at a time.
final class DeribitRequests {
    private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":");
    private static final byte[] BUY = ascii(",\"method\":\"private/buy\",\"params\":{\"instrument_name\":\"");
    private static final byte[] SELL = ascii(",\"method\":\"private/sell\",\"params\":{\"instrument_name\":\"");
    private static final byte[] EDIT =
            ascii(",\"method\":\"private/edit_by_label\",\"params\":{\"instrument_name\":\"");
    private static final byte[] CANCEL = ascii(",\"method\":\"private/cancel_by_label\",\"params\":{\"currency\":\"");
    private static final byte[] CANCEL_ALL =
            ascii(",\"method\":\"private/cancel_all_by_instrument\",\"params\":{\"instrument_name\":\"");
    private static final byte[] AMOUNT = ascii("\",\"amount\":");
    private static final byte[] PRICE = ascii(",\"price\":");
    private static final byte[] LABEL = ascii(",\"label\":\"");
    private static final byte[] CANCEL_LABEL = ascii("\",\"label\":\"");
    private static final byte[] LIMIT = ascii("\",\"type\":\"limit\"");
    private static final byte[] END_OF_LABEL = ascii("\"");
    private static final byte[] POST_ONLY = ascii(",\"post_only\":true,\"reject_post_only\":true");
    private static final byte[] NOT_POST_ONLY = ascii(",\"post_only\":false");
    private static final byte[] REDUCE_ONLY = ascii(",\"reduce_only\":true");
    private static final byte[] PROTECTED = ascii(",\"mmp\":true");
    private static final byte[] TILL_CANCELLED = ascii(",\"time_in_force\":\"good_til_cancelled\"");
    private static final byte[] AT_ONCE = ascii(",\"time_in_force\":\"immediate_or_cancel\"");
    private static final byte[] END = ascii("}}");
    private static final byte[] END_OF_TEXT = ascii("\"}}");

    private final Ascii out = new Ascii();
    private final byte[] prefix;
    private final boolean protection;
    private final byte[][] symbols;
    private final byte[][] currencies;
    private final int[] priceDecimals;
    private final int[] amountDecimals;

    DeribitRequests(Contracts contracts, String prefix, boolean protection) {
        this.prefix = ascii(prefix);
        this.protection = protection;
        int size = contracts.size();
        this.symbols = new byte[size][];
        this.currencies = new byte[size][];
        this.priceDecimals = new int[size];
        this.amountDecimals = new int[size];
        for (int i = 0; i < size; i++) {
            Contract contract = contracts.get(i);
            symbols[i] = ascii(contract.symbol());
            currencies[i] = ascii(contract.terms().settlement());
            priceDecimals[i] = contract.instrument().priceDecimals();
            amountDecimals[i] = contract.instrument().quantityDecimals();
        }
    }

    /// @param flags of [SentOrders]
    Ascii place(long request, long orderId, int contract, int flags, boolean atOnce, long priceTicks, long lots) {
        begin(request, SentOrders.buys(flags) ? BUY : SELL).add(symbols[contract]);
        terms(contract, priceTicks, lots);
        out.add(LABEL).add(prefix).add(orderId).add(LIMIT).add(atOnce ? AT_ONCE : TILL_CANCELLED);
        if (SentOrders.postOnly(flags)) {
            out.add(POST_ONLY);
            if (protection) {
                out.add(PROTECTED);
            }
        }
        return reduceOnly(flags).add(END);
    }

    Ascii amend(long request, long orderId, int contract, int flags, long priceTicks, long lots) {
        begin(request, EDIT).add(symbols[contract]);
        terms(contract, priceTicks, lots);
        out.add(LABEL).add(prefix).add(orderId).add(END_OF_LABEL);
        out.add(SentOrders.postOnly(flags) ? POST_ONLY : NOT_POST_ONLY);
        return reduceOnly(flags).add(END);
    }

    Ascii cancel(long request, long orderId, int contract) {
        return begin(request, CANCEL)
                .add(currencies[contract])
                .add(CANCEL_LABEL)
                .add(prefix)
                .add(orderId)
                .add(END_OF_TEXT);
    }

    Ascii cancelAll(long request, int contract) {
        return begin(request, CANCEL_ALL).add(symbols[contract]).add(END_OF_TEXT);
    }

    private Ascii begin(long request, byte[] method) {
        return out.clear().add(HEAD).add(request).add(method);
    }

    private void terms(int contract, long priceTicks, long lots) {
        out.add(AMOUNT).decimal(lots, amountDecimals[contract]);
        out.add(PRICE).decimal(priceTicks, priceDecimals[contract]);
    }

    private Ascii reduceOnly(int flags) {
        return SentOrders.reduceOnly(flags) ? out.add(REDUCE_ONLY) : out;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
