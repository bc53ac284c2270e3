package dev.tranche.market.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {
    private static int place(Orders orders, long sequence) {
        return orders.open(sequence, Orders.id(sequence, 3), 7, Side.SELL, 100, 10, Intent.QUOTE);
    }

    @Test
    void anIdTellsItsStrategyForEver() {
        long id = Orders.id(123_456_789L, 249);

        assertThat(Orders.strategy(id)).isEqualTo(249);
        assertThat(Orders.sequence(id)).isEqualTo(123_456_789L);
        assertThat(id).isPositive();
    }

    @Test
    void anOrderKeepsWhatItWasSentWith() {
        Orders orders = Orders.of(4);

        int slot = place(orders, 5);

        assertThat(orders.find(Orders.id(5, 3))).isEqualTo(slot);
        assertThat(orders.state(slot)).isEqualTo(OrderState.PENDING_NEW);
        assertThat(orders.side(slot)).isEqualTo(Side.SELL);
        assertThat(orders.contract(slot)).isEqualTo(7);
        assertThat(orders.strategy(slot)).isEqualTo(3);
        assertThat(orders.rest(slot)).isEqualTo(10);
        assertThat(orders.placedAt(slot)).isEqualTo(5);
        assertThat(orders.acknowledged(slot)).isFalse();
    }

    @Test
    void aPartlyFilledOrderIsOpenForItsRest() {
        Orders orders = Orders.of(4);
        int slot = place(orders, 1);

        assertThat(orders.fill(slot, 4)).isEqualTo(OrderEvent.PART_FILLED);
        assertThat(orders.rest(slot)).isEqualTo(6);
        assertThat(orders.fill(slot, 6)).isEqualTo(OrderEvent.ALL_FILLED);
        assertThat(orders.rest(slot)).isZero();
    }

    @Test
    void anAmendmentUnderWayCountsWithTheLargerQuantity() {
        Orders orders = Orders.of(4);
        int slot = place(orders, 1);
        orders.on(slot, OrderEvent.ACCEPTED, 1);

        orders.amendAsked(slot, 2, 101, 15);

        assertThat(orders.rest(slot)).isEqualTo(15);
        assertThat(orders.fill(slot, 10)).isEqualTo(OrderEvent.PART_FILLED);

        orders.asBefore(slot);

        assertThat(orders.rest(slot)).isZero();
        assertThat(orders.askedTicks(slot)).isEqualTo(100);
    }

    @Test
    void aCancelThatIsAheadOfItsFillsIsOpenForThem() {
        Orders orders = Orders.of(4);
        int slot = place(orders, 1);

        orders.endsAt(slot, 3);
        orders.on(slot, OrderEvent.CANCELLED_AHEAD, 2);

        assertThat(orders.state(slot)).isEqualTo(OrderState.UNKNOWN);
        assertThat(orders.rest(slot)).isEqualTo(3);
        assertThat(orders.on(slot, orders.fill(slot, 3), 3)).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void aFillBeyondTheOrderIsCountedAndLeavesNoRest() {
        Orders orders = Orders.of(4);
        int slot = place(orders, 1);

        assertThat(orders.fill(slot, 12)).isEqualTo(OrderEvent.ALL_FILLED);
        assertThat(orders.filled(slot)).isEqualTo(12);
        assertThat(orders.rest(slot)).isZero();
    }

    @Test
    void anOrderThatIsOverIsFoundUntilItsSlotIsNeeded() {
        Orders orders = Orders.of(2);
        int first = place(orders, 1);
        place(orders, 2);
        orders.on(first, OrderEvent.CANCELLED, 5);

        assertThat(orders.find(Orders.id(1, 3))).isEqualTo(first);
        assertThat(place(orders, 3)).isEqualTo(first);
        assertThat(orders.find(Orders.id(1, 3))).isEqualTo(Orders.NONE);
    }

    @Test
    void withEverySlotOpenNothingIsTaken() {
        Orders orders = Orders.of(2);
        place(orders, 1);
        place(orders, 2);

        assertThat(place(orders, 3)).isEqualTo(Orders.NONE);
        assertThat(orders.open()).isEqualTo(2);
    }

    @Test
    void aRisenOrderIsOpenAgain() {
        Orders orders = Orders.of(4);
        int slot = place(orders, 1);
        orders.on(slot, OrderEvent.REJECTED, 2);

        orders.on(slot, OrderEvent.ACCEPTED, 3);

        assertThat(orders.state(slot)).isEqualTo(OrderState.UNKNOWN);
        assertThat(orders.open()).isEqualTo(1);
        assertThat(orders.firstOpen()).isEqualTo(slot);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void slotsIdsAndListsAgreeOverAnyLife(long seed) {
        Random random = new Random(seed);
        Orders orders = Orders.of(64);
        Map<Long, Boolean> open = new HashMap<>();
        List<Long> ids = new ArrayList<>();
        OrderEvent[] events = OrderEvent.values();
        for (int step = 1; step <= 20_000; step++) {
            if (random.nextInt(3) == 0) {
                int slot = place(orders, step);
                assertThat(slot == Orders.NONE)
                        .isEqualTo(open.values().stream().filter(each -> each).count() == 64);
                if (slot != Orders.NONE) {
                    ids.add(orders.id(slot));
                    open.put(orders.id(slot), true);
                    open.keySet().removeIf(id -> orders.find(id) == Orders.NONE);
                }
            } else if (!ids.isEmpty()) {
                long id = ids.get(Math.max(0, ids.size() - 1 - random.nextInt(Math.min(ids.size(), 80))));
                int slot = orders.find(id);
                if (slot != Orders.NONE) {
                    open.put(
                            id,
                            orders.on(slot, events[random.nextInt(events.length)], step)
                                    .open());
                }
            }
        }
        Set<Long> listed = new HashSet<>();
        for (int slot = orders.firstOpen(); slot != Orders.NONE; slot = orders.nextOpen(slot)) {
            listed.add(orders.id(slot));
        }
        Set<Long> expected = new HashSet<>();
        open.forEach((id, is) -> {
            if (is) {
                expected.add(id);
            }
        });
        assertThat(listed).as("seed %d", seed).isEqualTo(expected).hasSize(orders.open());
    }

    @Test
    void theHashTellsStatesApart() {
        Orders one = Orders.of(4);
        Orders other = Orders.of(4);
        int slot = place(one, 1);
        place(other, 1);
        assertThat(one.hash()).isEqualTo(other.hash());

        one.on(slot, OrderEvent.ACCEPTED, 2);

        assertThat(one.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void aCapacityOutOfRangeIsRefused() {
        assertThatThrownBy(() -> Orders.of(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2..1048576: 1");
    }
}
