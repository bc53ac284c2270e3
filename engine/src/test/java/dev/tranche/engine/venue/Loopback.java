package dev.tranche.engine.venue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// HTTP/1.1 and WebSockets (RFC 6455) on the loopback interface, down to the frames, so that an exchange can
/// misbehave on any of them: real sockets, no fixed port.
public final class Loopback implements AutoCloseable {
    /// A request of HTTP.
    public record Request(String method, String path, String query, Map<String, String> headers, String body) {}

    /// An answer of HTTP.
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer ok(String body) {
            return new Answer(200, Map.of(), body);
        }
    }

    /// Who answers.
    public interface House {
        Answer asked(Request request);

        /// A WebSocket was opened.
        void opened(Channel channel);

        /// A whole text message came.
        void heard(Channel channel, String text);

        /// The WebSocket is no more.
        void closed(Channel channel);
    }

    private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final House house;
    private final Mischief mischief;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Channel> channels = new CopyOnWriteArrayList<>();

    private Loopback(House house, Mischief mischief) throws IOException {
        this.house = house;
        this.mischief = mischief;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static Loopback open(House house, Mischief mischief) throws IOException {
        return new Loopback(house, mischief);
    }

    public URI socket(String path) {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + path);
    }

    public URI http() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public List<Channel> channels() {
        return channels;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> speak(socket));
            }
        } catch (IOException e) {
            assert server.isClosed() : e;
        }
    }

    private void speak(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                List<String> head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                String[] first = head.getFirst().split(" ", -1);
                URI target = URI.create(first[1]);
                Map<String, String> headers = headers(head);
                String query = target.getRawQuery() == null ? "" : target.getRawQuery();
                String key = headers.get("sec-websocket-key");
                if (key == null) {
                    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                    reply(socket, house.asked(new Request(first[0], target.getPath(), query, headers, body)));
                } else {
                    upgrade(socket, key);
                    Channel channel = new Channel(socket, target.getPath(), query);
                    channels.add(channel);
                    house.opened(channel);
                    try {
                        channel.read(in);
                    } finally {
                        channels.remove(channel);
                        channel.over();
                    }
                    return;
                }
            }
        } catch (IOException e) {
            sockets.remove(socket);
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

    private static Map<String, String> headers(List<String> head) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            all.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return all;
    }

    private static void reply(Socket socket, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " -\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(body);
        socket.getOutputStream().write(all.toByteArray());
    }

    private static void upgrade(Socket socket, String key) throws IOException {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + WEBSOCKET).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: "
                                    + Base64.getEncoder().encodeToString(hash) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /// One WebSocket, seen from the exchange.
    public final class Channel {
        private final Socket socket;
        private final String path;
        private final String query;
        private final Mischief.Way way = mischief.way();
        private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
        private final Object gate = new Object();
        private boolean stalled;
        private volatile boolean deaf;
        private volatile boolean unseen;
        private volatile boolean ended;

        private Channel(Socket socket, String path, String query) {
            this.socket = socket;
            this.path = path;
            this.query = query;
            Thread.ofVirtual().start(this::write);
        }

        public String path() {
            return path;
        }

        public String query() {
            return query;
        }

        /// Sends a message, as far as nothing goes wrong.
        public void send(String text) {
            way.pass(text, each -> outgoing.add(frame(0x81, each.getBytes(StandardCharsets.UTF_8))));
        }

        /// Sends bytes that are no message of the protocol.
        public void garbage(int head, byte[] bytes) {
            outgoing.add(frame(head, bytes));
        }

        /// Nothing leaves until this is ended; it leaves late then.
        public void stall(boolean on) {
            synchronized (gate) {
                stalled = on;
                gate.notifyAll();
            }
        }

        /// Nothing leaves and nothing is heard any more, though the connection stands.
        public void halfOpen() {
            deaf = true;
            stall(true);
        }

        /// Its end shall not be noticed until [#notice].
        public void unseen() {
            unseen = true;
        }

        /// Its end is noticed now.
        public void notice() {
            unseen = false;
            if (ended) {
                house.closed(this);
            }
        }

        /// Cuts it without a word.
        public void cut() {
            try {
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            } catch (IOException e) {
                ended = true;
            }
        }

        /// Ends it politely.
        public void leave() {
            outgoing.add(frame(0x88, new byte[] {0x03, (byte) 0xf0}));
        }

        private void over() {
            ended = true;
            outgoing.add(new byte[0]);
            if (!unseen) {
                house.closed(this);
            }
        }

        private void write() {
            try {
                for (byte[] bytes = outgoing.take(); bytes.length > 0; bytes = outgoing.take()) {
                    synchronized (gate) {
                        while (stalled && !ended) {
                            gate.wait(50);
                        }
                    }
                    socket.getOutputStream().write(bytes);
                }
            } catch (IOException | InterruptedException e) {
                ended = true;
            }
        }

        private void read(InputStream in) throws IOException {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            while (true) {
                int first = in.read();
                int second = in.read();
                if (first < 0 || second < 0) {
                    return;
                }
                int length = second & 0x7f;
                if (length == 126) {
                    length = (in.read() << 8) | in.read();
                } else if (length == 127) {
                    in.readNBytes(4);
                    length = (in.read() << 24) | (in.read() << 16) | (in.read() << 8) | in.read();
                }
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i & 3];
                }
                if (deaf) {
                    continue;
                }
                switch (first & 0x0f) {
                    case 0, 1 -> {
                        message.writeBytes(payload);
                        if ((first & 0x80) != 0) {
                            String text = message.toString(StandardCharsets.UTF_8);
                            message.reset();
                            house.heard(this, text);
                        }
                    }
                    case 8 -> {
                        leave();
                        return;
                    }
                    case 9 -> outgoing.add(frame(0x8A, payload));
                    default -> {}
                }
            }
        }
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
}
