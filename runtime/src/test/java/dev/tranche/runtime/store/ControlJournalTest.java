package dev.tranche.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlJournalTest {
    @TempDir
    static Path folder;

    private static Store store;
    private static ControlJournal journal;

    @BeforeAll
    static void start() throws Exception {
        store = StoreFixture.up(folder.resolve("postgres"));
        journal = ControlJournal.in(store);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE control_event");
        sql("UPDATE control_head SET seq = 0, epoch = 0, hash = decode(repeat('00', 32), 'hex')");
    }

    private static void sql(String sql) {
        store.transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    static NewEvent event(int number) {
        return new NewEvent(
                Instant.parse("2026-11-20T08:00:00.123456789Z").plusSeconds(number),
                "tester",
                "rollout/" + number,
                "rollout.promoted",
                "{\"number\":" + number + ",\"text\":\"放量\"}");
    }

    @Test
    void eventsFormAChainThatHoldsAndReadsBackAsItWasWritten() {
        List<ControlEvent> first = journal.append(List.of(event(1), event(2)), 0);
        List<ControlEvent> second = journal.append(List.of(event(3)), 0);
        assertThat(first.getFirst().prevHash()).isEqualTo("0".repeat(64));
        assertThat(first.get(1).prevHash()).isEqualTo(first.getFirst().hash());
        assertThat(second.getFirst().prevHash()).isEqualTo(first.get(1).hash());
        assertThat(journal.readFrom(1)).containsExactly(first.get(0), first.get(1), second.getFirst());
        assertThat(journal.readFrom(2, 1)).containsExactly(first.get(1));
        assertThat(first.getFirst().at()).isEqualTo(Instant.parse("2026-11-20T08:00:01.123456Z"));
        assertThat(journal.verify())
                .isEqualTo(new ChainVerdict.Intact(3, second.getFirst().hash()));
        assertThat(journal.append(List.of(), 0)).isEmpty();
        assertThat(journal.head()).isEqualTo(3);
    }

    @Test
    void theHashIsTheOneThatIsDocumented() {
        String known = Digests.hex(
                Chain.hash(1, new NewEvent(Instant.ofEpochSecond(1, 2000), "a", "b", "c", "{}"), 7, Chain.GENESIS));
        // python3: sha256(pack(">qqq",1,1000002,7) + b"".join(pack(">i",len(t))+t for t in (b"a",b"b",b"c",b"{}")) +
        // bytes(32))
        assertThat(known).isEqualTo("68083973608a68d4653bb1c728339e48ef4d1308bf3627ff1124a64043dc68d8");
    }

    @Test
    void verifySaysWhichEventWasTamperedWith() {
        journal.append(
                IntStream.range(0, 1005).mapToObj(ControlJournalTest::event).toList(), 0);
        assertThat(journal.verify()).isInstanceOf(ChainVerdict.Intact.class);
        sql("UPDATE control_event SET payload = '{\"number\":99}' WHERE seq = 1003");
        assertThat(journal.verify()).isEqualTo(new ChainVerdict.Broken(1003, "its contents do not give its hash"));
        sql("DELETE FROM control_event WHERE seq = 500");
        assertThat(journal.verify()).isEqualTo(new ChainVerdict.Broken(500, "missing: the next one is 501"));
        sql("DELETE FROM control_event WHERE seq >= 400");
        assertThat(journal.verify()).isEqualTo(new ChainVerdict.Broken(400, "missing: the head is 1005"));
        sql("UPDATE control_event SET prev_hash = hash WHERE seq = 10");
        assertThat(journal.verify()).isEqualTo(new ChainVerdict.Broken(10, "does not follow from the hash before"));
    }

    @Test
    void anOlderEpochIsRefusedAndNothingIsWritten() {
        sql("UPDATE control_head SET epoch = 5");
        assertThatThrownBy(() -> journal.append(List.of(event(1)), 4))
                .isInstanceOfSatisfying(StaleEpochException.class, e -> {
                    assertThat(e.offered()).isEqualTo(4);
                    assertThat(e.current()).isEqualTo(5);
                });
        assertThat(journal.head()).isZero();
        assertThat(journal.append(List.of(event(1)), 5).getFirst().epoch()).isEqualTo(5);
        assertThat(journal.appendUnfenced(List.of(event(2))).getFirst().epoch()).isEqualTo(5);
    }

    @Test
    void aPayloadThatIsNoJsonObjectIsRefusedWithTheWholeBatch() {
        NewEvent bad = new NewEvent(Instant.EPOCH, "a", "s", "k", "[1]");
        assertThatThrownBy(() -> journal.append(List.of(event(1), bad), 0)).isInstanceOf(StoreException.class);
        assertThat(journal.head()).isZero();
    }

    @Test
    void concurrentAppendsFromManyThreadsKeepOneChainWithoutGaps() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int from = t * 100;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 25; i++) {
                    journal.append(List.of(event(from + i), event(from + i)), 0);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(journal.verify()).isInstanceOf(ChainVerdict.Intact.class);
        assertThat(journal.readFrom(1).stream().map(ControlEvent::seq))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void aSubscriberHearsWhatIsThereAndThenEachCommitAtOnceAndNothingAfterClosing() throws Exception {
        journal.append(List.of(event(1), event(2)), 0);
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        Subscription subscription = journal.subscribe(1, batch -> batch.forEach(event -> heard.add(event.seq())));
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
        journal.append(List.of(event(3)), 0);
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(3);
        StoreFixture.eventually("delivered is counted", () -> subscription.delivered() == 3);
        subscription.close();
        journal.append(List.of(event(4)), 0);
        assertThat(heard).isEmpty();
    }

    @Test
    void aReaderThatThrowsGetsTheSameBatchAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        try (Subscription subscription = journal.subscribe(0, batch -> {
            if (failures.getAndIncrement() == 0) {
                throw new IllegalStateException("not ready");
            }
            batch.forEach(event -> heard.add(event.seq()));
        })) {
            journal.append(List.of(event(1)), 0);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
            StoreFixture.eventually("counted", () -> subscription.delivered() == 1);
        }
    }

    @Test
    void aDatabaseKilledInTheMiddleLosesNoAcknowledgedEventAndTheSubscriberCatchesUp() throws Exception {
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        try (Subscription subscription =
                journal.subscribe(0, batch -> batch.forEach(event -> heard.add(event.seq())))) {
            List<ControlEvent> acknowledged = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                if (i == 50) {
                    StoreFixture.kill(folder.resolve("postgres"));
                }
                try {
                    acknowledged.addAll(journal.append(List.of(event(i)), 0));
                } catch (StoreUnavailableException e) {
                    StoreFixture.eventually("the store comes back", () -> store.state() instanceof StoreState.Up);
                }
            }
            assertThat(acknowledged).hasSizeGreaterThan(190);
            assertThat(journal.readFrom(1)).containsAll(acknowledged);
            assertThat(journal.verify()).isInstanceOf(ChainVerdict.Intact.class);
            long head = journal.head();
            StoreFixture.eventually("all is delivered", () -> subscription.delivered() == head);
            assertThat(heard)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, head).boxed().toList());
        }
    }
}
