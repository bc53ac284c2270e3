package dev.tranche.engine.trading.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.runtime.log.Durability;
import dev.tranche.runtime.log.LogSettings;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a journal says that its newest desk began.
class TradingJournalTest {
    @TempDir
    Path folder;

    private TradingJournal open() throws Exception {
        return TradingJournal.open(folder, new LogSettings(Durability.WRITTEN, LogSettings.MIN_SEGMENT));
    }

    @Test
    void theNewestBeginningIsFoundInWhicheverSegmentItLies() throws Exception {
        Random chance = new Random(3);
        String words = "x".repeat(2000);
        long began = 0;
        try (TradingJournal journal = open()) {
            assertThat(journal.lastStart()).isEmpty();
            journal.append(Entry.END, 1, words);
            assertThat(journal.lastStart()).isEmpty();
            for (int i = 0; i < 200; i++) {
                if (i == 0 || chance.nextInt(40) == 0) {
                    began = journal.append(Entry.START, i, words);
                } else {
                    journal.append(Entry.OPERATOR, i, words);
                }
                assertThat(journal.lastStart()).hasValue(began);
            }
            assertThat(journal.diskBytes()).isGreaterThan(3L * LogSettings.MIN_SEGMENT);
        }
        try (TradingJournal journal = open()) {
            assertThat(journal.lastStart()).hasValue(began);
        }
    }
}
