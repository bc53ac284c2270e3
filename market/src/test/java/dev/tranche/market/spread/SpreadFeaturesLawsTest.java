package dev.tranche.market.spread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SpreadFeaturesLawsTest {
    /// The last sample after each event: its number, its time and its features.
    private static List<String> told(List<Streams.Event> events, SpreadFeed feed) {
        List<String> told = new ArrayList<>();
        for (Streams.Event event : events) {
            event.say(feed);
            told.add(said(feed.features()));
        }
        return told;
    }

    private static String said(SpreadFeatures features) {
        StringBuilder text = new StringBuilder();
        text.append(features.samples()).append(' ').append(features.sampledNanos());
        for (SpreadFeature each : SpreadFeature.values()) {
            text.append(' ').append(features.value(each));
        }
        return text.append(' ').append(features.volatility()).toString();
    }

    @Test
    void randomStreamsThatBreakHaveTheFeaturesOfTheOracle() {
        Trials.of(80, chance -> {
            SpreadFeed feed = SpreadFeed.of(100);
            ReadableSpread oracle = new ReadableSpread(100);
            for (Streams.Event event : Streams.random(chance, 400, true)) {
                event.say(feed);
                event.say(oracle);
                assertThat(feed.features().samples()).isEqualTo(oracle.taken());
                Map<SpreadFeature, Double> expected = oracle.features();
                assertThat(feed.features().ready()).isEqualTo(!expected.isEmpty());
                expected.forEach((feature, value) ->
                        SpreadFeaturesParityTest.same(feature, feed.features().value(feature), value));
            }
        });
    }

    @Test
    void whatComesLaterChangesNoFeatureOfWhatWas() {
        Trials.of(50, chance -> {
            List<Streams.Event> events = Streams.random(chance, 300, true);
            int cut = chance.nextInt(1, events.size());
            List<String> whole = told(events, SpreadFeed.of(100));
            assertThat(told(events.subList(0, cut), SpreadFeed.of(100))).isEqualTo(whole.subList(0, cut));
        });
    }

    @Test
    void askingForTheTimeBetweenEventsChangesNothing() {
        Trials.of(50, chance -> {
            List<Streams.Event> events = Streams.random(chance, 300, true);
            SpreadFeed asked = SpreadFeed.of(100);
            SpreadFeed left = SpreadFeed.of(100);
            for (Streams.Event event : events) {
                asked.features().advance(event.nanos() - chance.nextLong(200_000_000L));
                asked.features().advance(event.nanos());
                event.say(asked);
                event.say(left);
                assertThat(said(asked.features())).isEqualTo(said(left.features()));
            }
            assertThat(asked.features().hash()).isEqualTo(left.features().hash());
        });
    }

    @Test
    void aLongSilenceIsAsManySamplesOfTheSame() {
        Trials.of(50, chance -> {
            List<Streams.Event> events = Streams.random(chance, 200, false);
            SpreadFeed leapt = SpreadFeed.of(100);
            SpreadFeed stepped = SpreadFeed.of(100);
            told(events, leapt);
            told(events, stepped);
            long from = events.getLast().nanos();
            long to = from + chance.nextLong(20_000_000_000L, 120_000_000_000L);
            leapt.features().advance(to);
            for (long at = from; at < to; at += 50_000_000L) {
                stepped.features().advance(at);
            }
            stepped.features().advance(to);
            assertThat(said(leapt.features())).isEqualTo(said(stepped.features()));
        });
    }

    @Test
    void afterABreakItIsAsIfTheStreamBeganThere() {
        Trials.of(50, chance -> {
            SpreadFeed broken = SpreadFeed.of(100);
            told(Streams.random(chance, 200, true), broken);
            broken.features().reset();
            broken.book().invalidate();
            List<Streams.Event> after = later(chance, broken);
            SpreadFeed fresh = SpreadFeed.of(100);
            long before = broken.features().samples();
            for (Streams.Event event : after) {
                event.say(broken);
                event.say(fresh);
                for (SpreadFeature each : SpreadFeature.values()) {
                    assertThat(broken.features().value(each))
                            .isEqualTo(Double.valueOf(fresh.features().value(each)));
                }
            }
            assertThat(broken.features().samples() - before)
                    .isEqualTo(fresh.features().samples());
        });
    }

    /// Events that all lie after those heard so far.
    private static List<Streams.Event> later(RandomGenerator chance, SpreadFeed heard) {
        List<Streams.Event> events = Streams.random(chance, 300, false);
        long shift = 1_000_000_000_000L * 1_000;
        assertThat(heard.features().sampledNanos()).isLessThan(events.getFirst().nanos() + shift);
        return events.stream().map(event -> event.later(shift)).toList();
    }
}
