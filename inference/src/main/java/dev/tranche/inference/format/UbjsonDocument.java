package dev.tranche.inference.format;

import dev.tranche.inference.ArtifactException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads UBJSON (draft 12) as XGBoost writes it: big-endian, typed and counted arrays.
///
/// A count is believed only as far as the bytes that are left could hold it, so no file makes the reader
/// reserve more than a few times its own size. For one thread.
final class UbjsonDocument {
    private final ByteBuffer bytes;

    private UbjsonDocument(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /// The document in these bytes.
    ///
    /// @throws ArtifactException `model_ubjson` with the position when they are not UBJSON, `model_truncated`
    ///     when they end early
    static Document read(byte[] bytes) {
        UbjsonDocument reader = new UbjsonDocument(bytes);
        Document document = reader.value(reader.marker(), 0);
        if (reader.bytes.hasRemaining()) {
            throw reader.broken("nothing may follow the value");
        }
        return document;
    }

    private Document value(byte marker, int depth) {
        return switch (marker) {
            case '{' -> fields(inside(depth));
            case '[' -> items(inside(depth));
            case 'S' -> new Document.Text(text());
            case 'C' -> new Document.Text(String.valueOf((char) (byte) integer((byte) 'i')));
            case 'Z' -> Document.NOTHING;
            case 'T' -> new Document.One(Document.Numbers.ofWhole(1));
            case 'F' -> new Document.One(Document.Numbers.ofWhole(0));
            case 'd', 'D' -> new Document.One(Document.Numbers.ofReals(real(marker)));
            default -> new Document.One(Document.Numbers.ofWhole(integer(marker)));
        };
    }

    private int inside(int depth) {
        if (depth >= Document.DEEPEST) {
            throw broken("nesting is deeper than " + Document.DEEPEST);
        }
        return depth + 1;
    }

    private Document fields(int depth) {
        Map<String, Document> fields = new LinkedHashMap<>();
        long count = -1;
        if (peek() == '#') {
            marker();
            count = count(1);
        } else if (peek() == '$') {
            throw broken("objects of one type are not written by XGBoost");
        }
        while (count < 0 ? peek() != '}' : fields.size() < count) {
            String name = text();
            if (fields.put(name, value(marker(), depth)) != null) {
                throw broken("the name \"" + name + "\" appears twice");
            }
        }
        if (count < 0) {
            marker();
        }
        return new Document.Fields(fields);
    }

    private Document items(int depth) {
        byte type = 0;
        if (peek() == '$') {
            marker();
            type = marker();
            if (peek() != '#') {
                throw broken("a typed array needs its count");
            }
        }
        if (peek() == '#') {
            marker();
            return type == 0 ? mixed(count(1), depth) : typed(type, count(width(type)));
        }
        return mixed(-1, depth);
    }

    private Document typed(byte type, int count) {
        if (type == 'd' || type == 'D') {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = real(type);
            }
            return Document.Numbers.ofReals(values);
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = integer(type);
        }
        return Document.Numbers.ofWhole(values);
    }

    private Document mixed(int count, int depth) {
        List<Document> items = new ArrayList<>();
        NumberList numbers = new NumberList();
        int read = 0;
        while (count < 0 ? peek() != ']' : read < count) {
            Document item = value(marker(), depth);
            boolean number = item instanceof Document.One;
            if (read > 0 && number != items.isEmpty()) {
                throw broken("an array may not mix numbers with other values");
            }
            if (item instanceof Document.One one) {
                add(one.value(), numbers);
            } else {
                items.add(item);
            }
            read++;
        }
        if (count < 0) {
            marker();
        }
        if (read == 0) {
            return Document.EMPTY;
        }
        return items.isEmpty() ? numbers.toNumbers() : new Document.Items(items);
    }

    private static void add(Document.Numbers one, NumberList numbers) {
        if (one.isReal()) {
            numbers.real(one.real(0));
        } else {
            numbers.whole(one.whole64(0));
        }
    }

    private int width(byte type) {
        return switch (type) {
            case 'i', 'U' -> 1;
            case 'I' -> 2;
            case 'l', 'd' -> 4;
            case 'L', 'D' -> 8;
            default -> throw broken("an array of type '" + (char) (type & 0xff) + "' is not written by XGBoost");
        };
    }

    private int count(int width) {
        long count = integer(marker());
        if (count < 0 || count > bytes.remaining() / width) {
            throw ArtifactException.of(
                    "model_truncated",
                    "at byte " + bytes.position() + ": " + count + " values of " + width
                            + " bytes are announced, but only " + bytes.remaining() + " bytes are left");
        }
        return (int) count;
    }

    private long integer(byte type) {
        need(
                switch (type) {
                    case 'i', 'U' -> 1;
                    case 'I' -> 2;
                    case 'l' -> 4;
                    case 'L' -> 8;
                    default -> throw broken("'" + (char) (type & 0xff) + "' marks no number");
                });
        return switch (type) {
            case 'i' -> bytes.get();
            case 'U' -> bytes.get() & 0xff;
            case 'I' -> bytes.getShort();
            case 'l' -> bytes.getInt();
            default -> bytes.getLong();
        };
    }

    private float real(byte type) {
        need(type == 'd' ? 4 : 8);
        return type == 'd' ? bytes.getFloat() : (float) bytes.getDouble();
    }

    private String text() {
        int length = count(1);
        ByteBuffer slice = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
        } catch (CharacterCodingException e) {
            throw broken("a text must be UTF-8");
        }
    }

    private byte marker() {
        need(1);
        return bytes.get();
    }

    private byte peek() {
        need(1);
        return bytes.get(bytes.position());
    }

    private void need(int count) {
        if (bytes.remaining() < count) {
            throw ArtifactException.of(
                    "model_truncated",
                    "the UBJSON ends early, at byte " + bytes.limit() + ": " + count + " more bytes are expected");
        }
    }

    private ArtifactException broken(String what) {
        return ArtifactException.of("model_ubjson", "at byte " + bytes.position() + ": " + what);
    }
}
