package dev.tranche.examples.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.Verification;
import dev.tranche.inference.format.Json;
import dev.tranche.market.Side;
import dev.tranche.market.feed.MarketSink;
import dev.tranche.market.spread.SpreadFeature;
import dev.tranche.market.spread.SpreadFeed;
import dev.tranche.market.spread.SpreadLimits;
import dev.tranche.market.spread.SpreadModel;
import dev.tranche.market.spread.SpreadReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The shipped spread model as a desk opens and asks it.
class ShippedSpreadTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("tranche.root"), "examples/market/btc_spread_xgb_v1.0");
    private static final long SAMPLE = 100_000_000;

    /// A folder as registration reads it.
    static Artifact open(Path folder) {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                String name = String.valueOf(path.getFileName());
                byte[] bytes = Files.readAllBytes(path);
                files.put(
                        name,
                        name.endsWith(".yaml")
                                ? Json.parse(new YAMLMapper().readTree(bytes).toString())
                                        .canonical()
                                        .getBytes(StandardCharsets.UTF_8)
                                : bytes);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Artifact.open(files);
    }

    @Test
    void goldenRowsOfTheGenuineLibraryReproduce() {
        Artifact artifact = open(FOLDER);
        assertThat(artifact.goldenRows()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(artifact.verify())
                .isEqualTo(new Verification.Reproduced(artifact.goldenRows().size()));
        assertThat(artifact.model().inputNames()).isEqualTo(SpreadFeature.names());
    }

    @Test
    void aDeskAsksItSampleBySampleAndAllocatesNothing() {
        SpreadModel model = SpreadModel.of(open(FOLDER), SpreadLimits.SEED.within(.05, 100));
        SpreadFeed feed = SpreadFeed.of(100);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        book(feed);
        double warm = asked(model, feed, 0, 3_000);
        long before = thread.getCurrentThreadAllocatedBytes();
        double sum = asked(model, feed, 3_000, 6_000);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(2_000);
        assertThat(warm).isPositive();
        assertThat(sum / 3_000).isBetween(.05, 20.0);
        assertThat(model.count(SpreadReason.MODEL)).isGreaterThan(5_900);
        assertThat(model.count(SpreadReason.WARMING_UP)).isEqualTo(20);
    }

    private static void book(SpreadFeed feed) {
        feed.snapshot(MarketSink.UNKNOWN, SAMPLE, 1);
        for (int level = 0; level < 6; level++) {
            feed.level(Side.BUY, 600_000 - level, 9);
            feed.level(Side.SELL, 600_001 + level, 9);
        }
        feed.end();
    }

    private static double asked(SpreadModel model, SpreadFeed feed, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            long now = SAMPLE * (i + 1);
            long bid = 600_000L + (i / 3) % 5;
            feed.top(MarketSink.UNKNOWN, now, i + 2, bid, 3 + i % 4, bid + 1, 5);
            feed.trade(MarketSink.UNKNOWN, now, i, bid, 1 + i % 3, i % 2 == 0 ? Side.BUY : Side.SELL);
            feed.features().advance(now + SAMPLE);
            sum += model.spreadBps(feed.features(), now + SAMPLE, 0, .5);
        }
        return sum;
    }
}
