package dev.tranche.market.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.market.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A ladder is a sorted map from price to quantity that forgets the level farthest from the best.
class LadderLawsTest {
    private static void same(Ladder ladder, NavigableMap<Long, Long> map, int sign) {
        List<Long> prices = new ArrayList<>(sign > 0 ? map.descendingKeySet() : map.keySet());
        assertThat(ladder.size()).isEqualTo(prices.size());
        for (int level = 0; level < prices.size(); level++) {
            assertThat(ladder.ticks(level)).isEqualTo(prices.get(level));
            assertThat(ladder.lots(level)).isEqualTo(map.get(prices.get(level)));
        }
        assertThat(ladder.ticks(prices.size())).isZero();
        assertThat(ladder.lots(prices.size())).isZero();
    }

    private static void set(NavigableMap<Long, Long> map, int sign, int capacity, long price, long lots) {
        if (lots == 0) {
            map.remove(price);
        } else {
            map.put(price, lots);
            if (map.size() > capacity) {
                map.remove(sign > 0 ? map.firstKey() : map.lastKey());
            }
        }
    }

    private static long price(RandomGenerator chance, int width) {
        return 1_000_000 + (long) (width * chance.nextGaussian());
    }

    @Test
    void itHoldsWhatASortedMapHolds() {
        Trials.of(40, chance -> {
            int sign = chance.nextBoolean() ? 1 : -1;
            int capacity = chance.nextInt(16, 3000);
            int width = chance.nextInt(10, 3000);
            Ladder ladder = new Ladder(sign, capacity);
            NavigableMap<Long, Long> map = new TreeMap<>();
            for (int change = 0; change < 5000; change++) {
                // Long stretches of growing and of shrinking, so that blocks split, empty and merge.
                boolean removes = chance.nextInt(10) < (change / 1000 % 2 == 0 ? 2 : 7);
                long price = removes && !map.isEmpty() && chance.nextInt(4) > 0
                        ? map.ceilingKey(Math.min(map.lastKey(), price(chance, width)))
                        : price(chance, width);
                long lots = removes ? 0 : chance.nextInt(1, 1000);
                ladder.set(price, lots);
                set(map, sign, capacity, price, lots);
                if (change % 250 == 0) {
                    same(ladder, map, sign);
                }
            }
            same(ladder, map, sign);
            ladder.clear();
            map.clear();
            same(ladder, map, sign);
            ladder.set(5, 7);
            set(map, sign, capacity, 5, 7);
            same(ladder, map, sign);
        });
    }

    @Test
    void aLevelWorseThanAllOfAFullLadderIsForgotten() {
        Ladder bids = new Ladder(1, 16);
        for (int price = 100; price < 116; price++) {
            bids.set(price, 1);
        }
        bids.set(99, 1);
        assertThat(bids.ticks(15)).isEqualTo(100);
        bids.set(120, 1);
        assertThat(bids.ticks(0)).isEqualTo(120);
        assertThat(bids.ticks(15)).isEqualTo(101);
        assertThat(bids.size()).isEqualTo(16);
    }
}
