package dev.tranche.engine.upstream;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a version as one sequence of bytes, on the disk and in a journal: for each, in the order of the
/// names, its name and its length before it; big-endian.
public final class PackedFiles {
    private PackedFiles() {}

    /// Files as one sequence of bytes, in the order of their names.
    public static byte[] pack(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                out.writeUTF(file.getKey());
                out.writeInt(file.getValue().length);
                out.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// What [#pack] packed.
    ///
    /// @throws IllegalArgumentException when it is not that
    public static SortedMap<String, byte[]> unpack(byte[] packed) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(packed);
        while (in.hasRemaining()) {
            if (in.remaining() < Short.BYTES) {
                throw new IllegalArgumentException("packed files end in the middle of a name");
            }
            byte[] name = taken(in, in.getShort() & 0xFFFF);
            if (in.remaining() < Integer.BYTES) {
                throw new IllegalArgumentException("packed files end before a length");
            }
            files.put(new String(name, StandardCharsets.UTF_8), taken(in, in.getInt()));
        }
        return files;
    }

    private static byte[] taken(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(
                    "packed files say " + length + " bytes where " + in.remaining() + " are left");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
