package dev.tranche.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aCallerHasItsSecondAndNoMore() {
        RateLimit limit = RateLimit.of(10);
        for (int i = 0; i < 10; i++) {
            assertThat(limit.take("a", 5)).isTrue();
        }
        assertThat(limit.take("a", 5)).isFalse();
        assertThat(limit.take("b", 5)).as("others are not held up").isTrue();
        assertThat(limit.take("a", 5 + SECOND / 10)).isTrue();
        assertThat(limit.take("a", 5 + SECOND / 10)).isFalse();
        assertThat(RateLimit.of(0).take("a", 5)).isTrue();
        assertThatThrownBy(() -> RateLimit.of(-1)).hasMessageContaining("0..1000000");
    }

    @Test
    void theAdminsTokenIsMadeOnceAndOnlyItsOwnerReadsIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("admin.token");
        Access.open(file);
        String token = Files.readString(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Access.open(file);
        assertThat(Files.readString(file)).isEqualTo(token).hasSizeGreaterThan(40);
    }

    @Test
    void jsonIsWrittenAsAParserReadsIt() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(30); k > 0; k--) {
                text.appendCodePoint(random.nextInt(4) == 0 ? 0x1F600 + random.nextInt(50) : random.nextInt(0x3000));
            }
            double number = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12));
            byte[] json = JsonBytes.fresh()
                    .open('{')
                    .name("t")
                    .text(text.toString())
                    .name("n")
                    .number(number)
                    .name("d")
                    .decimals(number, 6)
                    .name("l")
                    .texts(List.of("a", "\"\\\n"))
                    .close('}')
                    .bytes();
            assertThat(Json.MAPPER.readTree(json).get("t").asString()).isEqualTo(text.toString());
            assertThat(Json.MAPPER.readTree(json).get("n").asDouble()).isEqualTo(number);
            assertThat(Json.MAPPER.readTree(json).get("d").asDouble())
                    .isCloseTo(number, within(Math.max(5.1e-7, Math.abs(number) * 1e-9)));
            assertThat(Json.MAPPER.readTree(json).get("l").get(1).asString()).isEqualTo("\"\\\n");
        }
    }
}
