package dev.tranche.cli.watch;

import dev.tranche.cli.screen.Verdict;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A gate, a guard or a point of the checklist with its verdict.
///
/// @param text    the question, as it was written
/// @param verdict the answer
/// @param detail  the numbers behind it, may be empty
/// @param badFor  seconds a guard's condition has been bad; 0 otherwise
/// @param limit   seconds after which it rolls back; 0 for none
public record Question(String text, Verdict verdict, String detail, double badFor, double limit) {

    static List<Question> list(JsonNode questions) {
        List<Question> list = new ArrayList<>();
        for (JsonNode question : questions) {
            list.add(new Question(
                    question.path("text").asString(question.path("name").asString("")),
                    Verdict.of(question.path("verdict").asString("")),
                    question.path("detail").asString(""),
                    question.path("bad_for_seconds").asDouble(0),
                    question.path("limit_seconds").asDouble(0)));
        }
        return List.copyOf(list);
    }
}
