package dev.tranche.cli.evidence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An evidence file, read without the server that wrote it: its `events` are links of the control journal's
/// hash chain, and nobody can change one without changing every hash that follows.
public final class EvidenceFile {
    private EvidenceFile() {}

    /// Checks every event and every link between neighbours.
    public static Finding check(JsonNode evidence) {
        JsonNode events = evidence.path("events");
        if (!events.isArray() || events.isEmpty()) {
            return new Finding.NoEvidence("it holds no events");
        }
        Link before = null;
        int gaps = 0;
        int place = 0;
        for (JsonNode event : events) {
            place++;
            Optional<Link> read = Link.of(event);
            if (read.isEmpty()) {
                return new Finding.Broken("at place " + place, "a field is missing or is not what it should be");
            }
            Link link = read.get();
            Optional<String> fault = fault(before, link);
            if (fault.isPresent()) {
                return new Finding.Broken(Long.toString(link.seq()), fault.get());
            }
            gaps += before != null && link.seq() > before.seq() + 1 ? 1 : 0;
            before = link;
        }
        String head = evidence.at("/journal/head").asString("");
        if (before != null && evidence.at("/journal/seq").asLong(0) == before.seq() && !head.equals(before.hash())) {
            return new Finding.Broken(Long.toString(before.seq()), "it is not the head of the journal " + head);
        }
        return new Finding.Intact(place, gaps, before == null ? "" : before.hash());
    }

    private static Optional<String> fault(@Nullable Link before, Link link) {
        if (!link.computed().equals(link.hash())) {
            return Optional.of("its content does not have its hash " + link.hash());
        }
        if (before != null && link.seq() <= before.seq()) {
            return Optional.of("it stands after event " + before.seq());
        }
        if (before != null && link.seq() == before.seq() + 1 && !link.previous().equals(before.hash())) {
            return Optional.of("it does not follow from event " + before.seq());
        }
        return Optional.empty();
    }
}
