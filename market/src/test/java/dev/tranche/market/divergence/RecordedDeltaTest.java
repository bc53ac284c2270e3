package dev.tranche.market.divergence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Instrument;
import dev.tranche.market.Listening;
import dev.tranche.market.Recording;
import dev.tranche.market.Side;
import dev.tranche.market.feed.CsvDecoder;
import dev.tranche.market.feed.FeedLimits;
import dev.tranche.market.feed.FeedMonitor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Recordings whose running volume delta was kept by another program: row for row the same, exactly.
class RecordedDeltaTest {
    @ParameterizedTest
    @CsvSource({
        "btcusdt_cvd_15min_20251018T0416Z, BTCUSDT, 1297, 591.174",
        "ethusdt_cvd_30min_20251018T0509Z, ETHUSDT, 2187, 29470.845",
        "ethusdt_cvd_gold_120min_20251017T1632Z, ETHUSDT, 14501, -52945.937"
    })
    void everyRowHasTheRecordedTotal(String file, String symbol, int rows, BigDecimal last) {
        Recording recording = Recording.of("v13_cvd_gold/" + file + ".csv.gz");
        CumulativeVolumeDelta delta = CumulativeVolumeDelta.begin();
        Listening listening = new Listening() {
            @Override
            public void trade(long at, long heard, long id, long ticks, long lots, @Nullable Side aggressor) {
                delta.on(ticks, lots, aggressor);
            }
        };
        CsvDecoder decoder = CsvDecoder.of(
                new Instrument(symbol, 2, 3),
                recording.header(),
                FeedMonitor.before(FeedLimits.USUAL.keepingRepeats(), listening));
        int column = Arrays.asList(recording.header().split(",", -1)).indexOf("cvd");
        int[] read = new int[1];

        recording.rows((bytes, from, to) -> {
            assertThat(decoder.row(bytes, from, to)).isTrue();
            String recorded = new String(bytes, from, to - from, US_ASCII).split(",", -1)[column];
            assertThat(BigDecimal.valueOf(delta.lots(), 3))
                    .as("row %d", ++read[0])
                    .isEqualTo(new BigDecimal(recorded).setScale(3, RoundingMode.HALF_EVEN));
        });

        assertThat(read[0]).isEqualTo(rows);
        assertThat(BigDecimal.valueOf(delta.lots(), 3)).isEqualByComparingTo(last);
        assertThat(listening.faults().seen()).isEqualTo(Map.of());
    }
}
