package dev.tranche.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Runs the launcher, or lines that call its functions, in an environment of its own.
final class Bash {
    static final Path LAUNCHER =
            Path.of(System.getProperty("tranche.root", "..")).resolve("tranche").toAbsolutePath();

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    record Ended(int code, String out, long pid) {}

    static Bash in(Path home) {
        return new Bash(home);
    }

    private Bash(Path home) {
        this.home = home;
        environment.put("HOME", home.toString());
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("TRANCHE_JVM_FOLDERS", home.resolve("jvm").toString());
    }

    Bash with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Sources the launcher and runs lines with `ROOT` at the home folder.
    Ended lines(String... lines) {
        String script = "source '" + LAUNCHER + "'\nROOT='" + home + "'\n" + String.join("\n", lines);
        return run("/bin/bash", "-c", script);
    }

    /// Runs a command to its end; standard output and error together.
    Ended run(String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out, process.pid());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
