package dev.tranche.runtime.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the end of a log that was left by a clean stop, a kill or a power loss.
///
/// Only the last segment with records is read through: after a kill at most its last record is torn. What
/// lies behind the first invalid record is kept in a file of its own and then cut off.
///
/// @param segments  the segments up to the one to write to, by base
/// @param end       position behind the last valid record
/// @param sealed    whether the last segment was closed, so that writing goes on in a new one
/// @param prepared  an empty segment that was prepared ahead
/// @param recovery  what was found
record Tail(
        NavigableMap<Long, Segment> segments,
        long end,
        boolean sealed,
        @Nullable Segment prepared,
        Recovery recovery) {

    static Tail find(Path folder) throws IOException {
        NavigableMap<Long, Segment> segments = open(folder);
        if (segments.isEmpty()) {
            return new Tail(segments, 0, true, null, new Recovery(0, 0, 0, 0, "", Optional.empty()));
        }
        int found = segments.size();
        Segment last = segments.firstEntry().getValue();
        for (Segment segment : segments.values()) {
            last = segment.hasRecords() ? segment : last;
        }
        Segment prepared = dropEmptyBehind(segments, last);
        long position = last.first();
        long records = 0;
        while (last.slot(position) instanceof Segment.Slot.Whole(LogRecord record)) {
            records++;
            position = record.next();
        }
        boolean sealed = last.slot(position) instanceof Segment.Slot.Sealed;
        String reason = sealed ? "" : torn(last, position);
        if (reason.isEmpty()) {
            Recovery clean = new Recovery(found, records, position, 0, "", Optional.empty());
            return new Tail(segments, position, sealed, prepared, clean);
        }
        byte[] bytes = last.cut(position, last.usedUpTo(position));
        Path kept = folder.resolve(String.format("cut-%016x-%d.bytes", position, System.nanoTime()));
        Recovery recovery;
        try {
            Files.write(kept, bytes);
            recovery = new Recovery(found, records, position, bytes.length, reason, Optional.of(kept));
        } catch (IOException e) {
            Files.deleteIfExists(kept);
            String unkept = reason + "; the cut bytes could not be kept: " + e.getMessage();
            recovery = new Recovery(found, records, position, bytes.length, unkept, Optional.empty());
        }
        return new Tail(segments, position, false, prepared, recovery);
    }

    private static NavigableMap<Long, Segment> open(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve("next.tmp"));
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.getFileName().toString().endsWith(Segment.SUFFIX))
                    .toList();
        }
        NavigableMap<Long, Segment> segments = new TreeMap<>();
        try {
            for (Path file : files) {
                Segment segment = Segment.open(file);
                segments.put(segment.base(), segment);
            }
        } catch (IOException | RuntimeException e) {
            segments.values().forEach(Segment::close);
            throw e;
        }
        return segments;
    }

    /// Keeps one empty segment behind `last` as the prepared one and deletes any other.
    private static @Nullable Segment dropEmptyBehind(NavigableMap<Long, Segment> segments, Segment last)
            throws IOException {
        Segment prepared = null;
        NavigableMap<Long, Segment> behind = segments.tailMap(last.base(), false);
        for (Segment empty : behind.values()) {
            if (prepared == null && empty.base() == last.limit()) {
                prepared = empty;
            } else {
                empty.close();
                Files.delete(empty.file());
            }
        }
        behind.clear();
        return prepared;
    }

    /// Why the bytes at `position` are not a clean end, or an empty text when they are.
    private static String torn(Segment last, long position) {
        Segment.Slot slot = last.slot(position);
        if (slot instanceof Segment.Slot.Bad(String reason)) {
            return reason;
        }
        boolean behind = slot instanceof Segment.Slot.Empty && last.usedUpTo(position) > position;
        return behind ? "bytes behind the end" : "";
    }
}
