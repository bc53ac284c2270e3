package dev.tranche.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
    @TempDir
    Path folder;

    private static String key(String id, int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return id + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    @Test
    void aKeyFileIsMadeForItsOwnerAloneAndRefusedWhenOthersMayReadIt() throws Exception {
        Path file = folder.resolve("keys");
        SecretBox made = SecretBox.createFile(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SecretBox.fromFile(file).open("a.b", made.seal("a.b", "值"))).isEqualTo("值");
        assertThatThrownBy(() -> SecretBox.createFile(file)).hasMessageContaining("keys");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SecretBox.fromFile(file)).hasMessageContaining("0600");
    }

    @Test
    void theNewestKeySealsAndOlderOnesStillOpen() {
        String sealed = SecretBox.fromText(key("k1", 1)).seal("a", "old");
        SecretBox both = SecretBox.fromText("# rotated\n" + key("k1", 1) + key("k2", 2));
        assertThat(both.open("a", sealed)).isEqualTo("old");
        assertThat(both.seal("a", "new")).startsWith("v1:k2:");
        assertThatThrownBy(() -> SecretBox.fromText(key("k2", 2)).open("a", sealed))
                .hasMessageContaining("k1")
                .hasMessageContaining("not here");
        assertThatThrownBy(() -> SecretBox.none().seal("a", "x")).hasMessageContaining("no key");
    }

    @Test
    void everyChangedBitOfASecretIsNoticed() {
        SecretBox box = SecretBox.fromText(key("k1", 7));
        String sealed = box.seal("a", "secret");
        byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring("v1:k1:".length()));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            String text = "v1:k1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> box.open("a", text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keysThatAreNoKeysAreRefusedWithoutBeingShown() {
        for (String text : new String[] {"k1", "k1 c2hvcnQ=", "k1 not*base64", "k 1 c2hvcnQ="}) {
            assertThatThrownBy(() -> SecretBox.fromText(text))
                    .hasMessageContaining("line 1")
                    .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("c2hvcnQ"));
        }
        assertThatThrownBy(() -> SecretBox.fromText(key("k1", 1) + key("k1", 2)))
                .hasMessageContaining("k1");
    }
}
