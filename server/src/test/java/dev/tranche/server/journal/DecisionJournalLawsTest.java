package dev.tranche.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.runtime.log.Cursor;
import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogRecord;
import dev.tranche.runtime.log.LogSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionJournalLawsTest {
    private static final LogSettings SMALL = LogSettings.of(Durability.WRITTEN).withSegmentBytes(1 << 20);

    @TempDir
    private Path folder;

    @Test
    void whatWasRecordedIsReadBackTheSameAlsoAfterReopening() throws Exception {
        long seed = 20261120;
        Random random = new Random(seed);
        Map<DecisionId, DecisionRecord> decisions = new HashMap<>();
        List<JournalRecord> others = new ArrayList<>();
        try (DecisionJournal journal = DecisionJournal.open(folder, SMALL, 1)) {
            for (int i = 0; i < 2000; i++) {
                DecisionRecord decision = Records.decision(random, 1_760_000_000_000_000L + i * 1000L);
                DecisionId id = journal.append(decision);
                assertThat(decisions.put(id, decision)).as("ids are unique").isNull();
                ShadowRecord shadow = Records.shadow(random, id, 1_760_000_000_000_000L + i);
                OutcomeRecord outcome = Records.outcome(random, id, 1_760_000_000_000_000L + i);
                journal.append(shadow);
                journal.append(outcome);
                others.add(shadow);
                others.add(outcome);
            }
        }
        try (DecisionJournal journal = DecisionJournal.open(folder, SMALL, 1)) {
            decisions.forEach((id, decision) ->
                    assertThat(journal.decision(id)).as("seed " + seed).contains(decision));
            List<JournalRecord> found = new ArrayList<>();
            Cursor cursor = journal.cursor(journal.start());
            for (Optional<LogRecord> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                JournalRecord read = journal.read(next.get());
                if (!(read instanceof DecisionRecord) && !(read instanceof LayoutRecord)) {
                    found.add(read);
                }
            }
            assertThat(found).isEqualTo(others);
        }
    }

    @Test
    void anIdThatWasNeverGivenFindsNothing() throws Exception {
        try (DecisionJournal journal = DecisionJournal.open(folder, SMALL, 1)) {
            DecisionId id = journal.append(Records.decision(new Random(1), 1_760_000_000_000_000L));
            assertThat(journal.decision(new DecisionId(2, id.position()))).isEmpty();
            assertThat(journal.decision(new DecisionId(1, id.position() + 1))).isEmpty();
            assertThat(journal.decision(new DecisionId(1, 1L << 50))).isEmpty();
            assertThat(DecisionId.parse(id.toString())).isEqualTo(id);
        }
        assertThatThrownBy(() -> DecisionId.parse("d1_7")).hasMessageContaining("d<node>-<position>");
    }

    @Test
    void aRecordOfALaterFormIsRefusedByItsNumber() {
        ByteBuffer later = ByteBuffer.wrap(new byte[] {9, 0, 0});
        assertThatThrownBy(() -> Codec.read(Codec.DECISION, later, _ -> Records.LAYOUT))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("form 9");
    }

    @Test
    void aDecisionOfTheFormBeforeReasonsHadAMethodIsStillRead() {
        Layout bare = Layout.of(Records.PRODUCT, List.of());
        DecisionRecord decision = Records.decision(new Random(7), 1_760_000_000_000_000L);
        Answer answer = decision.answer();
        DecisionRecord old = new DecisionRecord(
                decision.node(),
                decision.receivedMicros(),
                decision.latencyNanos(),
                decision.product(),
                decision.unit(),
                decision.loanId(),
                RawRow.of(bare),
                decision.model(),
                decision.policy(),
                decision.placement(),
                new Answer(
                        answer.margins(),
                        answer.outputs(),
                        answer.score(),
                        answer.band(),
                        answer.action(),
                        answer.source(),
                        answer.reasons(),
                        "",
                        "",
                        answer.missing(),
                        answer.defaulted(),
                        answer.cause(),
                        answer.error()));
        byte[] now = Codec.bytes(old);
        // Form 1 had no two texts, here empty, before the layout's position, here the last eight bytes.
        byte[] then = new byte[now.length - 2];
        System.arraycopy(now, 0, then, 0, now.length - 10);
        System.arraycopy(now, now.length - 8, then, now.length - 10, 8);
        then[0] = 1;
        assertThat(Codec.read(Codec.DECISION, ByteBuffer.wrap(then), _ -> bare)).isEqualTo(old);
        assertThat(Codec.read(Codec.DECISION, ByteBuffer.wrap(now), _ -> bare)).isEqualTo(old);
        then[0] = 3;
        assertThatThrownBy(() -> Codec.read(Codec.DECISION, ByteBuffer.wrap(then), _ -> bare))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("form 3; this program reads forms 1..2");
    }
}
