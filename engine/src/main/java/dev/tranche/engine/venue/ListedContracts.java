package dev.tranche.engine.venue;

import dev.tranche.market.Instrument;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.pricing.InverseOption;
import dev.tranche.market.pricing.OptionType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What venues list, as contracts of ours: the answers of Deribit's `public/get_instruments` and of Binance's
/// `/fapi/v1/exchangeInfo`.
///
/// A contract has one tick; where a venue's grows with the price (Deribit's options) it is the smallest that is
/// right at every price, so a cheap option is quoted on a coarser grid than the venue allows.
public final class ListedContracts {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_DECIMALS = 10;
    /// Most of an option's price that Deribit takes as a fee (its fee schedule).
    private static final double OPTION_FEE_CAP = 0.125;

    private ListedContracts() {}

    /// What is active and of a kind that we know (inverse futures and perpetuals, coin-settled options, linear
    /// futures) in the answer to `public/get_instruments`. An option's forward is the future of its expiry where
    /// that is listed, else the perpetual.
    ///
    /// @param venue what the venue is called in the contracts
    /// @throws IllegalArgumentException when the bytes are not that answer
    public static List<Contract> deribit(String venue, byte[] answer) {
        return deribit(venue, parse(answer).path("result"));
    }

    static List<Contract> deribit(String venue, JsonNode listed) {
        if (!listed.isArray()) {
            throw new IllegalArgumentException("an answer to get_instruments has a list of results");
        }
        Set<String> names = new HashSet<>();
        listed.forEach(one -> names.add(one.path("instrument_name").asString("")));
        List<Contract> all = new ArrayList<>();
        for (JsonNode one : listed) {
            String kind = one.path("kind").asString("");
            boolean known = kind.equals("future")
                    || (kind.equals("option")
                            && one.path("quote_currency")
                                    .asString("")
                                    .equals(one.path("base_currency").asString("")));
            if (known && one.path("is_active").asBoolean(false)) {
                all.add(deribit(venue, one, names));
            }
        }
        return all;
    }

    private static Contract deribit(String venue, JsonNode one, Set<String> names) {
        List<BigDecimal> ticks = new ArrayList<>();
        ticks.add(Numbers.decimal(one.path("tick_size")));
        one.path("tick_size_steps").forEach(step -> ticks.add(Numbers.decimal(step.path("tick_size"))));
        BigDecimal least = Numbers.decimal(one.path("min_trade_amount"));
        BigDecimal step = least.min(Numbers.decimal(one.path("contract_size")));
        int priceDecimals =
                ticks.stream().mapToInt(ListedContracts::decimals).max().orElse(0);
        int amountDecimals = Math.max(decimals(least), decimals(step));
        boolean option = one.path("kind").asString("").equals("option");
        return new Contract(
                new Instrument(one.path("instrument_name").asString(""), priceDecimals, amountDecimals),
                venue,
                terms(one, names, option),
                common(ticks, priceDecimals),
                units(step, amountDecimals),
                units(least, amountDecimals),
                new Fees(
                        one.path("maker_commission").asDouble(0),
                        one.path("taker_commission").asDouble(0),
                        option ? OPTION_FEE_CAP : Double.POSITIVE_INFINITY));
    }

    private static Terms terms(JsonNode one, Set<String> names, boolean option) {
        String base = one.path("base_currency").asString("");
        String symbol = one.path("instrument_name").asString("");
        if (option) {
            String[] parts = symbol.split("-", -1);
            String future = parts[0] + "-" + (parts.length > 1 ? parts[1] : "");
            OptionType type = one.path("option_type").asString("").equals("put") ? OptionType.PUT : OptionType.CALL;
            Instant expiry =
                    Instant.ofEpochMilli(one.path("expiration_timestamp").asLong());
            return new Terms.CoinOption(
                    base,
                    names.contains(future) ? future : parts[0] + "-PERPETUAL",
                    new InverseOption(type, one.path("strike").asDouble(), expiry));
        }
        boolean perpetual = one.path("settlement_period").asString("").equals("perpetual");
        String settlement = one.path("settlement_currency").asString("");
        return settlement.equals(base)
                ? new Terms.Inverse(base, one.path("counter_currency").asString("USD"), 1, perpetual)
                : new Terms.Linear(base, settlement, perpetual);
    }

    /// What trades in the answer to `/fapi/v1/exchangeInfo` and is settled in its quote currency.
    ///
    /// @param fees of the account, which the venue does not list with its contracts
    /// @throws IllegalArgumentException when the bytes are not that answer
    public static List<Contract> binance(String venue, byte[] answer, Fees fees) {
        return binance(venue, parse(answer), fees);
    }

    static List<Contract> binance(String venue, JsonNode answer, Fees fees) {
        JsonNode listed = answer.path("symbols");
        if (!listed.isArray()) {
            throw new IllegalArgumentException("an answer to exchangeInfo has a list of symbols");
        }
        List<Contract> all = new ArrayList<>();
        for (JsonNode one : listed) {
            String quote = one.path("quoteAsset").asString("");
            if (one.path("status").asString("").equals("TRADING")
                    && one.path("marginAsset").asString("").equals(quote)
                    && one.path("symbol").asString("").matches("[A-Z0-9_-]{1,32}")) {
                all.add(binance(venue, one, quote, fees));
            }
        }
        return all;
    }

    private static Contract binance(String venue, JsonNode one, String quote, Fees fees) {
        BigDecimal tick = filter(one, "PRICE_FILTER", "tickSize");
        BigDecimal step = filter(one, "LOT_SIZE", "stepSize");
        int priceDecimals = Math.max(one.path("pricePrecision").asInt(0), decimals(tick));
        int quantityDecimals = Math.max(one.path("quantityPrecision").asInt(0), decimals(step));
        return new Contract(
                new Instrument(one.path("symbol").asString(""), priceDecimals, quantityDecimals),
                venue,
                new Terms.Linear(
                        one.path("baseAsset").asString(""),
                        quote,
                        one.path("contractType").asString("").equals("PERPETUAL")),
                units(tick, priceDecimals),
                units(step, quantityDecimals),
                units(filter(one, "LOT_SIZE", "minQty"), quantityDecimals),
                fees);
    }

    private static BigDecimal filter(JsonNode symbol, String type, String field) {
        for (JsonNode filter : symbol.path("filters")) {
            if (filter.path("filterType").asString("").equals(type)) {
                return Numbers.decimal(filter.path(field));
            }
        }
        throw new IllegalArgumentException(symbol.path("symbol").asString("") + " has no filter " + type);
    }

    /// Where our contracts of a venue are not what it lists: one sentence each, empty when all agree.
    public static List<String> differences(Contracts ours, String venue, List<Contract> listed) {
        List<String> all = new ArrayList<>();
        for (Contract mine : ours.all()) {
            if (!mine.venue().equals(venue)) {
                continue;
            }
            List<Contract> found = listed.stream()
                    .filter(theirs -> theirs.symbol().equals(mine.symbol()))
                    .toList();
            if (found.isEmpty()) {
                all.add(mine.symbol() + " is not listed");
            } else if (!alike(mine, found.getFirst())) {
                all.add(mine.symbol() + " is listed as " + found.getFirst() + ", ours is " + mine);
            }
        }
        return all;
    }

    /// A coarser grid of ours is as good as the venue's; the terms must be its own, fees may be better.
    private static boolean alike(Contract mine, Contract theirs) {
        double scale = Math.pow(
                10, mine.instrument().priceDecimals() - theirs.instrument().priceDecimals());
        double lots = Math.pow(
                10, mine.instrument().quantityDecimals() - theirs.instrument().quantityDecimals());
        return sameTerms(mine.terms(), theirs.terms())
                && whole(mine.tick() / (theirs.tick() * scale))
                && whole(mine.step() / (theirs.step() * lots))
                && mine.least() >= theirs.least() * lots;
    }

    /// What an option's forward is taken from is our choice; the rest is the venue's.
    private static boolean sameTerms(Terms mine, Terms theirs) {
        return (mine instanceof Terms.CoinOption(String base, String _, InverseOption option)
                        && theirs instanceof Terms.CoinOption(String other, String _, InverseOption listed))
                ? base.equals(other) && option.equals(listed)
                : mine.equals(theirs);
    }

    private static boolean whole(double ratio) {
        return ratio >= 1 && Math.rint(ratio) == ratio;
    }

    private static JsonNode parse(byte[] answer) {
        try {
            return JSON.readTree(answer);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a venue's list of contracts is JSON: " + answer.length + " bytes", e);
        }
    }

    private static int decimals(BigDecimal number) {
        return Math.clamp(number.stripTrailingZeros().scale(), 0, MOST_DECIMALS);
    }

    private static long units(BigDecimal number, int decimals) {
        return number.movePointRight(decimals).longValueExact();
    }

    /// The least common multiple.
    private static long common(List<BigDecimal> ticks, int decimals) {
        BigInteger all = BigInteger.ONE;
        for (BigDecimal tick : ticks) {
            BigInteger one = BigInteger.valueOf(units(tick, decimals));
            all = all.multiply(one).divide(all.gcd(one));
        }
        return all.longValueExact();
    }
}
