package dev.tranche.batch.divergence.read;

import dev.tranche.batch.file.RefusedException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file and whose market it is: `BTCUSDT=trades.csv.gz`, or the name alone when it begins with the symbol.
///
/// @param file where it lies
/// @param symbol empty when neither the user nor the name says
public record Named(Path file, Optional<String> symbol) {
    private static final Pattern GIVEN = Pattern.compile("([A-Z0-9_-]{1,32})=(.+)");
    private static final Pattern BEGINS =
            Pattern.compile("(?i)([a-z0-9]{2,12}(?:usdt|usdc|usd|busd|fdusd|btc|eth|eur)(?:_perp)?)(?![a-z0-9]).*");

    /// What the command line says.
    public static Named parse(String text) {
        Matcher given = GIVEN.matcher(text);
        return given.matches() ? new Named(Path.of(given.group(2)), Optional.of(given.group(1))) : of(Path.of(text));
    }

    /// A file whose symbol is in its name.
    public static Named of(Path file) {
        Matcher begins = BEGINS.matcher(String.valueOf(file.getFileName()));
        return new Named(
                file, begins.matches() ? Optional.of(begins.group(1).toUpperCase(Locale.ROOT)) : Optional.empty());
    }

    String symbolOrRefuse() {
        return symbol.orElseThrow(() -> RefusedException.because("whose market " + file
                + " is cannot be told: neither a column nor the name of the file says; write SYMBOL=" + file));
    }
}
