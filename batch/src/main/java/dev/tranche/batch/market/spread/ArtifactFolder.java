package dev.tranche.batch.market.spread;

import dev.tranche.batch.file.RefusedException;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.format.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A model's folder on disk, read as registration reads it: YAML becomes canonical JSON.
public final class ArtifactFolder {
    private ArtifactFolder() {}

    /// The files by name.
    ///
    /// @throws RefusedException when it is no folder with a `model.yaml`, or a YAML file is none
    static Map<String, byte[]> files(Path folder) {
        if (!Files.isRegularFile(folder.resolve("model.yaml"))) {
            throw RefusedException.because(folder + " has no model.yaml: it is no artifact folder");
        }
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(path.getFileName());
                byte[] bytes = Files.readAllBytes(path);
                files.put(name, name.endsWith(".yaml") ? canonical(bytes) : bytes);
            }
        } catch (IOException | JacksonException unreadable) {
            throw RefusedException.because(folder + " cannot be read: " + unreadable.getMessage());
        }
        return files;
    }

    /// The model in a folder.
    ///
    /// @throws RefusedException when the folder is no artifact; the message says why
    public static Artifact open(Path folder) {
        return open(folder, files(folder));
    }

    static Artifact open(Path folder, Map<String, byte[]> files) {
        try {
            return Artifact.open(files);
        } catch (ArtifactException broken) {
            throw RefusedException.because(folder + ": " + broken.getMessage());
        }
    }

    private static byte[] canonical(byte[] yaml) {
        return Json.parse(YAMLMapper.shared().readTree(yaml).toString())
                .canonical()
                .getBytes(StandardCharsets.UTF_8);
    }
}
