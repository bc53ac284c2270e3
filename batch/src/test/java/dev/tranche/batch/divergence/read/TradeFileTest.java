package dev.tranche.batch.divergence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradeFileTest {
    private static final TradeFile.Grid SECONDS = new TradeFile.Grid(1000, 2, 3);
    private static final long START = 1_733_011_200_000L;
    private static final String HEADER = "event_time_ms,price,qty,is_buy\n";

    @TempDir
    private Path folder = Path.of(".");

    private final List<Bar> bars = new ArrayList<>();

    private FileFacts read(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return TradeFile.read(Named.of(file), SECONDS, (symbol, bar) -> bars.add(bar));
    }

    private static String trade(long offset, String price, String quantity, boolean buy) {
        return (START + offset) + "," + price + "," + quantity + "," + buy + "\n";
    }

    @Test
    void tradesBecomeBarsThatKnowWhatTakersBought() throws IOException {
        FileFacts facts = read(
                "BTCUSDT.csv",
                HEADER
                        + trade(0, "100.00", "1", true)
                        + trade(400, "101.50", "2.5", false)
                        + trade(900, "99.25", "0.125", true)
                        + trade(1100, "100", "1", true)
                        + trade(2300, "100", "1", false));
        assertThat(facts.symbol()).isEqualTo("BTCUSDT");
        assertThat(facts.rows()).isEqualTo(5);
        Bar first = bars.getFirst();
        assertThat(first.openMillis()).isEqualTo(START);
        assertThat(first.high()).isEqualTo(101.5);
        assertThat(first.low()).isEqualTo(99.25);
        assertThat(first.volume()).isEqualTo(3.625);
        assertThat(first.takerBuyVolume()).isEqualTo(1.125);
        assertThat(first.orderFlowImbalance()).isNaN();
        assertThat(facts.bars()).isEqualTo(bars.size()).isEqualTo(2);
        assertThat(facts.takerBars()).isEqualTo(2);
        assertThat(facts.bookBars()).isZero();
    }

    @Test
    void whatTheMonitorDropsIsCountedByName() throws IOException {
        FileFacts facts = read(
                "BTCUSDT.csv",
                HEADER + trade(0, "100", "1", true) + trade(0, "100", "1", true) + trade(500, "-1", "1", true)
                        + trade(600, "100", "nothing", true) + "garbage\n" + trade(1500, "100", "1", true)
                        + trade(1200, "100", "1", true) + trade(2500, "100", "1", true));
        assertThat(facts.bad()).containsKeys("repeat", "bad price", "bad quantity", "out of order (noted, used)");
        assertThat(facts.firsts().get("bad price")).startsWith("line 4: ");
        assertThat(bars.getFirst().volume()).isEqualTo(1);
    }

    @Test
    void aSilenceLeavesAHole() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 10; i++) {
            text.append(trade(1000L * i, "100", "1", true));
            text.append(trade(200_000 + 1000L * i, "100", "1", true));
        }
        List<String> lines = text.toString().lines().skip(1).sorted().toList();
        FileFacts facts = read("BTCUSDT.csv", HEADER + String.join("\n", lines) + "\n");
        assertThat(facts.gaps()).isEqualTo(1);
        assertThat(facts.missing()).isGreaterThan(180);
        assertThat(facts.bad()).containsEntry("silence", 1L);
    }

    @Test
    void aCaptureWithoutABookIsTradesOnly() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            long at = START + 1000L * i;
            text.append((at + 5) * 1_000_000)
                    .append(" {\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":");
            text.append(at).append(",\"s\":\"BTCUSDT\",\"a\":").append(7 + i);
            text.append(",\"p\":\"100.10\",\"q\":\"0.500\",\"f\":1,\"l\":1,\"T\":")
                    .append(at)
                    .append(",\"m\":true}}\n");
        }
        FileFacts facts = read("BTCUSDT_capture.ndjson", text.toString());
        assertThat(facts.layout()).isEqualTo("capture of a venue's stream");
        assertThat(facts.bad()).isEmpty();
        assertThat(bars)
                .hasSize(4)
                .allSatisfy(bar -> assertThat(bar.volumeDelta()).isEqualTo(-0.5));
    }

    @Test
    void filesOfWhichNoBarComesAreRefusedWithTheirFirstLine() {
        assertThatThrownBy(() -> read("BTCUSDT.csv", "")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read("BTCUSDT.csv", "alpha,beta\n1,2\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("its first line: alpha,beta")
                .hasMessageContaining("understood are");
        assertThatThrownBy(() -> read("BTCUSDT.csv", HEADER + trade(0, "100", "1", true)))
                .hasMessageContaining("no bar of 1s");
        assertThatThrownBy(() -> read("BTCUSDT.ndjson", "{\"seq\": 1, \"bids\": []}\n"))
                .hasMessageContaining("no bar of 1s")
                .hasMessageContaining("{\"seq\"");
        assertThatThrownBy(() -> read("trades.csv", HEADER)).hasMessageContaining("write SYMBOL=");
    }

    /// A file of any length needs the memory of its bars only.
    @Test
    void aLongFileIsStreamed() throws IOException {
        Path file = folder.resolve("BTCUSDT.csv");
        try (java.io.BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER);
            for (int i = 0; i < 300_000; i++) {
                out.write(trade(20L * i, i % 2 == 0 ? "100.01" : "100.02", "0.001", i % 3 == 0));
            }
        }
        FileFacts facts = TradeFile.read(Named.of(file), SECONDS, (symbol, bar) -> bars.add(bar));
        assertThat(facts.rows()).isEqualTo(300_000);
        assertThat(bars).hasSize(5999);
        assertThat(bars.get(10).volume()).isCloseTo(0.05, org.assertj.core.data.Offset.offset(1e-9));
    }
}
