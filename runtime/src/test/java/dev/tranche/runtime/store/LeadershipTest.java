package dev.tranche.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadershipTest {
    @TempDir
    Path folder;

    @Test
    void oneNodeLeadsTheNextTakesOverWithAHigherEpochAndTheOldEpochIsFenced() throws Exception {
        try (Store one = StoreFixture.up(folder);
                Store two = Store.start(StoreSettings.of(new StorePlace.Server(
                        one.url(),
                        "tranche",
                        Files.readString(folder.resolve("password")).strip())))) {
            two.awaitUp(StoreFixture.LIMIT);
            Leadership first = Leadership.stand(one, standing -> {});
            StoreFixture.eventually("the first leads", () -> first.epoch().isPresent());
            long oldEpoch = first.epoch().orElseThrow();
            try (Leadership second = Leadership.stand(two, standing -> {})) {
                ControlJournal.in(one).append(List.of(ControlJournalTest.event(1)), oldEpoch);
                assertThat(second.standing()).isInstanceOf(Leadership.Standing.Follower.class);
                first.close();
                StoreFixture.eventually("the second leads", () -> second.epoch().isPresent());
                assertThat(first.epoch()).isEmpty();
                assertThat(second.epoch().orElseThrow()).isGreaterThan(oldEpoch);
                assertThatThrownBy(() -> ControlJournal.in(one).append(List.of(ControlJournalTest.event(2)), oldEpoch))
                        .isInstanceOf(StaleEpochException.class);
            }
        }
    }

    @Test
    void leadershipIsLostWithTheDatabaseAndWonAgainUnderANewEpoch() throws Exception {
        try (Store store = StoreFixture.up(folder)) {
            List<Leadership.Standing> heard = new CopyOnWriteArrayList<>();
            try (Leadership leadership = Leadership.stand(store, heard::add)) {
                StoreFixture.eventually("leads", () -> leadership.epoch().isPresent());
                long before = leadership.epoch().orElseThrow();
                StoreFixture.kill(folder);
                StoreFixture.eventually("leads again", () -> leadership.epoch().orElse(before) > before);
            }
            assertThat(heard).hasSize(4);
            assertThat(heard.get(1)).isInstanceOf(Leadership.Standing.Follower.class);
            assertThat(heard.getLast()).isInstanceOf(Leadership.Standing.Follower.class);
        }
    }
}
