package dev.tranche.server.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Verification;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Who uses an artifact keeps it in memory, and nobody else does.
class ArtifactsTest {
    private static final VersionName NAME = VersionName.parse("shop_press_v1.0");
    private static final String GOLDEN = "{\"input\":{\"x\":1},\"margin\":[2],\"output\":[2]}\n";

    private final Workshop workshop = Workshop.open();
    private final Artifacts artifacts = workshop.artifacts();

    @Test
    void theSameDigestIsOneArtifactForEveryVersionThatUsesIt() {
        Digest digest = workshop.folder(NAME.toString(), "a", GOLDEN);
        LoadedVersion one = artifacts.load(NAME, digest);
        LoadedVersion other = artifacts.load(NAME, digest);
        try (Lease lease = artifacts.lease(digest).orElseThrow()) {
            assertThat(other.artifact()).isSameAs(one.artifact()).isSameAs(lease.artifact());
            assertThat(artifacts.census()).isEqualTo(new Artifacts.Census(1, 1, 3, 1, 0, 0));
        }
        assertThat(one.costNanos()).isPositive();
        assertThat(one.inline()).isTrue();
    }

    @Test
    void versionsThatDifferOnlyInTheirNameShareOneModel() {
        List<LoadedVersion> versions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String name = "shop" + i + "_press_v1." + i;
            versions.add(artifacts.load(VersionName.parse(name), workshop.folder(name, "the same bytes", GOLDEN)));
        }
        assertThat(versions).extracting(version -> version.artifact().model()).containsOnly(workshop.last());
        assertThat(versions.get(7).artifact().identity().name()).isEqualTo("shop7_press_v1.7");
        assertThat(artifacts.census()).isEqualTo(new Artifacts.Census(10, 1, 10, 1, 0, 0));

        versions.subList(0, 9).forEach(LoadedVersion::close);
        assertThat(workshop.last().closes()).isZero();
        assertThat(versions.get(9).artifact().verify().toString()).contains("Reproduced");
        versions.get(9).close();
        assertThat(workshop.last().closes()).isEqualTo(1);
        assertThat(artifacts.census()).isEqualTo(new Artifacts.Census(0, 0, 0, 1, 1, 0));
    }

    @Test
    void goldenRowsAreRecomputedOnceWhileTheArtifactIsInMemoryWhoeverAsks() {
        Digest digest = workshop.folder(NAME.toString(), "a", GOLDEN);
        try (Lease checklist = artifacts.lease(digest).orElseThrow()) {
            assertThat(checklist.verification()).isEqualTo(new Verification.Reproduced(1));
            assertThat(workshop.last().calls()).hasSize(1);
            LoadedVersion route = artifacts.load(NAME, digest);
            int warm = workshop.last().calls().size();
            assertThat(warm).isGreaterThan(100);
            assertThat(artifacts.load(NAME, digest).costNanos()).isEqualTo(route.costNanos());
            assertThat(checklist.verification()).isSameAs(checklist.again().verification());
            assertThat(workshop.last().calls()).hasSize(warm);
        }
    }

    @Test
    void aFurtherModelOfAFormatIsWarmedOnlyUntilItsCostHasSettled() {
        artifacts.load(NAME, workshop.folder(NAME.toString(), "a", GOLDEN));
        int first = workshop.last().calls().size();
        artifacts.load(VersionName.parse("shop_press_v1.1"), workshop.folder("shop_press_v1.1", "b", GOLDEN));
        assertThat(first).isEqualTo(3001);
        assertThat(workshop.last().calls()).hasSizeBetween(304, first);
    }

    @Test
    void theLastUseClosesTheModelAndEachUseEndsOnce() {
        Digest digest = workshop.folder(NAME.toString(), "a", GOLDEN);
        Lease one = artifacts.lease(digest).orElseThrow();
        Lease other = one.again();
        one.close();
        one.close();
        assertThat(workshop.last().closes()).isZero();
        assertThatThrownBy(one::again).hasMessageContaining("closed");
        other.close();
        assertThat(workshop.last().closes()).isEqualTo(1);
        assertThat(artifacts.lease(digest)).isPresent();
        assertThat(workshop.made()).as("asked for again it is opened again").hasSize(2);
        assertThat(artifacts.lease(new Digest("0".repeat(64)))).isEmpty();
    }

    @Test
    void aLoadThatFailsLeavesNothingBehindAndEverythingElseAsItWas() {
        LoadedVersion live = artifacts.load(NAME, workshop.folder(NAME.toString(), "a", GOLDEN));
        Digest wrong = workshop.folder("shop_press_v1.1", "b", GOLDEN.replace("[2]", "[3]"));
        assertThatThrownBy(() -> artifacts.load(VersionName.parse("shop_press_v1.1"), wrong))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("golden row 1: margin[0] is 2.0 here, the trainer saw 3.0");
        assertThat(workshop.last().closes()).isEqualTo(1);
        Digest broken = workshop.folder("shop_press_v1.2", "c", "{");
        assertThatThrownBy(() -> artifacts.load(VersionName.parse("shop_press_v1.2"), broken))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("samples.jsonl");
        assertThat(artifacts.census().folders()).isEqualTo(1);
        assertThat(artifacts.census().failed()).isEqualTo(2);
        assertThat(live.artifact().verify().toString()).contains("Reproduced");
    }

    @Test
    void aTwinWhoseOwnGoldenRowsDoNotComeOutIsNotLoaded() {
        artifacts.load(NAME, workshop.folder(NAME.toString(), "a", GOLDEN));
        Digest wrong = workshop.folder("shop_press_v1.1", "a", GOLDEN.replace("[2]", "[3]"));
        assertThatThrownBy(() -> artifacts.load(VersionName.parse("shop_press_v1.1"), wrong))
                .hasMessageContaining("golden row 1");
        assertThat(artifacts.census()).isEqualTo(new Artifacts.Census(1, 1, 1, 1, 0, 1));
        assertThat(workshop.last().closes()).isZero();
    }

    @Test
    void policiesAreSharedWhileSomebodyUsesThem() {
        Examples examples = new Examples();
        assertThat(examples.policy().policy()).isSameAs(examples.policy().policy());
    }

    @Test
    void manyThreadsThatTakeAndReturnNeverMeetAClosedModel() throws Exception {
        List<Digest> digests = List.of(
                workshop.folder("shop_press_v1.0", "a", GOLDEN),
                workshop.folder("shop_press_v1.1", "a", GOLDEN),
                workshop.folder("shop_press_v1.2", "b", GOLDEN));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SplittableRandom random = new SplittableRandom(i);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int turn = 0; turn < 1000; turn++) {
                    try (Lease lease = artifacts
                                    .lease(digests.get(random.nextInt(3)))
                                    .orElseThrow();
                            Lease again = lease.again()) {
                        Artifact artifact = random.nextBoolean() ? lease.artifact() : again.artifact();
                        artifact.model().predict(new double[] {turn + 0.5}, () -> false);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(workshop.made()).allSatisfy(press -> {
            assertThat(press.closes()).isEqualTo(1);
            assertThat(press.misuses()).isZero();
        });
        Artifacts.Census after = artifacts.census();
        assertThat(after)
                .isEqualTo(new Artifacts.Census(
                        0, 0, 0, workshop.made().size(), workshop.made().size(), 0));
    }
}
