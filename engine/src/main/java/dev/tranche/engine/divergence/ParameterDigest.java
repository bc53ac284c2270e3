package dev.tranche.engine.divergence;

import dev.tranche.market.divergence.Parameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names a set of parameters: the first 12 hex digits of the SHA-256 over the lines `name=value`, in the
/// order of [dev.tranche.market.divergence.Parameter].
final class ParameterDigest {
    private static final int DIGITS = 12;

    private ParameterDigest() {}

    static String of(Parameters parameters) {
        StringBuilder lines = new StringBuilder();
        parameters
                .values()
                .forEach((name, value) ->
                        lines.append(name).append('=').append(value).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
