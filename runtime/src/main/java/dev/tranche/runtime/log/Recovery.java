package dev.tranche.runtime.log;

import java.nio.file.Path;
import java.util.Optional;

/// What opening a log found and did.
///
/// @param segments   segments found in the folder
/// @param records    valid records in the tail segment, the only one that is read through at opening
/// @param cutAt      where a torn tail was cut off, or the end of the log when none was
/// @param cutBytes   how many bytes were cut; 0 for a log that ended cleanly
/// @param cutReason  why the first cut record was not valid; empty when nothing was cut
/// @param cutKept    the file beside the segments that keeps the cut bytes for inspection
public record Recovery(
        int segments, long records, long cutAt, long cutBytes, String cutReason, Optional<Path> cutKept) {
    /// Whether the log ended with a whole record.
    public boolean clean() {
        return cutBytes == 0;
    }
}
