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
}
