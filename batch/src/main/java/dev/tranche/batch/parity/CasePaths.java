package dev.tranche.batch.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The files a column of `cases.csv` names.
final class CasePaths {
    private CasePaths() {}

    /// The forms of a model: `name.*` is every form that is there, `name.a|b` both, `;` separates models. So
    /// are the tensors of a graph: `input_*.pb` are all of them by name.
    static List<Path> models(Path folder, String column) throws IOException {
        List<Path> forms = new ArrayList<>();
        Path first = folder;
        for (String part : column.split(" *; *")) {
            Path path = forms.isEmpty() ? folder.resolve(part) : first.resolveSibling(part);
            String name = name(path);
            if (name.contains("*")) {
                forms.addAll(matching(folder(path), name));
            } else if (name.contains("|")) {
                String[] endings = name.split("\\|");
                Path one = path.resolveSibling(endings[0]);
                forms.add(one);
                String stem = endings[0].substring(0, endings[0].lastIndexOf('.') + 1);
                for (int i = 1; i < endings.length; i++) {
                    forms.add(one.resolveSibling(stem + endings[i]));
                }
            } else {
                forms.add(path);
            }
            first = forms.isEmpty() ? first : forms.getFirst();
        }
        if (forms.isEmpty()) {
            throw new NoSuchFileException(column);
        }
        return forms;
    }

    /// The files of known answers; those after the first stand beside it, `*` being what they share with its
    /// name.
    static List<Path> expected(Path folder, String column) throws IOException {
        String[] parts = column.split(" *; *");
        Path first = folder.resolve(parts[0]);
        List<Path> files = new ArrayList<>(List.of(first));
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].startsWith("*")) {
                files.add(first.resolveSibling(parts[i]));
                continue;
            }
            List<Path> candidates = new ArrayList<>(matching(folder(first), parts[i]));
            candidates.sort(Comparator.comparingInt(path -> -shared(name(path), name(first))));
            if (candidates.isEmpty()) {
                throw new NoSuchFileException(parts[i]);
            }
            files.add(candidates.getFirst());
        }
        return files;
    }

    private static List<Path> matching(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            List<Path> paths = new ArrayList<>();
            found.forEach(paths::add);
            paths.sort(Comparator.naturalOrder());
            return paths;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Path folder(Path path) {
        Path parent = path.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static int shared(String a, String b) {
        int i = 0;
        while (i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }
}
