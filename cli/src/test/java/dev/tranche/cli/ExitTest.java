package dev.tranche.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ExitTest {

    @Test
    void doneIsZero() {
        try (RecordedDoor door = RecordedDoor.open().says("GET /health", "health.json")) {
            assertThat(CommandRun.at(door).run("health").code()).isZero();
        }
    }

    @Test
    void aRefusalIsOneAndIsTold() {
        try (RecordedDoor door =
                RecordedDoor.open().says("GET /api/v1/rollouts", 400, RecordedDoor.read("problem.json"))) {
            CommandRun.Ended ended = CommandRun.at(door).run("rollout", "list");
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .isEqualTo(
                            "tranche: share must be within 0..10000 basis points; got 12000." + System.lineSeparator());
        }
    }

    @Test
    void aRefusalInJsonIsTheProblemDocument() {
        try (RecordedDoor door =
                RecordedDoor.open().says("GET /api/v1/rollouts", 400, RecordedDoor.read("problem.json"))) {
            CommandRun.Ended ended = CommandRun.at(door).run("rollout", "list", "--json");
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.json().at("/problem/code").asString()).isEqualTo("bad_value");
            assertThat(ended.json().at("/problem/allowed").asString()).isEqualTo("0..10000");
        }
    }

    @Test
    void anUnknownCommandIsTwoAndGetsASuggestion() {
        CommandRun.Ended ended = CommandRun.alone().run("rollout", "wacht");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("wacht");
    }

    @Test
    void aMissingOptionIsTwo() {
        assertThat(CommandRun.alone().run("rollout", "promote", "ro-1").code()).isEqualTo(2);
    }

    @Test
    void aNounWithoutAVerbIsTwoAndNamesTheVerbs() {
        CommandRun.Ended ended = CommandRun.alone().run("rollout");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("start, list, show, watch, promote, pause, resume, abort, rollback, approve");
    }

    @Test
    void nothingAtAllIsTwo() {
        assertThat(CommandRun.alone().run().code()).isEqualTo(2);
    }

    @Test
    void nobodyThereIsThree() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        CommandRun.Ended ended = CommandRun.alone().run("health", "--url", "http://127.0.0.1:" + port);
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("nothing listens there").contains("tranche serve");
    }

    @Test
    void helpIsDone() {
        CommandRun.Ended ended = CommandRun.alone().run("rollout", "watch", "--help");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("Look on until the rollout ends");
    }
}
