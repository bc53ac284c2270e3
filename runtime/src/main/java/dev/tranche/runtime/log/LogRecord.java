package dev.tranche.runtime.log;

import java.nio.ByteBuffer;

/// One record as it was appended.
///
/// @param position   its place in the log, unique and increasing; what `RecordLog.read` takes
/// @param next       the position just after it, to continue from
/// @param type       the writer's type byte
/// @param epochNanos the writer's time, nanoseconds since 1970
/// @param payload    its bytes, a read-only copy that stays valid after the log is closed
public record LogRecord(long position, long next, byte type, long epochNanos, ByteBuffer payload) {
    /// A copy of the payload.
    public byte[] bytes() {
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        return copy;
    }
}
