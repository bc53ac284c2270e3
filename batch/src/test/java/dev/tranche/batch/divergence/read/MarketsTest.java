package dev.tranche.batch.divergence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketsTest {
    private static final String HEADER = "open_time,open,high,low,close,volume,taker_buy_volume\n";

    @TempDir
    private Path folder = Path.of(".");

    private final List<FileFacts> told = new ArrayList<>();

    private Path bars(String name, long from, int count, int step) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            text.append(from + (long) step * i).append(",1,1,1,1,5,2\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private List<Market> read(String... files) throws IOException {
        return Markets.read(
                new Markets.Request(List.of(files), List.of(), OptionalLong.empty(), Optional.empty(), 8, 8),
                told::add);
    }

    @Test
    void filesOfOneSymbolArePutInOrderOfTimeAndOverlapsAreLeftOut() throws IOException {
        bars("BTCUSDT-b.csv", 1_733_011_500, 5, 60);
        bars("BTCUSDT-a.csv", 1_733_011_200, 7, 60);
        List<Market> markets = read(folder.toString());
        assertThat(told).extracting(FileFacts::file).containsExactly("BTCUSDT-a.csv", "BTCUSDT-b.csv");
        assertThat(markets).singleElement().satisfies(market -> {
            assertThat(market.bars())
                    .hasSize(10)
                    .extracting(Bar::openMillis)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(market.overlapping()).isEqualTo(2);
            assertThat(market.files()).hasSize(2);
            assertThat(market.takerBars()).isEqualTo(12);
        });
    }

    @Test
    void symbolsAreKeptApartAndSorted() throws IOException {
        String eth = bars("ETHUSDT.csv", 1_733_011_200, 5, 60).toString();
        String btc = bars("BTCUSDT.csv", 1_733_011_200, 5, 60).toString();
        assertThat(read(eth, btc)).extracting(Market::symbol).containsExactly("BTCUSDT", "ETHUSDT");
    }

    @Test
    void twoLengthsOfBarsOfOneSymbolAreRefused() throws IOException {
        bars("BTCUSDT-1m.csv", 1_733_011_200, 5, 60);
        bars("BTCUSDT-5m.csv", 1_733_011_200, 5, 300);
        assertThatThrownBy(() -> read(folder.toString()))
                .hasMessageContaining("bars of 1m")
                .hasMessageContaining("of 5m");
    }

    @Test
    void aFolderWithoutTablesIsRefused() {
        assertThatThrownBy(() -> read(folder.toString())).hasMessageContaining("is in the folder");
    }

    @Test
    void aMarketWithoutFlowIsRefusedWithTheReason() throws IOException {
        Path file = Files.writeString(
                folder.resolve("BTCUSDT.csv"),
                "time,open,high,low,close,volume\n1733011200,1,1,1,1,5\n1733011260,1,1,1,1,5\n");
        List<Market> markets = read(file.toString());
        assertThat(markets.getFirst().hasFlow()).isFalse();
        assertThatThrownBy(() -> Markets.withFlow(markets)).hasMessageContaining("the tick rule needs single");
        List<Market> whole = read(bars("ETHUSDT.csv", 1_733_011_200, 5, 60).toString());
        assertThat(Markets.withFlow(whole)).isEqualTo(whole);
    }
}
