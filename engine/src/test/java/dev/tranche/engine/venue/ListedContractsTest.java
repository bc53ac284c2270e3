package dev.tranche.engine.venue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Contracts;
import dev.tranche.market.contract.Fees;
import dev.tranche.market.contract.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedContractsTest {
    private static final String DERIBIT = """
            {"jsonrpc":"2.0","result":[
            {"instrument_name":"BTC-PERPETUAL","kind":"future","base_currency":"BTC","quote_currency":"USD",
             "counter_currency":"USD","settlement_currency":"BTC","settlement_period":"perpetual","contract_size":10,
             "min_trade_amount":10.0,"tick_size":0.5,"tick_size_steps":[],"maker_commission":0.0,
             "taker_commission":0.0005,"is_active":true,"expiration_timestamp":32503708800000},
            {"instrument_name":"BTC-25DEC26","kind":"future","base_currency":"BTC","quote_currency":"USD",
             "counter_currency":"USD","settlement_currency":"BTC","settlement_period":"month","contract_size":10,
             "min_trade_amount":10.0,"tick_size":2.5,"maker_commission":0.0,"taker_commission":0.0005,"is_active":true},
            {"instrument_name":"BTC-25DEC26-100000-C","kind":"option","base_currency":"BTC","quote_currency":"BTC",
             "counter_currency":"USD","settlement_currency":"BTC","settlement_period":"month","contract_size":1,
             "min_trade_amount":0.1,"tick_size":0.0001,
             "tick_size_steps":[{"above_price":0.005,"tick_size":0.0005}],"strike":100000.0,"option_type":"call",
             "expiration_timestamp":1798185600000,"maker_commission":0.0003,"taker_commission":0.0003,"is_active":true},
            {"instrument_name":"BTC-1DEC26-90000-P","kind":"option","base_currency":"BTC","quote_currency":"BTC",
             "counter_currency":"USD","settlement_currency":"BTC","contract_size":1,"min_trade_amount":0.1,
             "tick_size":0.0001,"strike":90000.0,"option_type":"put","expiration_timestamp":1796112000000,
             "maker_commission":0.0003,"taker_commission":0.0003,"is_active":true},
            {"instrument_name":"BTC-OLD","kind":"future","base_currency":"BTC","settlement_currency":"BTC",
             "contract_size":10,"min_trade_amount":10.0,"tick_size":0.5,"is_active":false},
            {"instrument_name":"BTC_USDC-25DEC26-100000-C","kind":"option","base_currency":"BTC",
             "quote_currency":"USDC","settlement_currency":"USDC","contract_size":0.01,"min_trade_amount":0.01,
             "tick_size":5,"strike":100000,"option_type":"call","is_active":true}]}
            """;
    private static final String BINANCE = """
            {"symbols":[
            {"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT",
             "marginAsset":"USDT","pricePrecision":2,"quantityPrecision":3,"filters":[
              {"filterType":"PRICE_FILTER","minPrice":"261.10","maxPrice":"809484","tickSize":"0.10"},
              {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"1000","stepSize":"0.001"}]},
            {"symbol":"OLDUSDT","contractType":"PERPETUAL","status":"SETTLING","baseAsset":"OLD","quoteAsset":"USDT",
             "marginAsset":"USDT","filters":[]}]}
            """;

    @Test
    void deribitsListIsReadWithTheTermsOfEachKind() {
        List<Contract> all = ListedContracts.deribit("deribit", DERIBIT.getBytes(UTF_8));

        assertThat(all)
                .extracting(Contract::symbol)
                .containsExactly("BTC-PERPETUAL", "BTC-25DEC26", "BTC-25DEC26-100000-C", "BTC-1DEC26-90000-P");
        Contract perpetual = all.getFirst();
        assertThat(perpetual.terms()).isEqualTo(new Terms.Inverse("BTC", "USD", 1, true));
        assertThat(perpetual.tick() + " " + perpetual.step() + " " + perpetual.least() + " "
                        + perpetual.instrument().priceDecimals())
                .isEqualTo("5 10 10 1");
        Contract call = all.get(2);
        assertThat(call.tick()).as("right above and below 0.005").isEqualTo(5);
        assertThat(call.step() + " " + call.least() + " " + call.instrument().quantityDecimals())
                .isEqualTo("1 1 1");
        assertThat(((Terms.CoinOption) call.terms()).underlying()).isEqualTo("BTC-25DEC26");
        assertThat(((Terms.CoinOption) all.get(3).terms()).underlying()).isEqualTo("BTC-PERPETUAL");
        assertThat(call.fees()).isEqualTo(new Fees(0.0003, 0.0003, 0.125));
    }

    @Test
    void binancesListIsReadWithItsFilters() {
        Fees fees = new Fees(0.0002, 0.0005, Double.POSITIVE_INFINITY);

        assertThat(ListedContracts.binance("binance", BINANCE.getBytes(UTF_8), fees))
                .containsExactly(Fixtures.LINEAR);
    }

    @Test
    void whatDiffersFromTheListIsSaid() {
        List<Contract> listed = ListedContracts.deribit("deribit", DERIBIT.getBytes(UTF_8));

        assertThat(ListedContracts.differences(
                        Contracts.of(List.of(Fixtures.LINEAR, Fixtures.PERPETUAL)), "deribit", listed))
                .isEmpty();
        assertThat(ListedContracts.differences(Fixtures.ALL, "deribit", listed)).isEmpty();
        assertThat(ListedContracts.differences(Fixtures.ALL, "deribit", listed.subList(0, 1)))
                .containsExactly("BTC-25DEC26-100000-C is not listed");
        Contract finer = new Contract(
                Fixtures.PERPETUAL.instrument(), "deribit", Fixtures.PERPETUAL.terms(), 1, 10, 10, Fees.NONE);
        assertThat(ListedContracts.differences(Contracts.of(List.of(finer)), "deribit", listed))
                .singleElement()
                .asString()
                .startsWith("BTC-PERPETUAL is listed as ");
        assertThat(ListedContracts.differences(Fixtures.ALL, "binance", List.of()))
                .containsExactly("BTCUSDT is not listed", "ETHUSDT is not listed");
    }

    @Test
    void anAnswerThatIsNoneIsRefused() {
        assertThatThrownBy(() -> ListedContracts.deribit("deribit", "{}".getBytes(UTF_8)))
                .hasMessage("an answer to get_instruments has a list of results");
        assertThatThrownBy(() -> ListedContracts.binance("binance", "<html>".getBytes(UTF_8), Fees.NONE))
                .hasMessage("a venue's list of contracts is JSON: 6 bytes");
    }
}
