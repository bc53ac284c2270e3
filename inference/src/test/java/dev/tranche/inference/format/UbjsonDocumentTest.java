package dev.tranche.inference.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.inference.ArtifactException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UbjsonDocumentTest {
    /// Bytes from texts (Latin-1), longs (8 bytes) and floats (4 bytes), all big-endian.
    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case String text -> out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
                case Long number ->
                    out.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
                case Float number ->
                    out.writeBytes(ByteBuffer.allocate(4).putFloat(number).array());
                default -> throw new IllegalArgumentException(part.toString());
            }
        }
        return out.toByteArray();
    }

    private static Place read(Object... parts) {
        return new Place("", UbjsonDocument.read(bytes(parts)));
    }

    @Test
    void typedArraysAreReadBigEndian() {
        Place place = read("{L", 1L, "a[$d#L", 2L, 1.5f, -2f, "L", 1L, "b[$l#L", 1L, "\0\0\1\0", "}");
        assertThat(place.at("a").numbers(2).real(1)).isEqualTo(-2f);
        assertThat(place.at("b").ints()).containsExactly(256);
    }

    @Test
    void plainAndCountedArraysAreReadToo() {
        assertThat(read("[i\1U\u00ffI\1\0T]").ints()).containsExactly(1, 255, 256, 1);
        assertThat(read("[#i\2i\7d", 0.5f).numbers().real(1)).isEqualTo(0.5f);
        assertThat(read("[SL", 2L, "hiCx]").texts()).containsExactly("hi", "x");
        assertThat(read("[]").items()).isEmpty();
        assertThat(read("{#i\1i\1aSi\1b").at("a").text()).isEqualTo("b");
    }

    @Test
    void aCountThatTheFileCannotHoldReservesNothing() {
        assertThatThrownBy(() -> read("[$d#L", Long.MAX_VALUE, 1f))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("9223372036854775807 values of 4 bytes are announced, but only 4 bytes are left");
        assertThatThrownBy(() -> read("[$L#L", -1L)).isInstanceOf(ArtifactException.class);
        assertThatThrownBy(() -> read("SL", 1L << 40, "x")).isInstanceOf(ArtifactException.class);
    }

    @Test
    void valuesWithoutBytesMayNotBeCounted() {
        assertThatThrownBy(() -> read("[$T#L", 1L << 30)).hasMessageContaining("'T' is not written by XGBoost");
        assertThatThrownBy(() -> read("[$Z#L", 1L << 30)).hasMessageContaining("'Z' is not written by XGBoost");
    }

    @Test
    void nestingHasALimit() {
        assertThatThrownBy(() -> read("[".repeat(1_000_000))).hasMessageContaining("deeper than 64");
    }

    @Test
    void whatIsNoUbjsonIsRefused() {
        for (String text : new String[] {
            "", "{", "[", "?", "[H", "{$i#i\1", "[$d", "[$di", "Zx", "[i\1Si\1a]", "[#Si", "SU\1\u00ff"
        }) {
            assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(ArtifactException.class);
        }
        assertThatThrownBy(() -> read("{i\1aZi\1aZ}")).hasMessageContaining("appears twice");
    }
}
