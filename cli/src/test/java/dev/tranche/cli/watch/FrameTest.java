package dev.tranche.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.cli.RecordedDoor;
import dev.tranche.cli.screen.Ink;
import dev.tranche.cli.screen.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FrameTest {
    private static RolloutState rollout(String file) {
        return RolloutState.of(JsonMapper.shared().readTree(RecordedDoor.read(file)));
    }

    private static Traffic traffic() {
        return Traffic.of(
                JsonMapper.shared().readTree(RecordedDoor.read("windows.json")), rollout("rollout-running.json"));
    }

    private static List<String> draw(String file, int columns, Ink ink) {
        return Frame.of(ink, columns, at -> at.substring(11, 19)).lines(rollout(file), traffic());
    }

    @Test
    void eightyColumns() {
        assertThat(String.join("\n", draw("rollout-running.json", 80, Ink.NONE)))
                .isEqualTo(RecordedDoor.read("frame-80.txt").stripTrailing());
    }

    @Test
    void aHundredAndTwentyColumns() {
        assertThat(String.join("\n", draw("rollout-running.json", 120, Ink.NONE)))
                .isEqualTo(RecordedDoor.read("frame-120.txt").stripTrailing());
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 120, 200})
    void noLineIsWiderThanTheScreen(int columns) {
        for (String file :
                new String[] {"rollout-running.json", "rollout-rolled-back.json", "rollout-completed.json"}) {
            assertThat(draw(file, columns, new Ink(true)))
                    .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void coloursChangeNothingButColour() {
        List<String> plain = draw("rollout-running.json", 80, Ink.NONE);
        List<String> coloured = draw("rollout-running.json", 80, new Ink(true));
        assertThat(coloured.stream().map(line -> line.replaceAll("\033\\[\\d+m", "")))
                .containsExactlyElementsOf(plain);
        assertThat(String.join("", coloured)).contains("\033[32m✔ pass").contains("\033[31m✘ fail");
    }

    @Test
    void aRollbackSaysWhyAndMarksTheStageItStoppedAt() {
        String picture = String.join("\n", draw("rollout-rolled-back.json", 80, Ink.NONE));
        assertThat(picture)
                .contains("ROLLED BACK")
                .contains("latency_p95 > 200ms for 5m over 1m was bad for 5m")
                .contains("✔ shadow ━━━━━━ ✘ 5 % ────── ○ 20 %")
                .contains("██████████ bad for 5m of 5m")
                .doesNotContain(" of 14d");
    }

    @Test
    void aCompletedRolloutHasEveryStageDone() {
        assertThat(Timeline.of(rollout("rollout-completed.json"), Ink.NONE, 80))
                .contains("✔ shadow", "✔ 5 %", "✔ 20 %", "✔ 50 %", "✔ 100 %", "✔ bake")
                .doesNotContain("○");
    }

    @Test
    void entitiesAndUnlistedPlansAreDrawnToo() {
        RolloutState symbols = RolloutState.of(JsonMapper.shared().readTree("""
                {"id":"r","candidate":"c","strategy":"canary","state":"RUNNING","stage":{"index":0,"count":3,
                 "mode":"read-only","entities":["BTCUSDT","ETHUSDT","SOLUSDT","XRPUSDT"]}}"""));
        assertThat(Timeline.of(symbols, Ink.NONE, 120))
                .contains("● read-only BTCUSDT, ETHUSDT and 2 more")
                .contains("○ stage 2")
                .contains("○ stage 3");
        assertThat(Step.of(JsonMapper.shared().readTree("{\"mode\":\"live\",\"share\":0.125}"))
                        .label())
                .isEqualTo("12.50 %");
        assertThat(Step.of(JsonMapper.shared().readTree("{\"mode\":\"live\",\"share\":\"20%\"}"))
                        .words())
                .isEqualTo("live, 20%");
        assertThat(Step.of(JsonMapper.shared().readTree("{\"mode\":\"live\",\"entities\":[\"SH\"]}"))
                        .label())
                .isEqualTo("SH");
    }

    @Test
    void aStateOfANewerServerIsUnderWay() {
        assertThat(State.of("rolled-back")).isEqualTo(State.ROLLED_BACK);
        assertThat(State.of("COOLING")).isEqualTo(State.OTHER);
        assertThat(State.OTHER.ended()).isFalse();
    }
}
