package dev.tranche.cli;

/// The training run of the AOT cache.
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) {
        Main.main(arguments);
    }
}
