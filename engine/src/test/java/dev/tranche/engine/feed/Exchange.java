package dev.tranche.engine.feed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// An exchange on the loopback interface that speaks Binance's market data protocol down to the frames
/// (RFC 6455), and misbehaves when it is told to. The test says what is published and when.
public final class Exchange implements AutoCloseable {
    /// An answer of the REST door.
    public record Answer(int status, String headers, String body) {}

    private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final Supplier<String> snapshot;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Socket> subscribers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Answer> scripted = new LinkedBlockingQueue<>();

    public final BlockingQueue<String> subscriptions = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    public final Semaphore pongs = new Semaphore(0);

    private Exchange(Supplier<String> snapshot) throws IOException {
        this.snapshot = snapshot;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public static Exchange open(Supplier<String> snapshot) throws IOException {
        return new Exchange(snapshot);
    }

    public URI stream() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort());
    }

    public URI rest() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /// The next snapshot that is asked for is answered with this instead.
    public void answer(Answer answer) {
        scripted.add(answer);
    }

    private void start(Runnable work) {
        Thread thread = Thread.ofVirtual().start(work);
        threads.add(thread);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> speak(socket));
            }
        } catch (IOException e) {
            assert server.isClosed() : e;
        }
    }

    private void speak(Socket socket) {
        try (socket) {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                List<String> head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                String path = head.getFirst().split(" ", -1)[1];
                String key = header(head, "Sec-WebSocket-Key");
                if (key.isEmpty()) {
                    asked.add(path);
                    Answer answer = scripted.poll();
                    reply(socket, answer == null ? new Answer(200, "", snapshot.get()) : answer);
                } else {
                    upgrade(socket, key);
                    subscribers.add(socket);
                    subscriptions.add(path);
                    frames(socket, in);
                    return;
                }
            }
        } catch (IOException e) {
            subscribers.remove(socket);
        } finally {
            subscribers.remove(socket);
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                if (line.isEmpty()) {
                    return lines;
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if (c != '\r') {
                line.append((char) c);
            }
        }
        return List.of();
    }

    private static String header(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static void reply(Socket socket, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        write(
                socket,
                ("HTTP/1.1 " + answer.status() + " -\r\n" + answer.headers() + "Content-Length: " + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        write(socket, body);
    }

    private static void upgrade(Socket socket, String key) throws IOException {
        try {
            String accept = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + WEBSOCKET).getBytes(StandardCharsets.UTF_8)));
            write(
                    socket,
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void frames(Socket socket, InputStream in) throws IOException {
        while (true) {
            int first = in.read();
            int length = in.read() & 0x7f;
            if (first < 0) {
                return;
            }
            int bytes = length == 126 ? (in.read() << 8) | in.read() : length;
            in.readNBytes(4 + bytes);
            int code = first & 0x0f;
            if (code == 0xA) {
                pongs.release();
            } else if (code == 0x8) {
                write(socket, frame(0x88, new byte[] {0x03, (byte) 0xe8}));
                return;
            }
        }
    }

    private static synchronized void write(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private static byte[] frame(int head, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 65_536) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private void all(byte[] bytes) {
        List<Socket> gone = new ArrayList<>();
        for (Socket socket : subscribers) {
            try {
                write(socket, bytes);
            } catch (IOException e) {
                gone.add(socket);
            }
        }
        subscribers.removeAll(gone);
    }

    /// Publishes one message to all subscribers, in one frame.
    public void publish(String message) {
        all(frame(0x81, message.getBytes(StandardCharsets.UTF_8)));
    }

    /// Publishes one message in three frames.
    public void publishInPieces(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        int third = bytes.length / 3;
        all(frame(0x01, java.util.Arrays.copyOfRange(bytes, 0, third)));
        all(frame(0x00, java.util.Arrays.copyOfRange(bytes, third, 2 * third)));
        all(frame(0x80, java.util.Arrays.copyOfRange(bytes, 2 * third, bytes.length)));
    }

    /// Sends a frame of bytes, which the protocol never does.
    public void publishBytes(byte[] bytes) {
        all(frame(0x82, bytes));
    }

    public void ping() {
        all(frame(0x89, new byte[] {1, 2, 3}));
    }

    /// Ends all connections as the venue does after 24 hours.
    public void closePolitely() {
        all(frame(0x88, new byte[] {0x03, (byte) 0xf0}));
    }

    /// Cuts all connections.
    public void cut() throws IOException {
        for (Socket socket : subscribers) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
