package dev.tranche.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// The embedded PostgreSQL of a data folder, seen from outside: by its `postmaster.pid`.
final class Postgres {
    private final Path folder;

    private Postgres(Path folder) {
        this.folder = folder;
    }

    static Postgres of(Path data) {
        return new Postgres(data.resolve("postgres"));
    }

    /// The process that leads it, when one runs.
    Optional<ProcessHandle> running() throws IOException {
        return lines().flatMap(lines ->
                        ProcessHandle.of(Long.parseLong(lines.getFirst().strip())))
                .filter(Postgres::runs);
    }

    /// Whether a process still runs. One that has ended and that nobody has asked for its exit code does not.
    static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    private Optional<List<String>> lines() throws IOException {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
            return lines.size() < 4 ? Optional.empty() : Optional.of(lines);
        } catch (NoSuchFileException stopped) {
            return Optional.empty();
        }
    }

    /// `kill -9` of all its processes; those it was made of are returned.
    List<ProcessHandle> kill() throws IOException {
        Optional<ProcessHandle> leader = running();
        if (leader.isEmpty()) return List.of();
        List<ProcessHandle> workers = leader.get().descendants().toList();
        leader.get().destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        return workers;
    }

    /// Makes another database in it and returns its JDBC URL, with user and password.
    String database(String name) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "tranche", password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name) + "?user=tranche&password=" + password();
    }

    private String url(String database) throws IOException {
        return "jdbc:postgresql://127.0.0.1:" + lines().orElseThrow().get(3).strip() + "/" + database;
    }

    /// The password of its user `tranche`.
    String password() throws IOException {
        return Files.readString(folder.resolve("password")).strip();
    }

    /// The number that a query answers with; NaN while nobody answers.
    double number(String query) throws IOException {
        if (running().isEmpty()) return Double.NaN;
        try (Connection connection = DriverManager.getConnection(url("postgres"), "tranche", password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getDouble(1) : Double.NaN;
        } catch (SQLException away) {
            return Double.NaN;
        }
    }

    /// Changes bytes behind the server's back.
    int update(String sql) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "tranche", password())) {
            return connection.createStatement().executeUpdate(sql);
        }
    }
}
