package dev.tranche.runtime.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// One mapped file of the log: 64 bytes of header, then records on multiples of 8, then a seal when the next
/// began.
///
/// A record is `int payloadBytes + 1` (0 = nothing here, -1 = seal), `int` CRC-32C of the rest mixed with the
/// position, `long` nanoseconds, `byte` type, three zero bytes, payload; all little-endian. The file is
/// filled with zeros before it gets its name, so a mapped store never meets a missing block.
final class Segment implements AutoCloseable {
    static final int HEADER = 64;
    static final int RECORD_HEADER = 20;
    static final String SUFFIX = ".seg";

    private static final byte[] MAGIC = "TRANLOG1".getBytes(StandardCharsets.US_ASCII);
    private static final int SEAL = -1;
    private static final int ALIGNMENT = 8;
    private static final int FILL_CHUNK = 1 << 20;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// What lies at an offset.
    sealed interface Slot {
        record Whole(LogRecord record) implements Slot {}

        record Empty() implements Slot {}

        record Sealed() implements Slot {}

        record Bad(String reason) implements Slot {}
    }

    private static final Slot EMPTY = new Slot.Empty();
    private static final Slot SEALED = new Slot.Sealed();

    private final Path file;
    private final long base;
    private final long size;
    private final Arena arena;
    private final MemorySegment map;

    private Segment(Path file, long base, long size, Arena arena, MemorySegment map) {
        this.file = file;
        this.base = base;
        this.size = size;
        this.arena = arena;
        this.map = map;
    }

    /// Writes a new file of zeros to the disk, then gives it its name, then maps it.
    static Segment create(Path folder, long base, long size) throws IOException {
        Path unfinished = folder.resolve("next.tmp");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(FILL_CHUNK, size));
            zeros.put(0, MAGIC);
            for (long left = size; left > 0; ) {
                zeros.position(0).limit((int) Math.min(zeros.capacity(), left));
                left -= channel.write(zeros);
                if (left == size - zeros.limit()) {
                    zeros.put(0, new byte[MAGIC.length]);
                }
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Path file = folder.resolve(String.format("%016x", base) + SUFFIX);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
        return open(file);
    }

    /// Maps an existing file; its base is its name.
    static Segment open(Path file) throws IOException {
        String name = file.getFileName().toString();
        long base = Long.parseUnsignedLong(name.substring(0, name.length() - SUFFIX.length()), 16);
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            if (size < HEADER + ALIGNMENT) {
                throw new IOException("not a log segment, " + size + " bytes: " + file);
            }
            MemorySegment map = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            if (map.asSlice(0, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) != -1) {
                throw new IOException("not a log segment, it does not begin with TRANLOG1: " + file);
            }
            return new Segment(file, base, size, arena, map);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    long base() {
        return base;
    }

    long size() {
        return size;
    }

    /// Position of its first record.
    long first() {
        return base + HEADER;
    }

    /// Position just behind its last byte, where the next segment begins.
    long limit() {
        return base + size;
    }

    static long bytesFor(int payloadBytes) {
        return (RECORD_HEADER + payloadBytes + ALIGNMENT - 1L) & -ALIGNMENT;
    }

    /// Whether `bytes` at `position` are at most a quarter of the segment and leave room for a seal.
    boolean fits(long position, long bytes) {
        return bytes <= size / 4 && position + bytes + ALIGNMENT <= limit();
    }

    boolean hasRecords() {
        return map.get(INT, HEADER) != 0;
    }

    /// Checksum of a record without its position, so that it can be computed before the position is known.
    static int checksum(byte type, long nanos, ByteBuffer payload) {
        CRC32C crc = new CRC32C();
        int bytes = payload.remaining();
        // Byte by byte and not from arrays made for it: an append allocates nothing.
        for (int i = 0; i < 4; i++) {
            crc.update(bytes >>> (8 * i));
        }
        for (int i = 0; i < 8; i++) {
            crc.update((int) (nanos >>> (8 * i)));
        }
        crc.update(type);
        if (payload.hasArray()) {
            crc.update(payload.array(), payload.arrayOffset() + payload.position(), bytes);
        } else {
            crc.update(payload.duplicate());
        }
        return (int) crc.getValue();
    }

    /// A record that was copied elsewhere does not check there.
    private static int mixed(int checksum, long position) {
        return checksum ^ (int) ((position * 0x9E3779B97F4A7C15L) >>> 32);
    }

    /// Writes a record; its length comes last, so an interrupted write leaves nothing or a bad checksum.
    void write(long position, byte type, long nanos, ByteBuffer payload, int checksum) {
        long at = position - base;
        int bytes = payload.remaining();
        map.set(INT, at + 4, mixed(checksum, position));
        map.set(LONG, at + 8, nanos);
        map.set(INT, at + 16, type & 0xFF);
        if (payload.hasArray()) {
            int from = payload.arrayOffset() + payload.position();
            MemorySegment.copy(payload.array(), from, map, ValueLayout.JAVA_BYTE, at + RECORD_HEADER, bytes);
        } else {
            MemorySegment.copy(MemorySegment.ofBuffer(payload), 0, map, at + RECORD_HEADER, bytes);
        }
        map.set(INT, at, bytes + 1);
    }

    void seal(long position) {
        map.set(INT, position - base, SEAL);
    }

    /// What lies at `position`, which must be within `first()..limit()`.
    Slot slot(long position) {
        long at = position - base;
        if (at % ALIGNMENT != 0) {
            return new Slot.Bad("records begin at multiples of 8");
        }
        if (at + ALIGNMENT > size) {
            return SEALED;
        }
        int length = map.get(INT, at);
        if (length == 0) {
            return EMPTY;
        }
        if (length == SEAL) {
            return SEALED;
        }
        int bytes = length - 1;
        if (length < 0 || bytesFor(bytes) > size / 4 || !fits(position, bytesFor(bytes))) {
            return new Slot.Bad("no record is " + bytes + " bytes long there");
        }
        byte[] payload = new byte[bytes];
        MemorySegment.copy(map, ValueLayout.JAVA_BYTE, at + RECORD_HEADER, payload, 0, bytes);
        int typeWord = map.get(INT, at + 16);
        long nanos = map.get(LONG, at + 8);
        ByteBuffer view = ByteBuffer.wrap(payload).asReadOnlyBuffer();
        if ((typeWord & ~0xFF) != 0
                || map.get(INT, at + 4) != mixed(checksum((byte) typeWord, nanos, view), position)) {
            return new Slot.Bad("checksum does not match");
        }
        return new Slot.Whole(new LogRecord(position, position + bytesFor(bytes), (byte) typeWord, nanos, view));
    }

    /// Position behind the last byte at or after `from` that is not zero, or `from`.
    long usedUpTo(long from) {
        long last = from - base;
        MemorySegment rest = map.asSlice(last);
        long words = rest.byteSize() / Long.BYTES;
        for (long word = words - 1; word >= 0; word--) {
            if (rest.get(LONG, word * Long.BYTES) != 0) {
                return from + (word + 1) * Long.BYTES;
            }
        }
        return from;
    }

    /// Copies `from..to` out and puts zeros there.
    byte[] cut(long from, long to) {
        MemorySegment slice = map.asSlice(from - base, to - from);
        byte[] bytes = slice.toArray(ValueLayout.JAVA_BYTE);
        slice.fill((byte) 0);
        slice.force();
        return bytes;
    }

    void force(long from, long to) {
        map.asSlice(from - base, to - from).force();
    }

    /// Unmaps the file at once.
    @Override
    public void close() {
        arena.close();
    }
}
