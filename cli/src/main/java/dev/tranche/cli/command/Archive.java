package dev.tranche.cli.command;

import dev.tranche.cli.MisuseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A folder, or a single file of ours, as the ZIP that registration takes. The same bytes in, the same bytes
/// out: entries are sorted and carry no time.
final class Archive {
    /// More than this is no artifact folder but a wrong path; models of this size do not exist among ours.
    private static final long LARGEST = 512L << 20;

    private Archive() {}

    static byte[] of(Path path) {
        if (Files.isDirectory(path)) {
            return zip(files(path));
        }
        if (Files.isRegularFile(path)) {
            return zip(Map.of(entryName(path), path));
        }
        throw MisuseException.because("there is no folder or file " + path);
    }

    /// Every regular file under a folder by its name there, hidden ones left out.
    private static Map<String, Path> files(Path folder) {
        Map<String, Path> files = new TreeMap<>();
        long size = 0;
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                Path name = folder.relativize(file);
                if (Stream.iterate(name, part -> part != null, Path::getParent)
                        .noneMatch(part -> part.getFileName().toString().startsWith("."))) {
                    files.put(name.toString().replace('\\', '/'), file);
                    size += Files.size(file);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + folder, unreadable);
        }
        if (files.isEmpty()) {
            throw MisuseException.because(folder + " holds no files");
        }
        if (size > LARGEST) {
            throw MisuseException.because(
                    folder + " holds " + (size >> 20) + " MiB; a version may have up to " + (LARGEST >> 20) + " MiB");
        }
        return files;
    }

    /// The name under which the server looks for a lone file: by its first key, so that the user may call it
    /// anything.
    private static String entryName(Path file) {
        try {
            String text = Files.readString(file);
            for (String kind : List.of("policy", "parameters", "strategy", "calibration")) {
                if (text.lines().anyMatch(line -> line.matches("\\{?\\s*\"?" + kind + "\"?\\s*:.*"))) {
                    return kind + ".yaml";
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
        throw MisuseException.because(file
                + " is neither a folder nor a file that starts with policy:, parameters:, strategy: or calibration:");
    }

    private static byte[] zip(Map<String, Path> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read what is to be registered", unreadable);
        }
        return bytes.toByteArray();
    }
}
