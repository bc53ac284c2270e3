package dev.tranche.runtime.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL of our own in a folder: `data` (the cluster), `password` (mode 0600), `postgres.log`, `lock`
/// (held by the process that uses it). It listens on a free loopback port only.
///
/// It is started by `pg_ctl`, which gives it a session of its own: Ctrl-C and `kill -9` of this process do
/// not reach it. One that is found running by its `postmaster.pid` is adopted. Used by one thread at a time.
final class PostgresServer {
    static final String USER = "tranche";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
    private static final long LOG_LIMIT = 10L << 20;

    private final Path folder;
    private final Path cluster;
    private final FileChannel lock;
    private final List<String> asOrdinaryUser;
    private final Path binaries;
    private final String password;
    private int port;

    private PostgresServer(Path folder, FileChannel lock, Path binaries, String password, List<String> asOrdinaryUser) {
        this.folder = folder;
        this.cluster = folder.resolve("data");
        this.lock = lock;
        this.binaries = binaries;
        this.password = password;
        this.asOrdinaryUser = asOrdinaryUser;
    }

    /// Takes the folder, unpacks the programs and creates the cluster when there is none. Does not start
    /// anything.
    static PostgresServer prepare(Path place) throws IOException, InterruptedException {
        Path folder = place.toAbsolutePath();
        Files.createDirectories(folder);
        FileChannel lock = lock(folder);
        try {
            Path binaries = PostgresBinaries.unpacked(folder.resolve("programs"));
            PostgresServer server = new PostgresServer(folder, lock, binaries, password(folder), ordinaryUser());
            server.createCluster();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process already uses the database in " + folder, e);
        }
        channel.close();
        throw new IOException("another process uses the database in " + folder);
    }

    private static String password(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path unfinished = folder.resolve("password.tmp");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    /// PostgreSQL refuses to run as root; in a user namespace of its own root is nobody.
    private static List<String> ordinaryUser() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        Process probe = new ProcessBuilder("unshare", "-U", "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!probe.waitFor(10, TimeUnit.SECONDS) || probe.exitValue() != 0) {
            throw new UnusableStoreException("PostgreSQL does not run as root, and this machine allows no user"
                    + " namespaces (unshare -U): start Tranche as an ordinary user or give it a store URL");
        }
        return List.of("unshare", "-U");
    }

    private void createCluster() throws IOException, InterruptedException {
        if (Files.exists(cluster.resolve("PG_VERSION"))) {
            String found = Files.readString(cluster.resolve("PG_VERSION")).strip();
            String wanted = Files.readString(binaries.resolve("share/postgresql/postgres.bki"))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll("[^0-9]", "");
            if (!found.equals(wanted)) {
                throw new UnusableStoreException("the database in " + cluster + " is of PostgreSQL " + found
                        + ", these programs are of " + wanted + ": dump it with the old ones and load it here");
            }
            return;
        }
        Path unfinished = folder.resolve("data.tmp");
        PostgresBinaries.delete(unfinished);
        List<String> arguments = new ArrayList<>(List.of("-D", unfinished.toString(), "-U", USER));
        arguments.addAll(List.of("-A", "scram-sha-256", "-E", "UTF8", "--locale=C"));
        arguments.add("--pwfile=" + folder.resolve("password"));
        if (System.getProperty("os.name", "").equals("Linux")) {
            // one call instead of one for each of a thousand files: seconds less on a busy disk
            arguments.add("--sync-method=syncfs");
        }
        run("initdb", arguments);
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Adopts the running server or starts one, and returns when it accepts connections.
    void start() throws IOException, InterruptedException {
        Optional<Integer> adopted = running().isPresent() ? awaitReady(START_LIMIT) : Optional.empty();
        if (adopted.isPresent()) {
            port = adopted.get();
            return;
        }
        Path log = folder.resolve("postgres.log");
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, folder.resolve("postgres.old.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        int wanted = port == 0 ? freePort() : port;
        // one empty unix_socket_directories: connections come over the loopback port alone
        String options = "-p " + wanted + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c max_connections=60 -c shared_buffers=64MB -c log_min_messages=warning";
        run("pg_ctl", List.of("-D", cluster.toString(), "-W", "-s", "-l", log.toString(), "-o", options, "start"));
        port = awaitReady(START_LIMIT).orElseGet(() -> {
            port = 0; // perhaps the port was taken: another one next time
            throw new IllegalStateException("PostgreSQL did not start, see " + log + ": " + lastLine(log));
        });
    }

    /// Whether its process is alive.
    boolean alive() throws IOException {
        return running().isPresent();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// The process that `postmaster.pid` names, when it lives and is the postgres of this cluster (the number
    /// may have gone to another process since).
    private Optional<ProcessHandle> running() throws IOException {
        List<String> lines = pidFile();
        if (lines.isEmpty() || !lines.getFirst().matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().command().orElse("postgres").contains("postgres"))
                .filter(process ->
                        process.info().commandLine().orElse(cluster.toString()).contains(cluster.toString()));
    }

    private List<String> pidFile() throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.US_ASCII) : List.of();
    }

    /// The port of the server once `postmaster.pid` says ready (its eighth line); empty when the process ends
    /// first.
    private Optional<Integer> awaitReady(Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean appeared = false;
        while (System.nanoTime() < deadline) {
            List<String> lines = pidFile();
            boolean running = running().isPresent();
            if (running && lines.size() >= 8 && lines.get(7).strip().equals("ready")) {
                return Optional.of(Integer.parseInt(lines.get(3).strip()));
            }
            if (appeared && !running) {
                return Optional.empty();
            }
            appeared |= running;
            TimeUnit.MILLISECONDS.sleep(5);
            if (!appeared && System.nanoTime() > deadline - limit.toNanos() + TimeUnit.SECONDS.toNanos(3)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    int port() {
        return port;
    }

    String password() {
        return password;
    }

    /// Stops the server and frees the folder.
    void stop() throws IOException, InterruptedException {
        try (lock) {
            if (running().isPresent()) {
                run("pg_ctl", List.of("-D", cluster.toString(), "-s", "-w", "-t", "20", "-m", "fast", "stop"));
            }
        }
    }

    /// Runs one of the programs; its output goes to a file, because a started server would hold a pipe open.
    private void run(String program, List<String> arguments) throws IOException, InterruptedException {
        Path output = folder.resolve(program + ".out");
        List<String> command = new ArrayList<>(asOrdinaryUser);
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(program + " did not end within " + COMMAND_LIMIT + ", see " + output);
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    program + " ended with " + process.exitValue() + ", see " + output + ": " + lastLine(output));
        }
    }

    private static String lastLine(Path file) {
        try (java.util.stream.Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("(nothing written)");
        } catch (IOException | java.io.UncheckedIOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }
}
