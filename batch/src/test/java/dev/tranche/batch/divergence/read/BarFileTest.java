package dev.tranche.batch.divergence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.market.Bar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarFileTest {
    private static final String HEADER = "open_time,open,high,low,close,volume\n";

    @TempDir
    private Path folder = Path.of(".");

    private final List<Bar> bars = new ArrayList<>();
    private final List<String> symbols = new ArrayList<>();

    private List<FileFacts> read(Path file, Optional<ZoneId> zone) throws IOException {
        return BarFile.read(Named.of(file), OptionalLong.empty(), zone, (symbol, bar) -> {
            symbols.add(symbol);
            bars.add(bar);
        });
    }

    private FileFacts read(String text) throws IOException {
        Path file = folder.resolve("BTCUSDT_5m.csv");
        Files.writeString(file, text);
        return read(file, Optional.empty()).getFirst();
    }

    private static String row(String time, int price) {
        return time + "," + price + "," + (price + 2) + "," + (price - 2) + "," + (price + 1) + ",10\n";
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    @Test
    void aTimeWithAnOffsetIsThatInstant() throws IOException {
        FileFacts facts = read(HEADER + row("2024-12-01 01:00:00+01:00", 100) + row("2024-12-01T00:05:00Z", 100));
        assertThat(bars.getFirst().openMillis()).isEqualTo(at("2024-12-01T00:00:00Z"));
        assertThat(facts.intervalMillis()).isEqualTo(300_000);
        assertThat(facts.to()).isEqualTo(at("2024-12-01T00:10:00Z"));
    }

    @Test
    void epochTimesAreToldByTheirSize() throws IOException {
        for (String unit : List.of("", "000", "000000", "000000000")) {
            bars.clear();
            read(HEADER + row("1733011200" + unit, 100) + row("1733011260" + unit, 100));
            assertThat(bars).extracting(Bar::openMillis).containsExactly(1733011200000L, 1733011260000L);
        }
    }

    @Test
    void aTimeWithoutAZoneIsRefusedUntilTheUserNamesOne() throws IOException {
        String text = HEADER + row("2024-07-01 02:00:00", 100) + row("2024-07-01 02:01:00", 100);
        assertThatThrownBy(() -> read(text))
                .hasMessageContaining("2024-07-01 02:00:00")
                .hasMessageContaining("--zone");
        read(folder.resolve("BTCUSDT_5m.csv"), Optional.of(ZoneId.of("Europe/Berlin")));
        assertThat(bars.getFirst().openMillis()).isEqualTo(at("2024-07-01T00:00:00Z"));
    }

    @Test
    void anEndInsideTheLastMillisecondMeansTheNext() throws IOException {
        read("close_datetime,open,high,low,close,volume\n"
                + row("2024-12-01 00:00:59.999000+00:00", 100)
                + row("2024-12-01 00:01:59.999000+00:00", 101));
        assertThat(bars.getFirst().openMillis()).isEqualTo(at("2024-12-01T00:00:00Z"));
        assertThat(bars.getFirst().closeMillis()).isEqualTo(at("2024-12-01T00:01:00Z"));
    }

    @Test
    void badRowsAreLeftOutCountedAndNamed() throws IOException {
        FileFacts facts = read(HEADER
                + row("1733011200", 100)
                + row("1733011260", 100)
                + "1733011320,100,102,98\n"
                + "1733011320,100,102,98,abc,1\n"
                + "1733011320,100,99,101,100,1\n"
                + "1733011320,100,102,98,100,-1\n"
                + row("1733011260", 101)
                + row("1733011200", 101)
                + row("never", 101)
                + row("1733011320", 102)
                + row("1733011500", 103)
                + row("1733011560", 103)
                + row("1733011620", 103)
                + "\n"
                + row("1733011680", 103));
        assertThat(facts.bad())
                .containsEntry("row is cut short", 1L)
                .containsEntry("close is no number", 1L)
                .containsEntry("bar is impossible", 2L)
                .containsEntry("time is repeated", 1L)
                .containsEntry("time goes back or overlaps", 1L)
                .containsEntry("time not understood", 1L);
        assertThat(facts.firsts().get("close is no number")).isEqualTo("line 5: abc");
        assertThat(facts.rows()).isEqualTo(14);
        assertThat(facts.bars()).isEqualTo(7);
        assertThat(facts.gaps()).isEqualTo(1);
        assertThat(facts.missing()).isEqualTo(2);
    }

    @Test
    void binancesMonthlyFilesComeWithoutNames() throws IOException {
        FileFacts facts = read("""
                1733011200000,100,102,98,101,10,1733011259999,1000,5,6,600,0
                1733011260000,100,102,98,101,10,1733011319999,1000,5,4,400,0
                """);
        assertThat(bars).extracting(Bar::volumeDelta).containsExactly(2.0, -2.0);
        assertThat(facts.takerBars()).isEqualTo(2);
    }

    @Test
    void anEmptyCellOfTheTakersIsNotKnown() throws IOException {
        read("""
                timestamp;open;high;low;close;volume;taker_buy_volume
                1733011200;1;1;1;1;5;2
                1733011260;1;1;1;1;5;
                """);
        assertThat(bars.get(0).takerBuyVolume()).isEqualTo(2);
        assertThat(bars.get(1).takerBuyVolume()).isNaN();
    }

    @Test
    void severalSymbolsInAFileAreKeptApart() throws IOException {
        Path file = folder.resolve("all.csv");
        Files.writeString(file, """
                symbol,time,open,high,low,close,volume
                BTC/USDT,1733011200,1,1,1,1,5
                ethusdt,1733011200,1,1,1,1,5
                BTC/USDT,1733011260,1,1,1,1,5
                ethusdt,1733011260,1,1,1,1,5
                """);
        assertThat(read(file, Optional.empty())).extracting(FileFacts::symbol).containsExactly("BTCUSDT", "ETHUSDT");
    }

    @Test
    void anUnknownLayoutIsShownAndRefused() {
        assertThatThrownBy(() -> read("alpha,beta\n1,2\n"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("its first line: alpha,beta")
                .hasMessageContaining("understood are");
    }

    @Test
    void emptyAndHopelessFilesAreRefused() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read(HEADER)).hasMessageContaining("holds 0 rows");
        assertThatThrownBy(() -> read(HEADER + row("1733011200", 100))).hasMessageContaining("--interval");
        assertThatThrownBy(() -> read(HEADER + row("1733011200", 100) + row("1733011260", 101) + "x\ny\nz\n"))
                .hasMessageContaining("3 of them are not usable");
    }

    @Test
    void aNameWithoutASymbolNeedsOne() throws IOException {
        Path file = folder.resolve("bars.csv");
        Files.writeString(file, HEADER + row("1733011200", 100) + row("1733011260", 100));
        assertThatThrownBy(() -> read(file, Optional.empty())).hasMessageContaining("write SYMBOL=");
        BarFile.read(Named.parse("DOGE=" + file), OptionalLong.of(60_000), Optional.empty(), (s, b) -> symbols.add(s));
        assertThat(symbols).containsExactly("DOGE", "DOGE");
    }

    @Test
    void compressedFilesReadTheSameAndATruncatedOneIsRefused() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 5000; i++) {
            text.append(row(String.valueOf(1733011200 + 60 * i), 100 + i % 7));
        }
        byte[] plain = text.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gz = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gz)) {
            out.write(plain);
        }
        Path file = folder.resolve("BTCUSDT.csv.gz");
        Files.write(file, gz.toByteArray());
        assertThat(read(file, Optional.empty()).getFirst().bars()).isEqualTo(5000);
        Path zipped = folder.resolve("BTCUSDT.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(zipped))) {
            zip.putNextEntry(new ZipEntry("BTCUSDT.csv"));
            zip.write(plain);
        }
        assertThat(read(zipped, Optional.empty()).getFirst().bars()).isEqualTo(5000);
        Files.write(file, java.util.Arrays.copyOf(gz.toByteArray(), gz.size() / 2));
        assertThatThrownBy(() -> read(file, Optional.empty())).hasMessageContaining("breaks off after");
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 9});
        assertThatThrownBy(() -> read(file, Optional.empty())).isInstanceOf(RefusedException.class);
    }

    @Test
    void aLineWithoutEndIsNoTable() throws IOException {
        Path file = folder.resolve("BTCUSDT.csv");
        Files.write(file, new byte[9 << 20]);
        assertThatThrownBy(() -> read(file, Optional.empty())).hasMessageContaining("longer than");
    }
}
