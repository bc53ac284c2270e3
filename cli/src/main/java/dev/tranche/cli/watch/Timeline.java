package dev.tranche.cli.watch;

import dev.tranche.cli.screen.Ink;
import dev.tranche.cli.screen.Text;
import java.util.ArrayList;
import java.util.List;

/// The stages in a row: `✔ shadow ━━ ● 5 % ── ○ 20 % ── ○ 100 % ── ○ bake`.
final class Timeline {
    private static final int LONGEST_LINK = 6;

    private enum Mark {
        DONE,
        NOW,
        STOPPED,
        LATER
    }

    private Timeline() {}

    static String of(RolloutState rollout, Ink ink, int columns) {
        List<String> labels =
                new ArrayList<>(rollout.steps().stream().map(Step::label).toList());
        labels.add("bake");
        int fixed = labels.stream().mapToInt(label -> Text.width(label) + 2).sum();
        int links = labels.size() - 1;
        int link = Math.clamp((columns - fixed) / links - 2, 1, LONGEST_LINK);
        StringBuilder line = new StringBuilder();
        for (int k = 0; k < labels.size(); k++) {
            Mark mark = mark(rollout, k);
            if (k > 0) {
                line.append(
                        mark == Mark.LATER
                                ? ink.dim(" " + "─".repeat(link) + " ")
                                : ink.green(" " + "━".repeat(link) + " "));
            }
            line.append(painted(mark, labels.get(k), ink));
        }
        return Text.cut(line.toString(), columns);
    }

    private static Mark mark(RolloutState rollout, int position) {
        int current = switch (rollout.state()) {
            case BAKING -> rollout.steps().size();
            case COMPLETED -> rollout.steps().size() + 1;
            case CHECKING -> -1;
            case RUNNING, PAUSED, ROLLED_BACK, ABORTED, OTHER -> rollout.stage();
        };
        if (position != current) {
            return position < current ? Mark.DONE : Mark.LATER;
        }
        return rollout.state().ended() ? Mark.STOPPED : Mark.NOW;
    }

    private static String painted(Mark mark, String label, Ink ink) {
        return switch (mark) {
            case DONE -> ink.green("✔ " + label);
            case NOW -> ink.bold(ink.cyan("● " + label));
            case STOPPED -> ink.red("✘ " + label);
            case LATER -> ink.dim("○ " + label);
        };
    }
}
