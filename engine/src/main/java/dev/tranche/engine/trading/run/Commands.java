package dev.tranche.engine.trading.run;

import dev.tranche.engine.trading.desk.Verb;
import dev.tranche.engine.trading.loop.RingInbox;
import dev.tranche.engine.trading.status.DeskFrame;
import dev.tranche.engine.trading.status.StatusBoard;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is ordered of a desk by people, and by its own process: signed, journalled, answered. Thread-safe.
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final StatusBoard board;
    private final RingInbox inbox;
    private final Protections protections;
    private final Answers answers = new Answers();

    Commands(StatusBoard board, RingInbox inbox, Protections protections) {
        this.board = board;
        this.inbox = inbox;
        this.protections = protections;
    }

    /// The loop has taken an order, or refused it.
    void answered(byte[] bytes, int from, int to, String refusal) {
        answers.answered(bytes, from, to, refusal);
    }

    /// Orders something of the desk and waits for its answer.
    ///
    /// @param who not blank
    /// @param reason not blank
    /// @return why it was refused, blank when it was done; empty when no answer came within five seconds
    Optional<String> order(Verb verb, String who, String reason, Map<String, Object> more) throws InterruptedException {
        if (who.isBlank() || reason.isBlank()) {
            return Optional.of("an order to the desk needs who and reason, neither blank");
        }
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("verb", verb.word());
        order.put("who", who);
        order.put("reason", reason);
        order.putAll(more);
        switch (verb) {
            case FLATTEN -> order.put("positions", held());
            case RESUME ->
                order.put(
                        "places",
                        board.frame().stream()
                                .flatMap(frame -> frame.strategies().stream())
                                .map(DeskFrame.StrategyLine::place)
                                .toList());
            case KILL, RELEASE, HALT, CANCEL_ALL, ADOPT, RESET_PROTECTION -> {}
        }
        LOG.warn("operator verb={} who=\"{}\" reason=\"{}\"", verb.word(), who, reason);
        Optional<String> answer = answers.ask(order, json -> inbox.operator(0, json), ANSWER);
        if (verb == Verb.RESET_PROTECTION && answer.filter(String::isEmpty).isPresent()) {
            protections.reset((Integer) order.getOrDefault("venue", -1)); // once it is journalled
        }
        return answer;
    }

    /// Every place and contract that a strategy in force quotes.
    private List<Map<String, Integer>> held() {
        return board.frame().stream()
                .flatMap(frame -> frame.quotes().stream())
                .map(line -> Map.of("place", line.place(), "contract", line.contract()))
                .toList();
    }
}
