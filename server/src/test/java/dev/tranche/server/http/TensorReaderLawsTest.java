package dev.tranche.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.server.protocol.Asked;
import dev.tranche.server.protocol.InferRequest;
import dev.tranche.server.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/// Requests in JSON that mean harm.
class TensorReaderLawsTest {
    private static final long SEED = Long.getLong("tranche.seed", 42);

    @Test
    void bytesThatMeanHarmAreRefusedAndNothingElse() {
        Random random = new Random(SEED);
        byte[] whole = Asked.request(2).toString().getBytes(StandardCharsets.UTF_8);
        String pieces = "{}[],:\"0-1e.nullNaN\\ud800 ";
        int read = 0;
        for (int trial = 0; trial < 5_000; trial++) {
            byte[] bytes = whole.clone();
            for (int change = random.nextInt(5); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) pieces.charAt(random.nextInt(pieces.length()));
            }
            int json = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
            try {
                InferRequest request = TensorReader.read(bytes, json);
                assertThat(request.inputs()).isNotEmpty();
                read++;
            } catch (ProtocolException refused) {
                assertThat(refused.kind()).isEqualTo(ProtocolException.Kind.INVALID);
            } catch (JacksonException malformed) {
                assertThat(Problems.malformed(malformed).status()).isEqualTo(400);
            }
        }
        assertThat(read)
                .as("what was not changed, or only within a text, is read")
                .isPositive();
    }

    @Test
    void dataMayComeBeforeItsShapeAndDatatype() {
        String json =
                "{\"inputs\":[{\"parameters\":{},\"data\":[[\"é\",null]],\"x\":{\"data\":[1]},\"datatype\":\"BYTES\","
                        + "\"shape\":[1,2],\"name\":\"n\"}]}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        InferRequest request = TensorReader.read(bytes, bytes.length);
        assertThat(request.inputs().getFirst().column().size()).isEqualTo(2);
        assertThat(request.inputs().getFirst().column().missing(1)).isTrue();
        assertThat(request.inputs().getFirst().column().missing(0)).isFalse();
    }
}
