package dev.tranche.engine.trading.market;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Market data on its way from the process that reads it to the one that trades: `int` length of the rest,
/// `short` contract (-1: of none), `byte` kind (0 a message, of no contract: still here; 1 messages are missing; 2 a
/// recording is over), `long` when it was received, the message; big-endian.
public final class Frames {
    static final byte MESSAGE = 0;
    static final byte LOST = 1;
    static final byte OVER = 2;
    private static final int HEAD = Short.BYTES + 1 + Long.BYTES;
    private static final int LONGEST = 8 << 20;

    /// One frame.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int contract, byte kind, long received, byte[] message) {}

    private Frames() {}

    /// A message.
    public static byte[] message(int contract, long received, byte[] bytes, int from, int to) {
        return frame(contract, MESSAGE, received, bytes, from, to);
    }

    /// Messages of a contract are missing.
    public static byte[] lost(int contract, long received) {
        return frame(contract, LOST, received, new byte[0], 0, 0);
    }

    /// Nothing new; the line stands.
    public static byte[] beat() {
        return frame(-1, MESSAGE, 0, new byte[0], 0, 0);
    }

    /// A recording has been played: nothing more comes.
    public static byte[] over() {
        return frame(-1, OVER, 0, new byte[0], 0, 0);
    }

    private static byte[] frame(int contract, byte kind, long received, byte[] bytes, int from, int to) {
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + HEAD + to - from);
        frame.putInt(HEAD + to - from).putShort((short) contract).put(kind).putLong(received);
        return frame.put(bytes, from, to - from).array();
    }

    /// The next frame.
    ///
    /// @throws IOException when the stream ends, or holds something else
    static Frame read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < HEAD || length > LONGEST) {
            throw new IOException("no frame of market data is " + length + " bytes long");
        }
        int contract = in.readShort();
        byte kind = in.readByte();
        long received = in.readLong();
        byte[] message = new byte[length - HEAD];
        in.readFully(message);
        return new Frame(contract, kind, received, message);
    }
}
