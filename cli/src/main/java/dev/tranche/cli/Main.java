package dev.tranche.cli;

/// The command line of Tranche.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("tranche 0.1.0");
    }
}
