package dev.tranche.bench.life;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Copies of an artifact folder under other names.
final class Folders {
    private Folders() {}

    /// A copy whose version has another name; it computes the same, so it is a twin and shares the model in
    /// memory.
    static Path twin(Path folder, Path work, String name) throws IOException {
        return copy(folder, work, name, "definition: synthetic", "definition: synthetic");
    }

    /// A copy whose version has another name and whose label another definition: it computes the same numbers
    /// and yet is another model, which is read, warmed and kept on its own.
    static Path other(Path folder, Path work, String name) throws IOException {
        return copy(folder, work, name, "definition: synthetic", "definition: synthetic as in " + name);
    }

    private static Path copy(Path folder, Path work, String name, String from, String to) throws IOException {
        Path copy = Files.createDirectories(work.resolve(name));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(file.getFileName().toString());
                if (file.endsWith("model.yaml")) {
                    String yaml = Files.readString(file, StandardCharsets.UTF_8)
                            .replace(folder.getFileName().toString(), name)
                            .replace(from, to);
                    Files.writeString(target, yaml);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }
}
