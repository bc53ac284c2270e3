package dev.tranche.cli.watch;

import dev.tranche.cli.screen.Ink;
import java.util.Locale;

/// Where a rollout stands, as far as an onlooker must tell states apart.
public enum State {
    CHECKING,
    RUNNING,
    PAUSED,
    BAKING,
    COMPLETED,
    ROLLED_BACK,
    ABORTED,
    /// A word of a newer server: shown as it is, taken as under way.
    OTHER;

    static State of(String word) {
        String name = word.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        for (State state : values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        return OTHER;
    }

    /// Whether nothing will happen any more.
    public boolean ended() {
        return switch (this) {
            case COMPLETED, ROLLED_BACK, ABORTED -> true;
            case CHECKING, RUNNING, PAUSED, BAKING, OTHER -> false;
        };
    }

    String painted(Ink ink, String text) {
        return switch (this) {
            case CHECKING, RUNNING, BAKING, OTHER -> ink.cyan(ink.bold(text));
            case PAUSED -> ink.yellow(ink.bold(text));
            case COMPLETED -> ink.green(ink.bold(text));
            case ROLLED_BACK, ABORTED -> ink.red(ink.bold(text));
        };
    }
}
