package dev.tranche.server.artifact;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Reads a zipped folder into memory within stated bounds; nothing is ever written under an entry's name.
///
/// One folder around everything (what most zip tools produce) is taken off. A bomb is noticed while it
/// inflates: no more than the allowed bytes are ever held.
public final class ZipFolder {
    /// Bounds on what is read: number of files, bytes of one file and of all, directories above a file, bytes
    /// of a name.
    ///
    /// @param ratio largest inflated ÷ packed size of the whole body (a model file in JSON packs about 1:20)
    public record Bounds(int files, long fileBytes, long totalBytes, int depth, int nameLength, int ratio) {
        /// 256 files, 256 MiB each and together, 6 directories deep, names up to 200 characters, 1:250.
        public static final Bounds DEFAULT = new Bounds(256, 256L << 20, 256L << 20, 6, 200, 250);
    }

    private ZipFolder() {}

    /// The files of the zip by name, in name order.
    ///
    /// @throws Refused with code `not_a_zip`, `unsafe_name`, `duplicate_name`, `zip_too_large` or `zip_bomb`
    public static SortedMap<String, byte[]> read(byte[] zip, Bounds bounds) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        long total = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = safe(entry.getName(), bounds);
                if (entry.isDirectory() || name.startsWith("__MACOSX/") || name.endsWith(".DS_Store")) {
                    continue;
                }
                if (files.size() == bounds.files()) {
                    throw tooLarge("files", files.size() + 1L, bounds.files());
                }
                byte[] bytes = inflate(in, zip.length, total, bounds);
                total += bytes.length;
                if (files.put(name, bytes) != null) {
                    throw Refused.of(Refused.Kind.MALFORMED, "duplicate_name", "the zip holds " + name + " twice");
                }
            }
        } catch (ZipException e) {
            throw Refused.of(Refused.Kind.MALFORMED, "not_a_zip", "the zip cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw Refused.of(Refused.Kind.MALFORMED, "not_a_zip", "the zip ends early: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw Refused.of(Refused.Kind.MALFORMED, "unsafe_name", "an entry's name is not UTF-8", e);
        }
        if (files.isEmpty()) {
            throw Refused.of(Refused.Kind.MALFORMED, "not_a_zip", "the body is not a zip with files in it");
        }
        return withoutOuterFolder(files);
    }

    private static byte[] inflate(ZipInputStream in, long packed, long before, Bounds bounds) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[16 << 10];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
            out.write(block, 0, n);
            long total = before + out.size();
            if (out.size() > bounds.fileBytes()) {
                throw tooLarge("bytes of one file", out.size(), bounds.fileBytes());
            }
            if (total > bounds.totalBytes()) {
                throw tooLarge("bytes of all files", total, bounds.totalBytes());
            }
            // A small body may inflate to a mebibyte whatever its ratio: empty columns pack very well.
            if (total > 1 << 20 && total > packed * bounds.ratio()) {
                throw Refused.of(
                        Refused.Kind.TOO_LARGE,
                        "zip_bomb",
                        "the zip inflates to more than " + bounds.ratio() + " times its size",
                        Long.toString(total),
                        "at most " + packed * bounds.ratio() + " bytes");
            }
        }
        return out.toByteArray();
    }

    private static Refused tooLarge(String what, long value, long allowed) {
        return Refused.of(
                Refused.Kind.TOO_LARGE,
                "zip_too_large",
                "the zip holds too many " + what,
                Long.toString(value),
                "at most " + allowed);
    }

    private static String safe(String name, Bounds bounds) {
        boolean plain = !name.isEmpty()
                && name.length() <= bounds.nameLength()
                && !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.indexOf(':') < 0
                && name.chars().noneMatch(c -> c < ' ' || c == 0x7f);
        String[] parts = name.split("/", -1);
        int last = name.endsWith("/") ? parts.length - 1 : parts.length;
        for (int i = 0; plain && i < last; i++) {
            plain = !parts[i].isEmpty() && !".".equals(parts[i]) && !"..".equals(parts[i]);
        }
        if (!plain || last - 1 > bounds.depth()) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "unsafe_name",
                    "an entry's name leaves the folder or cannot be a file name",
                    name.length() > 80 ? name.substring(0, 80) + "…" : name,
                    "relative names without '..', ':' or '\\', at most " + bounds.depth() + " folders deep and "
                            + bounds.nameLength() + " characters");
        }
        return name;
    }

    private static SortedMap<String, byte[]> withoutOuterFolder(SortedMap<String, byte[]> files) {
        int slash = files.firstKey().indexOf('/');
        if (slash < 0) {
            return files;
        }
        String outer = files.firstKey().substring(0, slash + 1);
        if (!files.keySet().stream().allMatch(name -> name.startsWith(outer))) {
            return files;
        }
        SortedMap<String, byte[]> inner = new TreeMap<>();
        files.forEach((name, bytes) -> inner.put(name.substring(outer.length()), bytes));
        return inner;
    }
}
