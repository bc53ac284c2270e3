package dev.tranche.cli;

import dev.tranche.cli.screen.Screen;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/// What a command sees of the machine it runs on. Tests hand in another one.
///
/// @param out         answers, always UTF-8
/// @param err         what went wrong, and progress
/// @param in          standard input
/// @param environment variables of the process
/// @param folder      where relative names start
/// @param screen      what `out` is
/// @param clock       the time
/// @param zone        the zone times are shown in
/// @param pause       waits between two looks
public record World(
        PrintWriter out,
        PrintWriter err,
        InputStream in,
        Map<String, String> environment,
        Path folder,
        Screen screen,
        InstantSource clock,
        ZoneId zone,
        Pause pause) {

    /// Waits between two looks at a server.
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /// This process.
    public static World ofProcess() {
        Map<String, String> environment = System.getenv();
        return new World(
                new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
                new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
                System.in,
                environment,
                Path.of(""),
                isTerminal() ? Screen.terminal(environment, World::terminalSize) : Screen.pipe(),
                InstantSource.system(),
                ZoneId.systemDefault(),
                Thread::sleep);
    }

    /// The launcher knows whether its output is a terminal; the JDK only knows about input and output
    /// together.
    private static boolean isTerminal() {
        return Boolean.getBoolean("tranche.terminal");
    }

    /// Asks `stty` about the terminal of this process, because standard input may be a file.
    private static Screen.Size terminalSize() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                return Screen.Size.parse(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException noStty) {
            return Screen.STANDARD;
        }
    }

    /// A file named on the command line.
    public Path resolve(Path file) {
        return folder.resolve(file);
    }

    /// Everything on standard input, as text.
    public String input() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("standard input broke off", broken);
        }
    }
}
