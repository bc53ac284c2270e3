package dev.tranche.inference.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tranche.inference.Trials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JsonLawsTest {
    @Test
    void canonicalTextReadsBackToTheSameCanonicalText() {
        Trials.of(300, random -> {
            String once = value(random, 4).canonical();
            assertThat(Json.parse(once).canonical()).isEqualTo(once);
        });
    }

    @Test
    void everyDoubleSurvivesTheJourney() {
        Trials.of(500, random -> {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                Json.Num back = (Json.Num) Json.parse(Json.of(value).canonical());
                assertThat(Double.doubleToLongBits(back.doubleValue())).isEqualTo(Double.doubleToLongBits(value));
            }
        });
    }

    @Test
    void damagedTextIsReadOrRefusedAndNothingElse() {
        Trials.of(500, random -> {
            byte[] bytes = value(random, 4).canonical().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> attempt(bytes)).doesNotThrowAnyException();
        });
    }

    private static void attempt(byte[] bytes) {
        try {
            Json.parse(bytes).canonical();
        } catch (JsonException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    private static Json value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> new Json.Null();
            case 1 -> new Json.Flag(random.nextBoolean());
            case 2 -> Json.of((random.nextDouble() - 0.5) * StrictMath.pow(10, random.nextInt(-20, 20)));
            case 3 -> new Json.Text(text(random));
            case 4 -> {
                List<Json> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield new Json.Items(items);
            }
            default -> {
                Map<String, Json> members = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put(text(random), value(random, depth - 1));
                }
                yield new Json.Struct(members);
            }
        };
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.appendCodePoint(random.nextInt(4) == 0 ? 0x1F600 + random.nextInt(40) : random.nextInt(0x20 + 600));
        }
        return text.toString();
    }
}
