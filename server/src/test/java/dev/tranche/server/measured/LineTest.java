package dev.tranche.server.measured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void aLineHasAMeasurementTagsFieldsAndATimestamp() {
        Line line = Line.parse(
                "weather,place=us-midwest,kind=a temperature=82,wet=t,n=-3i,m=7u,note=\"dry\" 1465839830100");
        assertThat(line.measurement()).isEqualTo("weather");
        assertThat(line.tags()).containsExactly(Map.entry("kind", "a"), Map.entry("place", "us-midwest"));
        assertThat(line.fields())
                .containsOnly(
                        Map.entry("temperature", new Value.Whole(82)),
                        Map.entry("wet", new Value.Flag(true)),
                        Map.entry("n", new Value.Whole(-3)),
                        Map.entry("m", new Value.Whole(7)),
                        Map.entry("note", new Value.Text("dry")));
        assertThat(line.timestamp()).isEqualTo(OptionalLong.of(1_465_839_830_100L));
        assertThat(Line.parse("a b=1").timestamp()).isEmpty();
        assertThat(Line.parse("a b=1   ").timestamp()).isEmpty();
        assertThat(Line.parse("a  b=1  -5").timestamp()).isEqualTo(OptionalLong.of(-5));
    }

    @Test
    void escapesAreThoseOfTheProtocol() {
        Line line = Line.parse(
                "my\\ meas\\,ure\\=ment,tag\\ Key1=tag\\,Value\\=1 field\\ Key=\"a \\\"b\\\" \\\\ \\n, c=d\" 1");
        assertThat(line.measurement()).as("an equals sign needs no escape here").isEqualTo("my meas,ure\\=ment");
        assertThat(line.tags()).containsExactly(Map.entry("tag Key1", "tag,Value=1"));
        assertThat(line.fields()).containsExactly(Map.entry("field Key", new Value.Text("a \"b\" \\ \\n, c=d")));
        assertThat(Line.parse("a=b,t=c\\d\\ e f=1").tags()).containsExactly(Map.entry("t", "c\\d e"));
        assertThat(Line.parse("a,t=c\\\\ d f=1").tags())
                .as("a backslash needs no escape, and the second one belongs to the space")
                .containsExactly(Map.entry("t", "c\\ d"));
    }

    @Test
    void everySpellingOfABooleanAndANumberIsRead() {
        for (String yes : new String[] {"t", "T", "true", "True", "TRUE"}) {
            assertThat(Line.parse("a b=" + yes).fields().get("b")).isEqualTo(new Value.Flag(true));
        }
        for (String no : new String[] {"f", "F", "false", "False", "FALSE"}) {
            assertThat(Line.parse("a b=" + no).fields().get("b")).isEqualTo(new Value.Flag(false));
        }
        for (String number : new String[] {"1.5", "+1.5", "1.5e0", "15E-1", "0.15e+1"}) {
            assertThat(Line.parse("a b=" + number).fields().get("b")).as(number).isEqualTo(new Value.Real(1.5));
        }
        assertThat(Line.parse("a b=.5").fields().get("b")).isEqualTo(new Value.Real(0.5));
        assertThat(Line.parse("a b=-9223372036854775808i").fields().get("b"))
                .isEqualTo(new Value.Whole(Long.MIN_VALUE));
    }

    @Test
    void whatIsNoLineIsRefusedWithTheColumn() {
        Map<String, String> wrong = new TreeMap<>();
        wrong.put("a", "column 2: a space and fields must follow");
        wrong.put("a,b=c", "column 6: a space and fields");
        wrong.put("a,b c=1", "column 4: '=' must stand between a tag");
        wrong.put("a,b= c=1", "the value of the tag b is empty");
        wrong.put("a,=b c=1", "a tag is empty");
        wrong.put(",b=c d=1", "column 1: the measurement is empty");
        wrong.put("a b", "'=' must stand between a field");
        wrong.put("a b=", "the field b is no number");
        wrong.put("a b=x", "the field b is no number, boolean or \"text\": x");
        wrong.put("a b=NaN", "no number");
        wrong.put("a b=1e999", "no number");
        wrong.put("a b=1.5i", "no number");
        wrong.put("a b=-1u", "below 0 without a sign");
        wrong.put("a b=9223372036854775808i", "beyond 64 bits");
        wrong.put("a b=\"c", "no closing quote");
        wrong.put("a b=\"c\"d", "a comma, a space or the end must follow");
        wrong.put("a b=1 x", "the timestamp is no whole number: x");
        wrong.put("a b=1 1 1", "the timestamp is no whole number: 1 1");
        wrong.put("a b=1 9999999999999999999", "beyond 64 bits");
        wrong.put("a,t=1,t=2 b=1", "the tag t stands there twice");
        wrong.put("a b=1,b=2", "the field b stands there twice");
        wrong.put("a b=1,", "a field is empty");
        wrong.forEach((line, reason) -> assertThatThrownBy(() -> Line.parse(line))
                .as(line)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason));
    }

    @Test
    void whatIsWrittenWithEscapesIsReadBack() {
        String letters = "ab,= \\\"é:1";
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            String measurement = "m" + word(chance, letters) + "m";
            String tag = "t" + word(chance, letters) + "t";
            String value = "v" + word(chance, letters) + "v";
            String text = word(chance, letters);
            String line = escaped(measurement, ", ") + "," + escaped(tag, ",= ") + "=" + escaped(value, ",= ") + " "
                    + escaped(tag, ",= ") + "=\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\" 12";
            Line read = Line.parse(line);
            assertThat(read.measurement()).as("seed %d: %s", seed, line).isEqualTo(measurement);
            assertThat(read.tags()).as("seed %d: %s", seed, line).containsExactly(Map.entry(tag, value));
            assertThat(read.fields()).as("seed %d", seed).containsExactly(Map.entry(tag, new Value.Text(text)));
        }
    }

    @Test
    void noTextBringsAnotherExceptionOut() {
        String letters = "a,= \\\"1it#\t.e-";
        for (int seed = 0; seed < 20_000; seed++) {
            String line = word(new SplittableRandom(seed), letters);
            try {
                assertThat(Line.parse(line).fields()).isNotEmpty();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).as("seed %d: %s", seed, line).hasMessageNotContaining("null");
            }
        }
    }

    /// A backslash before an end character would take its meaning, so a lone one is never written before
    /// one.
    private static String escaped(String text, String ends) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            escaped.append(ends.indexOf(c) >= 0 ? "\\" + c : c);
        }
        return escaped.toString();
    }

    private static String word(SplittableRandom chance, String letters) {
        StringBuilder word = new StringBuilder();
        int length = chance.nextInt(12);
        for (int i = 0; i < length; i++) {
            char c = letters.charAt(chance.nextInt(letters.length()));
            boolean lone = !word.isEmpty() && word.charAt(word.length() - 1) == '\\' && ",= ".indexOf(c) >= 0;
            word.append(lone ? 'x' : c);
        }
        return word.toString();
    }
}
