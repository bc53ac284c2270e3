package dev.tranche.engine.trading.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventRingTest {
    private static boolean offer(EventRing ring, byte[] bytes, int share) {
        return ring.offer((byte) 7, -1, 5, 6, bytes, 0, bytes.length, share);
    }

    @Test
    void whatIsPutInComesOutInOrderRoundAndRound() {
        EventRing ring = EventRing.of(4096);
        Random chance = new Random(3);
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String text = "x".repeat(chance.nextInt(200)) + i;
            if (offer(ring, text.getBytes(StandardCharsets.US_ASCII), 4)) {
                in.add(text);
            }
            if (chance.nextInt(3) > 0) {
                ring.poll((type, nanos, arrived, bytes, from, to) -> {
                    assertThat(List.of((long) type, nanos, arrived)).containsExactly(7L, 5L, 6L);
                    out.add(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
                });
            }
        }
        while (ring.poll(
                (_, _, _, bytes, from, to) -> out.add(new String(bytes, from, to - from, StandardCharsets.US_ASCII)))) {
            assertThat(ring.waiting()).isGreaterThanOrEqualTo(0);
        }
        assertThat(in).hasSizeGreaterThan(3000);
        assertThat(out).isEqualTo(in);
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void aPlaceStandsBeforeThePayload() {
        EventRing ring = EventRing.of(4096);
        ring.offer((byte) 2, 258, 1, 1, new byte[] {9}, 0, 1, 3);
        byte[][] seen = new byte[1][];
        ring.poll((_, _, _, bytes, from, to) -> seen[0] = Arrays.copyOfRange(bytes, from, to));
        assertThat(seen[0]).containsExactly(2, 1, 9);
    }

    @Test
    void marketDataLeaveAQuarterForTheRest() {
        EventRing ring = EventRing.of(4096);
        byte[] hundred = new byte[100];
        int market = 0;
        while (offer(ring, hundred, 3)) {
            market++;
        }
        int rest = 0;
        while (offer(ring, hundred, 4)) {
            rest++;
        }
        assertThat(market).isEqualTo(3072 / 128);
        assertThat(rest).isEqualTo(1024 / 128);
    }

    @Test
    void whatIsTooLongIsRefusedAndNotWaitedFor() {
        EventRing ring = EventRing.of(4096);
        assertThat(offer(ring, new byte[ring.longest() + 1], 4)).isFalse();
        assertThat(ring.put((byte) 1, 0, 0, new byte[ring.longest() + 1], 0, ring.longest() + 1))
                .isFalse();
        assertThatThrownBy(() -> EventRing.of(5000))
                .hasMessageContaining("a power of two within 4096..1073741824: 5000");
    }

    @Test
    @Timeout(20)
    void writersThatMayNotLoseAnythingWaitForTheReader() throws Exception {
        EventRing ring = EventRing.of(4096);
        int each = 20_000;
        CountDownLatch done = new CountDownLatch(3);
        for (int writer = 0; writer < 3; writer++) {
            int mine = writer;
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    byte[] bytes = (mine + ":" + i).getBytes(StandardCharsets.US_ASCII);
                    ring.put((byte) 1, 0, 0, bytes, 0, bytes.length);
                }
                done.countDown();
            });
        }
        int[] next = new int[3];
        int seen = 0;
        while (seen < 3 * each) {
            boolean found = ring.poll((_, _, _, bytes, from, to) -> {
                String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
                int writer = text.charAt(0) - '0';
                assertThat(Integer.parseInt(text.substring(2))).isEqualTo(next[writer]);
                next[writer]++;
            });
            seen += found ? 1 : 0;
            if (!found) {
                ring.await(100_000);
            }
        }
        done.await();
        assertThat(next).containsExactly(each, each, each);
    }

    @Test
    @Timeout(10)
    void aClosedRingLetsItsWritersGo() {
        EventRing ring = EventRing.of(4096);
        byte[] hundred = new byte[100];
        while (offer(ring, hundred, 4)) {
            assertThat(ring.isEmpty()).isFalse();
        }
        ring.close();
        assertThat(ring.put((byte) 1, 0, 0, hundred, 0, 100)).isFalse();
    }
}
