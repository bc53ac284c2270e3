package dev.tranche.cli.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tranche.cli.CommandRun;
import dev.tranche.cli.RecordedDoor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class EvidenceFileTest {
    private final JsonNode evidence = JsonMapper.shared().readTree(RecordedDoor.read("evidence.json"));

    private ObjectNode event(int place) {
        return (ObjectNode) evidence.at("/events/" + place);
    }

    @Test
    void aFileAsWrittenIsIntactAndItsGapIsTold() {
        assertThat(EvidenceFile.check(evidence))
                .isEqualTo(new Finding.Intact(3, 1, event(2).path("hash").stringValue()));
    }

    @ParameterizedTest
    @CsvSource({
        "actor, wang",
        "subject, rollout/13",
        "kind, rollout.aborted",
        "payload, {}",
        "at, 2026-03-03T14:00:01Z",
        "prev_hash, 1111111111111111111111111111111111111111111111111111111111111111",
        "hash, 1111111111111111111111111111111111111111111111111111111111111111"
    })
    void everyFieldIsCovered(String field, String other) {
        event(0).put(field, other);
        assertThat(EvidenceFile.check(evidence)).isInstanceOfSatisfying(Finding.Broken.class, broken -> {
            assertThat(broken.event()).isEqualTo("1");
            assertThat(broken.reason()).startsWith("its content does not have its hash");
        });
    }

    @Test
    void numbersAndEpochsAreCoveredToo() {
        event(1).put("epoch", 7);
        assertThat(EvidenceFile.check(evidence)).isInstanceOf(Finding.Broken.class);
    }

    @Test
    void anEventLeftOutOfAnUnbrokenRowIsNoticed() {
        ObjectNode second = event(1);
        Link forged =
                Link.of(second.deepCopy().put("prev_hash", "0".repeat(64))).orElseThrow();
        second.put("prev_hash", "0".repeat(64)).put("hash", forged.computed());
        assertThat(EvidenceFile.check(evidence)).isEqualTo(new Finding.Broken("2", "it does not follow from event 1"));
    }

    @Test
    void theOrderIsChecked() {
        ArrayNode events = (ArrayNode) evidence.path("events");
        events.add(events.get(0));
        assertThat(EvidenceFile.check(evidence)).isEqualTo(new Finding.Broken("1", "it stands after event 4"));
    }

    @Test
    void whatHoldsNoEventsIsNoEvidence() {
        assertThat(EvidenceFile.check(JsonMapper.shared().readTree("{}"))).isInstanceOf(Finding.NoEvidence.class);
        event(0).remove("actor");
        assertThat(EvidenceFile.check(evidence)).isInstanceOf(Finding.Broken.class);
    }

    @Test
    void theCommandNeedsNoServerAndEndsWithOneWhenSomethingWasChanged() {
        CommandRun.Ended intact =
                CommandRun.alone().typing(RecordedDoor.read("evidence.json")).run("evidence", "verify", "-");
        assertThat(intact.code()).isZero();
        assertThat(intact.out()).startsWith("INTACT  3 events, each with its hash; 1 gaps");
        CommandRun.Ended changed = CommandRun.alone()
                .typing(RecordedDoor.read("evidence.json").replace("坏账率", "好账率"))
                .run("evidence", "verify", "-", "--json");
        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.json().at("/problem/code").asString()).isEqualTo("evidence_broken");
        assertThat(CommandRun.alone()
                        .typing("{}")
                        .run("evidence", "verify", "-")
                        .err())
                .contains("is no evidence file");
    }
}
