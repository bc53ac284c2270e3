package dev.tranche.cli;

/// The command line asks for something that cannot be meant: exit code 2.
public final class MisuseException extends RuntimeException {

    public static MisuseException because(String sentence) {
        return new MisuseException(sentence);
    }

    private MisuseException(String sentence) {
        super(sentence);
    }
}
