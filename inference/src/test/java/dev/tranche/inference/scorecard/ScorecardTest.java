package dev.tranche.inference.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tranche.inference.Deadline;
import dev.tranche.inference.Explainer;
import dev.tranche.inference.Model;
import dev.tranche.inference.OutputKind;
import dev.tranche.inference.RowRefusedException;
import dev.tranche.inference.format.Json;
import dev.tranche.inference.format.JsonException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScorecardTest {
    private static final double MISSING = Double.NaN;
    private static final double UNSEEN = -1;
    private static final List<String> PURPOSES = List.of("radio/tv", "car");
    private static final String POINTS = """
            {"scaling": {"base_score": 600, "base_odds": 50, "odds": "good_to_bad", "pdo": 20},
             "values": "points", "rounding": "sum", "base_points": 500, "characteristics": [
              {"input": "age", "closed": "left", "edges": [25, 35], "points": [10.25, 20.25, 30.25],
               "special": [{"values": [-1, -9], "points": 7}], "missing": 3},
              {"input": "purpose", "categories": [{"values": ["radio/tv"], "points": 40.5}, {"values": ["car"], "points": 60.5}],
               "missing": 11, "unseen": 13}]}""";

    private static Model read(String json, OutputKind output) {
        Function<String, List<String>> levels = name -> name.equals("purpose") ? PURPOSES : List.of();
        return LinearFile.scorecard(Json.parse(json).asStruct("scorecard.json"), levels, output);
    }

    private static double score(Model card, double... vector) {
        return card.predict(vector, Deadline.NONE).score();
    }

    @Test
    void addsThePointsOfItsLines() {
        Model card = read(POINTS.replace("sum", "none"), OutputKind.SCORE);
        assertThat(card.inputNames()).containsExactly("age", "purpose");
        assertThat(score(card, 24.999, 0)).isEqualTo(550.75);
        assertThat(score(card, 25, 0)).isEqualTo(560.75);
        assertThat(score(card, 35, 1)).isEqualTo(590.75);
    }

    @Test
    void missingSpecialAndUnseenEachHaveTheirOwnPoints() {
        Model card = read(POINTS.replace("sum", "none"), OutputKind.SCORE);
        assertThat(score(card, MISSING, 0)).isEqualTo(543.5);
        assertThat(score(card, -1, 0)).isEqualTo(547.5);
        assertThat(score(card, -9, 0)).isEqualTo(547.5);
        assertThat(score(card, -2, 0)).isEqualTo(550.75);
        assertThat(score(card, 30, MISSING)).isEqualTo(531.25);
        assertThat(score(card, 30, UNSEEN)).isEqualTo(533.25);
    }

    @Test
    void roundingTheSumAndRoundingTheBinsAreDifferentScores() {
        // 20.25 + 40.5 + 500 = 560.75 → 561; 20 + 40 (half to even) + 500 = 560.
        assertThat(score(read(POINTS, OutputKind.SCORE), 30, 0)).isEqualTo(561);
        assertThat(score(read(POINTS.replace("\"sum\"", "\"bins\""), OutputKind.SCORE), 30, 0))
                .isEqualTo(560);
    }

    @Test
    void theProbabilityIsThatOfBadAtTheScoreOfRecord() {
        Model card = read(POINTS.replace("500,", "539.25,"), OutputKind.PROBABILITY);
        assertThat(card.predict(new double[] {30, 0}, Deadline.NONE).margins()).containsExactly(600);
        assertThat(score(card, 30, 0)).isCloseTo(1 / 51.0, within(1e-15));
        assertThat(score(card, 30, 1)).isCloseTo(1 / 101.0, within(1e-15));
    }

    @Test
    void woeLinesBecomePointsThroughTheScale() {
        String woe = """
                {"values": "woe", "intercept": -2.0, "rounding": "none",
                 "scaling": {"base_score": 600, "base_odds": 50, "odds": "good_to_bad", "pdo": 20}, "characteristics": [
                  {"input": "age", "coefficient": 0.8, "closed": "right", "edges": [30], "woe": [0.7, -0.4], "special": [], "missing": -0.3},
                  {"input": "purpose", "coefficient": 1.1, "categories": [{"values": ["car", "radio/tv"], "woe": 0.5}],
                   "missing": 0.1, "unseen": "refuse"}]}""";
        double factor = 20 / Math.log(2);
        Model card = read(woe, OutputKind.SCORE);
        double logOdds = -2.0 + 0.8 * 0.7 + 1.1 * 0.5;
        assertThat(score(card, 30, 1)).isCloseTo(600 - factor * (Math.log(50) + logOdds), within(1e-9));
        // The table's own number for missing, not the silent 0 of optbinning's transform.
        double missing = -2.0 + 0.8 * -0.3 + 1.1 * 0.1;
        assertThat(score(card, MISSING, MISSING)).isCloseTo(600 - factor * (Math.log(50) + missing), within(1e-9));
        assertThat(score(read(woe, OutputKind.PROBABILITY), 30, 1))
                .isCloseTo(1 / (1 + Math.exp(-logOdds)), within(1e-12));
        assertThatThrownBy(() -> score(card, 30, UNSEEN))
                .isInstanceOf(RowRefusedException.class)
                .hasMessageContaining("purpose");
        assertThat(score(read(woe.replace("\"none\"", "\"bins\""), OutputKind.SCORE), 30, 1) % 1)
                .isZero();
    }

    @Test
    void reasonsArePointsBelowTheReference() {
        Explainer best = read(POINTS, OutputKind.SCORE).explainer().orElseThrow();
        assertThat(best.parts(new double[] {20, 1})).containsExactly(20, 0);
        String declared = POINTS.replace("\"rounding\"", "\"reference\": \"declared\", \"rounding\"")
                .replace("\"missing\"", "\"reference\": 15, \"missing\"");
        Explainer average = read(declared, OutputKind.SCORE).explainer().orElseThrow();
        assertThat(average.parts(new double[] {20, 1})).containsExactly(4.75, -45.5);
    }

    @Test
    void baseOddsTheWrongWayRoundAreRefused() {
        // The formula for bad to good odds fed with 50 instead of 1/50 gives 825.75 where 600 is meant.
        assertThatThrownBy(() -> read(POINTS.replace("good_to_bad", "bad_to_good"), OutputKind.SCORE))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("825.7")
                .hasMessageContaining("good_to_bad");
        String printed = POINTS.replace("\"pdo\": 20", "\"pdo\": 20, \"offset\": 712.8771, \"factor\": 28.8539");
        assertThatThrownBy(() -> read(printed, OutputKind.SCORE)).hasMessageContaining("must give base_score 600.0");
        String right = POINTS.replace("\"pdo\": 20", "\"pdo\": 20, \"offset\": 487.1228762, \"factor\": 28.8539008");
        assertThat(read(right, OutputKind.SCORE).inputNames()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "rounding": "sum",                    |                                        | needs the key "rounding"
            "rounding": "sum"                     | "rounding": "up"                       | must be one of [none, bins, sum]
            "points": [10.25, 20.25, 30.25]       | "points": [10.25, 20.25]               | one value a bin, 3
            "edges": [25, 35]                     | "edges": [35, 25]                      | must increase
            "closed": "left",                     |                                        | needs the key "closed"
            "special": [{"values": [-1, -9], "points": 7}], |                              | needs the key "special"
            "missing": 3                          | "missing": null                        | must be a number or "refuse"
            , "missing": 3                        |                                        | needs the key "missing"
            "unseen": 13                          | "unsen": 13                            | needs the key "unseen"
            ["radio/tv"]                          | ["radio/tv", "radio/tv"]               | once
            ["radio/tv"]                          | ["rado/tv"]                            | must be among [radio/tv, car]
            [-1, -9]                              | [-1, -1]                               | once
            "input": "purpose"                    | "input": "age"                         | must be among []
            "base_points": 500                    | "base_points": "500"                   | must be a number
            "pdo": 20                             | "pdo": -20                             | must be positive
            "pdo": 20                             | "pdo": 20, "base": 3                   | has no key "base"
            """)
    void aCardThatSaysTooLittleOrTooMuchIsRefused(String found, String replaced, String message) {
        assertThat(POINTS).contains(found);
        String broken = POINTS.replaceFirst(
                java.util.regex.Pattern.quote(found),
                java.util.regex.Matcher.quoteReplacement(replaced == null ? "" : replaced));
        assertThatThrownBy(() -> read(broken, OutputKind.SCORE))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void outputsThatACardCannotGiveAreRefused() {
        assertThatThrownBy(() -> read(POINTS, OutputKind.CLASSES)).hasMessageContaining("probability or score");
        String noScale = POINTS.replaceFirst("(?s)\"scaling\".*?},", "");
        assertThat(read(noScale, OutputKind.SCORE).outputs()).isEqualTo(1);
        assertThatThrownBy(() -> read(noScale, OutputKind.PROBABILITY)).hasMessageContaining("scaling is needed");
    }

    @Test
    void aVectorOfAnotherLengthIsMisuseAndAnImpossiblePlaceIsRefused() {
        Model card = read(POINTS, OutputKind.SCORE);
        assertThatThrownBy(() -> score(card, 30)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> score(card, 30, 2)).isInstanceOf(RowRefusedException.class);
        assertThatThrownBy(() -> score(card, 30, 0.5)).isInstanceOf(RowRefusedException.class);
    }
}
