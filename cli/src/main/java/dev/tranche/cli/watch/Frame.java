package dev.tranche.cli.watch;

import dev.tranche.cli.screen.Bar;
import dev.tranche.cli.screen.Ink;
import dev.tranche.cli.screen.Spoken;
import dev.tranche.cli.screen.Text;
import dev.tranche.cli.screen.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// A rollout drawn in lines of at most a number of columns; made for 80 and more. What is drawn is a function
/// of what is known, nothing is remembered between frames.
public final class Frame {
    private static final int WIDEST = 120;
    private static final int BAR = 10;
    private static final int ENTRIES = 6;
    /// Indent, symbol and word of a verdict.
    private static final int LABEL = 11;

    private final Ink ink;
    private final int columns;
    private final UnaryOperator<String> moment;

    /// A frame of a width; wider than 120 columns is not used.
    ///
    /// @param moment writes an instant of the server as a local time
    public static Frame of(Ink ink, int columns, UnaryOperator<String> moment) {
        return new Frame(ink, Math.min(columns, WIDEST), moment);
    }

    private Frame(Ink ink, int columns, UnaryOperator<String> moment) {
        this.ink = ink;
        this.columns = columns;
        this.moment = moment;
    }

    /// The whole picture.
    public List<String> lines(RolloutState rollout, Traffic traffic) {
        List<String> lines = new ArrayList<>();
        lines.add(sides(ink.bold(rollout.candidate()), ink.dim(rollout.strategy() + " · rollout " + rollout.id())));
        lines.add(sides(standing(rollout), rollout.live().isEmpty() ? "" : ink.dim("replaces " + rollout.live())));
        if (!rollout.reason().isEmpty()) {
            Text.wrapped(rollout.reason(), columns - 2)
                    .forEach(line -> lines.add("  " + rollout.state().painted(ink, line)));
        }
        lines.add("");
        lines.add(Timeline.of(rollout, ink, columns));
        if (!rollout.state().ended() && rollout.dwell() > 0) {
            lines.add(dwell(rollout));
        }
        questions(lines, "Gates, asked to leave this stage", rollout.gates());
        questions(lines, "Guards, watched all the time", rollout.guards());
        if (!traffic.rows().isEmpty()) {
            heading(lines, "Traffic of the last minute");
            traffic.table(rollout.product(), columns >= 90)
                    .lines(ink, columns - 2)
                    .forEach(line -> lines.add("  " + line));
        }
        history(lines, rollout.history());
        return lines.stream().map(line -> Text.cut(line, columns)).toList();
    }

    /// The checklist, which a rollout answers once.
    public List<String> checklist(RolloutState rollout) {
        List<String> lines = new ArrayList<>();
        questions(lines, "Checklist before the first stage", rollout.checklist());
        return lines;
    }

    private String standing(RolloutState rollout) {
        String state = rollout.state()
                .painted(ink, rollout.word().toUpperCase(Locale.ROOT).replace('_', ' '));
        if (rollout.state().ended()) {
            return state;
        }
        String since = rollout.entered().isEmpty() ? "" : ", since " + moment.apply(rollout.entered());
        return state + "  " + rollout.place() + since;
    }

    private String dwell(RolloutState rollout) {
        String words = Spoken.seconds(rollout.elapsed()) + " of " + Spoken.seconds(rollout.dwell());
        int width = Math.clamp(columns - Text.width(words) - 10, 10, 60);
        return ink.cyan(Bar.of(rollout.progress(), width))
                + Text.right(Spoken.number(Math.floor(rollout.progress() * 100), 0) + " %", 6) + "  " + words;
    }

    private void questions(List<String> lines, String heading, List<Question> questions) {
        if (questions.isEmpty()) {
            return;
        }
        heading(lines, heading);
        int widest = questions.stream()
                .mapToInt(question -> Text.width(question.text()))
                .max()
                .orElse(0);
        int room = Math.min(widest, columns * 45 / 100);
        questions.forEach(question -> question(lines, question, room));
    }

    /// One line when it fits; otherwise the numbers stand below the question.
    private void question(List<String> lines, Question question, int room) {
        String detail = badness(question) + question.detail();
        String head = " " + question.verdict().label(ink) + "  ";
        int left = columns - LABEL - room - 2;
        if (Text.width(question.text()) <= room && Text.width(detail) <= left) {
            lines.add((head + Text.padded(question.text(), room) + "  " + shade(question, detail)).stripTrailing());
            return;
        }
        lines.add(head + question.text());
        if (!detail.isEmpty()) {
            Text.wrapped(detail, columns - LABEL - 2).stream()
                    .limit(3)
                    .forEach(line -> lines.add(" ".repeat(LABEL + 2) + shade(question, line)));
        }
    }

    private static String badness(Question question) {
        if (question.limit() <= 0 || question.badFor() <= 0) {
            return "";
        }
        String words = "bad for " + Spoken.seconds(question.badFor()) + " of " + Spoken.seconds(question.limit());
        return Bar.of(question.badFor() / question.limit(), BAR) + " " + words
                + (question.detail().isEmpty() ? "" : ", ");
    }

    private String shade(Question question, String detail) {
        boolean bad = question.badFor() > 0 && question.verdict() != Verdict.FAIL;
        return switch (question.verdict()) {
            case PASS -> bad ? ink.yellow(detail) : ink.dim(detail);
            case WAIT -> bad ? ink.yellow(detail) : detail;
            case FAIL -> ink.red(detail);
            case BROKEN -> ink.magenta(detail);
        };
    }

    private void history(List<String> lines, List<Entry> history) {
        List<Entry> told =
                history.stream().filter(entry -> !entry.isAboutAGate()).toList();
        if (told.isEmpty()) {
            return;
        }
        heading(lines, "History");
        List<Entry> latest = told.subList(Math.max(0, told.size() - ENTRIES), told.size());
        for (Entry entry : latest.reversed()) {
            lines.add("  " + ink.dim(moment.apply(entry.at())) + "  " + entry.words());
        }
    }

    private void heading(List<String> lines, String text) {
        lines.add("");
        lines.add(ink.bold(text));
    }

    private String sides(String left, String right) {
        int gap = columns - Text.width(left) - Text.width(right);
        return gap >= 2 ? left + " ".repeat(gap) + right : left;
    }
}
