package dev.tranche.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/// A packaged engine at work on streams as they are recorded: best quotes and trades of three minutes,
/// ten times a second.
final class Recorded {
    private static final long START_MILLIS = 1_763_625_600_000L;
    private static final int STEPS = 1_800;
    private static final int STEP_MILLIS = 100;

    private Recorded() {}

    /// Writes a stream and returns its file.
    static Path stream(Path folder, String symbol) throws IOException {
        SplittableRandom chance = new SplittableRandom(symbol.hashCode());
        StringBuilder lines = new StringBuilder();
        long ticks = 600_000;
        for (int step = 1; step <= STEPS; step++) {
            long at = START_MILLIS + (long) step * STEP_MILLIS;
            ticks += chance.nextInt(3) - 1;
            boolean sold = chance.nextBoolean();
            lines.append(line(
                    at,
                    symbol,
                    "bookTicker",
                    "\"u\":" + step + ",\"b\":\"" + price(ticks) + "\",\"B\":\"" + lots(chance) + "\",\"a\":\""
                            + price(ticks + 1) + "\",\"A\":\"" + lots(chance) + "\""));
            lines.append(line(
                    at,
                    symbol,
                    "trade",
                    "\"t\":" + step + ",\"p\":\"" + price(sold ? ticks : ticks + 1) + "\",\"q\":\"" + lots(chance)
                            + "\",\"X\":\"MARKET\",\"m\":" + sold));
        }
        return Files.writeString(folder.resolve(symbol + ".txt"), lines);
    }

    private static String line(long at, String symbol, String event, String fields) {
        return at + "000000 {\"stream\":\"" + symbol.toLowerCase(Locale.ROOT) + "@" + event + "\",\"data\":{\"e\":\""
                + event + "\",\"E\":" + at + ",\"T\":" + at + ",\"s\":\"" + symbol + "\"," + fields + "}}\n";
    }

    private static String price(long ticks) {
        return ticks / 10 + "." + ticks % 10 + "0";
    }

    private static String lots(SplittableRandom chance) {
        return chance.nextInt(5) + "." + (100 + chance.nextInt(900));
    }

    /// Starts `tranche divergence run` against a server and waits for its READY line.
    static Process engine(Path folder, Path config, URI server, Path token) throws IOException {
        Path log = folder.resolve("engine.log");
        Process engine = new ProcessBuilder(
                        Product.ROOT.resolve("tranche").toString(),
                        "divergence",
                        "run",
                        "--config",
                        config.toString(),
                        "--server",
                        server.toString(),
                        "--token-file",
                        token.toString(),
                        "--pace",
                        "real",
                        "--stay")
                .redirectError(log.toFile())
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("READY ")) {
                return engine;
            }
        }
        throw new IOException("tranche divergence run ended before READY:\n" + Files.readString(log));
    }
}
