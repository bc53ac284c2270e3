package dev.tranche.server.measured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.release.Mode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ToldTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String TAGS =
            "tranche_signal,product=divergence,version=divergence_btc_v1.0,entity=BTCUSDT,mode=read-only,sender=h1";

    private static Told read(String rest) {
        return Told.of(Line.parse(TAGS + rest), Precision.MILLISECONDS, NOW);
    }

    @Test
    void aFullLineIsUnderstood() {
        Told told = read(" seq=7i,events=412i,errors=3i,invalid=2i,span_ms=500i,up=false,closed_all=3i,closed_bull=2i,"
                + "closed_bear=1i,closed_conflict=0i,event_latency=\"97:1 98:4\",detection_latency=\"40:2\","
                + "pipeline_latency=\"\",memory_used=0.25 " + (NOW - 1_000));
        assertThat(told.series()).isEqualTo(new SeriesKey("divergence", "divergence_btc_v1.0", "BTCUSDT"));
        assertThat(told.mode()).isEqualTo(Mode.READ_ONLY);
        assertThat(told.seq()).isEqualTo(7);
        assertThat(told.endMillis()).isEqualTo(NOW - 1_000);
        assertThat(told.spanMillis()).isEqualTo(500);
        assertThat(told.up()).isFalse();
        assertThat(told.levels().memoryUsed()).hasValue(0.25);
        assertThat(told.counts()).isEqualTo(new Counts(412, 3, 2, 3, 2, 1, 0, 0, 0, 0, "97:1 98:4", "40:2", "", ""));
    }

    @Test
    void aMarketMakersLineIsUnderstood() {
        String tags = "tranche_desk,product=btc_mm,version=btc_mm_glft_v1.0,entity=BTCUSDT,mode=live,sender=h1";
        Told told = Told.of(
                Line.parse(tags + " seq=1,events=10,quotes=31i,fills=2,refusals=1,quote_latency=\"33:20 41:11\","
                        + "memory_used=0.22,drawdown=0.004,pnl=-12.25,breaker=\"HALTED\" " + NOW),
                Precision.MILLISECONDS,
                NOW);
        assertThat(told.counts()).isEqualTo(new Counts(10, 0, 0, 0, 0, 0, 0, 31, 2, 1, "", "", "", "33:20 41:11"));
        assertThat(told.levels())
                .isEqualTo(new Levels(
                        OptionalDouble.of(0.22),
                        OptionalDouble.of(0.004),
                        OptionalDouble.of(-12.25),
                        Optional.of("HALTED")));
        for (String wrong : new String[] {
            "drawdown=-0.1", "drawdown=11", "pnl=1e13", "breaker=\"halted\"", "breaker=3", "closed_all=1"
        }) {
            assertThatThrownBy(
                            () -> Told.of(Line.parse(tags + " seq=1,events=1," + wrong), Precision.MILLISECONDS, NOW))
                    .as(wrong)
                    .hasMessageContaining(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Told told = read(" seq=1,events=0");
        assertThat(told.endMillis()).isEqualTo(NOW);
        assertThat(told.spanMillis()).isEqualTo(1_000);
        assertThat(told.up()).isTrue();
        assertThat(told.levels().memoryUsed()).isEmpty();
        assertThat(told.counts()).isEqualTo(Counts.NONE);
    }

    @Test
    void aTimestampIsReadInItsUnit() {
        for (Map.Entry<String, Long> unit :
                Map.of("ns", 1_000_000L, "us", 1_000L, "ms", 1L).entrySet()) {
            Line line = Line.parse(TAGS + " seq=1,events=1 " + (NOW - 5) * unit.getValue());
            assertThat(Told.of(line, Precision.parse(unit.getKey()), NOW).endMillis())
                    .isEqualTo(NOW - 5);
        }
        Line line = Line.parse(TAGS + " seq=1,events=1 " + (NOW / 1_000 - 5));
        assertThat(Told.of(line, Precision.SECONDS, NOW).endMillis()).isEqualTo(NOW - 5_000);
        assertThatThrownBy(() -> Precision.parse("m")).hasMessage("precision must be one of ns, us, ms, s: m");
    }

    @Test
    void aFieldOutOfItsRangeIsRefusedWithItsNameAndValue() {
        Map<String, String> wrong = new TreeMap<>();
        wrong.put(" events=1", "the field seq is missing");
        wrong.put(" seq=0,events=1", "seq must be within 1.." + Long.MAX_VALUE + ": 0");
        wrong.put(" seq=1", "the field events is missing");
        wrong.put(" seq=1,events=-1", "events must be within 0..");
        wrong.put(" seq=1,events=1.5", "events must be a whole number: a number");
        wrong.put(" seq=1,events=2,errors=3", "errors must be within 0..2: 3");
        wrong.put(" seq=1,events=1,span_ms=60001", "span_ms must be within 1..60000: 60001");
        wrong.put(" seq=1,events=1,up=1", "up must be a boolean: a whole number");
        wrong.put(" seq=1,events=1,memory_used=1.5", "memory_used must be within 0..1");
        wrong.put(" seq=1,events=1,event_latency=3", "event_latency must be a histogram");
        wrong.put(" seq=1,events=1,event_latency=\"3\"", "bucket:count pairs");
        wrong.put(" seq=1,events=1,speed=3", "no such field: speed; known are seq, events");
        wrong.put(",host=a seq=1,events=1", "no such tag: host; known are product, version");
        wrong.put(" seq=1,events=1 " + (NOW - 3_600_001), "within the last hour");
        wrong.put(" seq=1,events=1 " + (NOW + 30_001), "at most 30 s ahead");
        wrong.forEach((rest, reason) -> assertThatThrownBy(() -> read(rest))
                .as(rest)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason));
    }

    @Test
    void tagsMustNameAProductItsExactVersionAnEntityAndAMode() {
        Map<String, String> wrong = new TreeMap<>();
        wrong.put(TAGS.replace("tranche_signal", "cpu"), "measurement must be tranche_signal or tranche_desk: cpu");
        wrong.put(TAGS.replace("btc_v1.0", "btc_v1"), "version must be an exact version of the product divergence");
        wrong.put(TAGS.replace("product=divergence", "product=other"), "an exact version of the product other");
        wrong.put(TAGS.replace("BTCUSDT", "BTC\\ USDT"), "the tag entity must be");
        wrong.put(TAGS.replace("read-only", "dry-run"), "mode must be one of shadow, read-only, live: dry-run");
        wrong.put(TAGS.replace(",sender=h1", ""), "the tag sender must be");
        wrong.forEach((tags, reason) -> assertThatThrownBy(
                        () -> Told.of(Line.parse(tags + " seq=1,events=1"), Precision.NANOSECONDS, NOW))
                .as(tags)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason));
    }
}
