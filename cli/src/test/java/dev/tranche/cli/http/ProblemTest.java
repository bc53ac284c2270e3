package dev.tranche.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProblemTest {
    private static Problem read(int status, String json) {
        return Problem.of(status, JsonMapper.shared().readTree(json));
    }

    @Test
    void theSentenceNamesTheValueAndWhatIsAllowed() {
        assertThat(read(400, "{\"detail\":\"the share is out of range\",\"value\":12000,\"allowed\":\"0..10000\"}")
                        .sentences())
                .isEqualTo("the share is out of range; got 12000; allowed: 0..10000.");
        assertThat(read(400, "{\"detail\":\"The share is out of range.\",\"value\":\"12000\",\"allowed\":\"0..10000\"}")
                        .sentences())
                .isEqualTo("The share is out of range. Got 12000; allowed: 0..10000.");
    }

    @Test
    void nothingIsSaidTwice() {
        assertThat(read(409, "{\"detail\":\"version x_v1.0 is live\",\"value\":\"x_v1.0\"}")
                        .sentences())
                .isEqualTo("version x_v1.0 is live.");
    }

    @Test
    void aProblemWithoutDetailSaysWhatItHas() {
        assertThat(read(404, "{\"title\":\"Not found\"}").sentences()).isEqualTo("Not found.");
        assertThat(read(500, "{\"code\":\"store_away\"}").sentences()).isEqualTo("store_away.");
        assertThat(read(502, "{}").sentences()).isEqualTo("the server answered 502 without a reason.");
        assertThat(read(502, "\"Bad Gateway\"").sentences()).isEqualTo("Bad Gateway.");
    }

    @Test
    void aMissingTokenGetsAHint() {
        assertThat(read(401, "{}").hint()).contains("--token");
        assertThat(read(403, "{}").hint()).contains("role");
        assertThat(read(400, "{}").hint()).isEmpty();
    }

    @Test
    void theDocumentKeepsEveryField() {
        Problem problem =
                read(400, "{\"title\":\"t\",\"code\":\"c\",\"detail\":\"d\",\"value\":\"v\",\"allowed\":\"a\"}");
        assertThat(Problem.of(400, problem.json())).isEqualTo(problem);
    }
}
