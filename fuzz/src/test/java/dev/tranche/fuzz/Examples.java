package dev.tranche.fuzz;

import dev.tranche.server.artifact.CanonicalYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The shipped credit example, as the registry keeps it.
public final class Examples {
    private static final Path FOLDER =
            Path.of(System.getProperty("tranche.root")).resolve("examples/credit");

    private Examples() {}

    /// The files of an artifact folder by name, YAML made canonical; a copy to play with.
    public static Map<String, byte[]> folder(String name) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(FOLDER.resolve(name))) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), canonical(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /// A file of the example, made canonical when it is YAML.
    public static byte[] file(String name) {
        try {
            return canonical(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] canonical(Path path) throws IOException {
        String name = path.getFileName().toString();
        byte[] bytes = Files.readAllBytes(path);
        return name.endsWith(".yaml") ? CanonicalYaml.canonical(name, bytes) : bytes;
    }
}
