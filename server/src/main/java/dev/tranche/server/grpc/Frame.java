package dev.tranche.server.grpc;

import dev.tranche.server.protocol.Inflated;
import dev.tranche.server.protocol.Intake;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.ProtocolException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The one message of a unary call: a byte that says whether it is compressed, its length in four bytes
/// big-endian, and the message (gRPC over HTTP/2, "Length-Prefixed-Message").
final class Frame {
    private static final int PREFIX = 5;

    private Frame() {}

    /// Takes the message out of a body.
    ///
    /// @param encoding the header `grpc-encoding`, null when there is none
    /// @param room bounds what it inflates to
    /// @throws ProtocolException when the body is not one whole message, or is compressed in a way not spoken
    ///     here
    static byte[] read(byte[] body, @Nullable String encoding, Intake.Body room) {
        if (body.length < PREFIX) {
            throw ProtocolException.invalid("the call has no message");
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(body).getInt(1));
        if (length != body.length - PREFIX) {
            throw ProtocolException.invalid("a unary call has exactly one message; its prefix says " + length
                    + " bytes and " + (body.length - PREFIX) + " came");
        }
        return switch (body[0]) {
            case 0 -> {
                byte[] message = new byte[(int) length];
                System.arraycopy(body, PREFIX, message, 0, message.length);
                yield message;
            }
            case 1 -> {
                if (!"gzip".equals(encoding)) {
                    throw ProtocolException.of(Kind.UNSUPPORTED, "grpc-encoding must be identity or gzip: " + encoding);
                }
                byte[] inflated = Inflated.gunzip(body, PREFIX, (int) length, Intake.BODY_LIMIT);
                room.take(inflated.length - Math.min(inflated.length, body.length));
                yield inflated;
            }
            default -> throw ProtocolException.invalid("the first byte of a message must be 0 or 1: " + body[0]);
        };
    }

    /// A body of one message.
    ///
    /// @param gzip true compresses it
    static byte[] write(byte[] message, boolean gzip) {
        byte[] content = gzip ? Inflated.gzip(message) : message;
        return ByteBuffer.allocate(PREFIX + content.length)
                .put((byte) (gzip ? 1 : 0))
                .putInt(content.length)
                .put(content)
                .array();
    }

    /// What `grpc-timeout` allows, in nanoseconds.
    ///
    /// @param header up to eight digits and a unit, null when there is none
    /// @return [Long#MAX_VALUE] when there is none
    /// @throws ProtocolException when it is something else
    static long timeoutNanos(@Nullable String header) {
        if (header == null) {
            return Long.MAX_VALUE;
        }
        if (!header.matches("\\d{1,8}[HMSmun]")) {
            throw ProtocolException.invalid("grpc-timeout must be up to eight digits and one of H M S m u n");
        }
        long value = Long.parseLong(header, 0, header.length() - 1, 10);
        long unit = switch (header.charAt(header.length() - 1)) {
            case 'H' -> 3600_000_000_000L;
            case 'M' -> 60_000_000_000L;
            case 'S' -> 1_000_000_000L;
            case 'm' -> 1_000_000L;
            case 'u' -> 1000L;
            default -> 1L;
        };
        return value > Long.MAX_VALUE / unit ? Long.MAX_VALUE : value * unit;
    }

    /// A text as `grpc-message` carries it: UTF-8 with everything but printable ASCII as `%XX`.
    static String percent(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each >= ' ' && each <= '~' && each != '%') {
                out.append((char) each);
            } else {
                out.append('%');
                out.append(Character.toUpperCase(Character.forDigit((each >> 4) & 0xF, 16)));
                out.append(Character.toUpperCase(Character.forDigit(each & 0xF, 16)));
            }
        }
        return out.toString();
    }
}
