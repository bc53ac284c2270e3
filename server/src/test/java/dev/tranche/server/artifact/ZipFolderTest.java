package dev.tranche.server.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipFolderTest {
    private static final ZipFolder.Bounds SMALL = new ZipFolder.Bounds(3, 1000, 1500, 2, 40, 250);

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static Refused refused(byte[] zip, ZipFolder.Bounds bounds) {
        Refused refused = catchThrowableOfType(Refused.class, () -> ZipFolder.read(zip, bounds));
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void filesComeBackByNameAndByte() {
        byte[] zip = Zips.of(Map.of("b.txt", Zips.utf8("two"), "a/b.txt", Zips.utf8("one")));
        assertThat(ZipFolder.read(zip, SMALL)).containsOnlyKeys("a/b.txt", "b.txt");
        assertThat(ZipFolder.read(zip, SMALL).get("b.txt")).isEqualTo(Zips.utf8("two"));
    }

    @Test
    void oneFolderAroundEverythingIsTakenOff() {
        byte[] zip = Zips.of(Map.of("outer/model.yaml", Zips.utf8("x"), "outer/in/model.bin", Zips.utf8("y")));
        assertThat(ZipFolder.read(zip, SMALL)).containsOnlyKeys("model.yaml", "in/model.bin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "/etc/passwd",
                "C:/x",
                "a\\b",
                "a//b",
                "./a",
                "a/b/c/d",
                "line\nbreak",
                "averyverylongnamethatgoesonandonandonandon"
            })
    void namesThatLeaveTheFolderAreRefused(String name) {
        assertThat(refused(Zips.of(Map.of(name, Zips.utf8("x"))), SMALL).code()).isEqualTo("unsafe_name");
    }

    @Test
    void tooManyFilesAreRefused() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            files.put("f" + i, Zips.utf8("x"));
        }
        assertThat(refused(Zips.of(files), SMALL).code()).isEqualTo("zip_too_large");
    }

    @Test
    void aFileOverItsBoundIsRefused() {
        assertThat(refused(Zips.of(Map.of("f", noise(1001))), SMALL).value()).isEqualTo("1001");
    }

    @Test
    void filesOverTheirBoundTogetherAreRefused() {
        byte[] zip = Zips.of(Map.of("a", noise(900), "b", noise(900)));
        assertThat(refused(zip, SMALL).kind()).isEqualTo(Refused.Kind.TOO_LARGE);
    }

    @Test
    void aBombIsNoticedBeforeItIsHeld() {
        byte[] zip = Zips.of(Map.of("zeros", new byte[64 << 20]));
        assertThat(zip.length).isLessThan(100_000);
        assertThat(refused(zip, ZipFolder.Bounds.DEFAULT).code()).isEqualTo("zip_bomb");
    }

    @Test
    void bytesThatAreNoZipAreRefused() {
        assertThat(refused(Zips.utf8("PK is not enough"), SMALL).code()).isEqualTo("not_a_zip");
        assertThat(refused(new byte[0], SMALL).code()).isEqualTo("not_a_zip");
    }

    @Test
    void aTornZipIsRefused() {
        byte[] zip = Zips.of(Map.of("f", noise(900)));
        assertThat(refused(Arrays.copyOf(zip, 400), SMALL).code()).isEqualTo("not_a_zip");
    }

    @Test
    void aFlippedByteInsideAFileIsRefused() {
        byte[] zip = Zips.of(Map.of("f", noise(900)));
        zip[300] ^= 1;
        assertThat(refused(zip, SMALL).code()).isEqualTo("not_a_zip");
    }
}
