package dev.tranche.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {
    private final AtomicInteger closings = new AtomicInteger();
    private final Gate gate = new Gate(closings::incrementAndGet);

    @Test
    void whatIsBehindIsClosedAtOnceWhenNobodyIsInside() {
        gate.close();
        assertThat(closings).hasValue(1);
    }

    @Test
    void whatIsBehindStaysUntilTheLastIsOut() {
        gate.enter();
        gate.enter();
        gate.close();
        assertThat(gate.inside()).isEqualTo(2);
        gate.leave();
        assertThat(closings).hasValue(0);
        gate.leave();
        assertThat(closings).hasValue(1);
    }

    @Test
    void nobodyEntersAClosedGate() {
        gate.enter();
        gate.close();
        assertThatThrownBy(gate::enter)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        gate.leave();
        assertThat(closings).hasValue(1);
    }

    @Test
    void closingTwiceClosesOnce() {
        gate.close();
        gate.close();
        assertThat(closings).hasValue(1);
    }

    @Test
    void manyThreadsAndOneCloserCloseOnceAndNeverUseItAfterwards() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            AtomicInteger closed = new AtomicInteger();
            AtomicInteger late = new AtomicInteger();
            Gate contested = new Gate(closed::incrementAndGet);
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean closer = i == 3;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    for (int call = 0; call < 20; call++) {
                        if (closer && call == 10) {
                            contested.close();
                        }
                        use(contested, closed, late);
                    }
                }));
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(closed).hasValue(1);
            assertThat(late).hasValue(0);
        }
    }

    private static void use(Gate gate, AtomicInteger closed, AtomicInteger late) {
        try {
            gate.enter();
        } catch (IllegalStateException shut) {
            return;
        }
        if (closed.get() > 0) {
            late.incrementAndGet();
        }
        gate.leave();
    }
}
