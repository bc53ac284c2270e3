package dev.tranche.runtime.log;

/// How a log is kept.
///
/// @param durability   what `append` promises
/// @param segmentBytes size of one segment file, 64 KiB..1 GiB and a multiple of 4096; all of it is written
///     before use
public record LogSettings(Durability durability, long segmentBytes) {
    /// Smallest segment.
    public static final long MIN_SEGMENT = 64L << 10;
    /// Largest segment.
    public static final long MAX_SEGMENT = 1L << 30;

    private static final long PAGE = 4096;

    public LogSettings {
        if (segmentBytes < MIN_SEGMENT || segmentBytes > MAX_SEGMENT || segmentBytes % PAGE != 0) {
            throw new IllegalArgumentException("segmentBytes must be a multiple of 4096 within " + MIN_SEGMENT + ".."
                    + MAX_SEGMENT + ": " + segmentBytes);
        }
    }

    /// 64 MiB segments with the given durability.
    public static LogSettings of(Durability durability) {
        return new LogSettings(durability, 64L << 20);
    }

    /// The same with another segment size.
    public LogSettings withSegmentBytes(long bytes) {
        return new LogSettings(durability, bytes);
    }

    /// Largest payload of one record in bytes: a quarter of a segment, less the record's header.
    public int maxPayload() {
        return (int) (segmentBytes / 4) - Segment.RECORD_HEADER;
    }
}
