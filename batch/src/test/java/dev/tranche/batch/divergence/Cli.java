package dev.tranche.batch.divergence;

import dev.tranche.batch.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Runs commands in this process, and makes markets for them.
record Cli(int exit, String out, String err) {
    static final Path CRYPTO = Path.of(System.getProperty("tranche.shared", "../shared"), "data", "crypto");
    static final Path TAKERS = CRYPTO.resolve("klines_5m_taker_2024-12");

    static Cli run(String... words) {
        List<String> all = new ArrayList<>(List.of("divergence"));
        all.addAll(List.of(words));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exit = Main.run(all.toArray(String[]::new));
            return new Cli(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    /// Five-minute bars of a random walk with flows that know nothing of it.
    static Path walk(Path folder, String symbol, int bars, long seed) throws IOException {
        Random chance = new Random(seed);
        StringBuilder text = new StringBuilder("open_time,open,high,low,close,volume,taker_buy_volume\n");
        double price = 100;
        long time = 1_700_000_100_000L / 300_000 * 300_000;
        for (int i = 0; i < bars; i++) {
            double open = price;
            double high = open * (1 + Math.abs(chance.nextGaussian()) * 1e-3);
            double low = open * (1 - Math.abs(chance.nextGaussian()) * 1e-3);
            price = low + (high - low) * chance.nextDouble();
            double volume = 10 + chance.nextInt(90);
            text.append(time)
                    .append(',')
                    .append(open)
                    .append(',')
                    .append(high)
                    .append(',')
                    .append(low);
            text.append(',').append(price).append(',').append(volume);
            text.append(',').append(volume * chance.nextDouble()).append('\n');
            time += 300_000;
        }
        Path file = folder.resolve(symbol + "_5m.csv");
        Files.writeString(file, text);
        return file;
    }
}
