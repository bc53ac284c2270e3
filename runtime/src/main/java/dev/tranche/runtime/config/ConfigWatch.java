package dev.tranche.runtime.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the current configuration of a process: reads it, watches its files, swaps valid snapshots, refuses
/// invalid ones and keeps the last good one. Thread-safe.
///
/// It looks at every event in the folders and once a second anyhow, because a watch may miss a change (a
/// mount swapped by Kubernetes, a network disk, a folder created later). A change is taken when two looks 50
/// ms apart see the same bytes, so that a file which an editor is still writing is not read half. When the
/// main file disappears the configuration stays: that is refused like an invalid file.
public final class ConfigWatch implements AutoCloseable {
    /// What a change of the files led to.
    public sealed interface Change {
        /// `now` has replaced `before`.
        record Swapped(Config before, Config now) implements Change {}

        /// The files were refused; the configuration is as before.
        record Rejected(ConfigException reason) implements Change {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final long POLL_MILLIS = 1000;
    private static final long SETTLE_MILLIS = 50;

    private final ConfigFiles files;
    private final Path keep;
    private final ConfigReader reader;
    private final boolean mainFile;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final Map<Path, WatchKey> watched = new HashMap<>();
    private final @Nullable WatchService events;
    private final Thread thread;
    private volatile Config current;
    private volatile @Nullable ConfigException rejection;
    private volatile long comparedNanos = System.nanoTime();
    private volatile boolean closed;
    private String seen;

    private ConfigWatch(ConfigFiles files, Path keep, ConfigReader reader) throws IOException {
        this.files = files;
        this.keep = keep;
        this.reader = reader;
        this.mainFile = files.present();
        ConfigFiles.Sources sources = files.read();
        this.seen = sources.digest();
        Config first;
        try {
            first = accept(sources);
        } catch (ConfigException e) {
            first = lastGood(e);
            rejection = e;
            LOG.error("config.rejected using=last-good reason={}", e.getMessage());
        }
        this.current = first;
        this.events = watchService();
        this.thread = Thread.ofPlatform().daemon().name("config-watch").unstarted(this::run);
    }

    /// Reads `file` (`tranche.yaml`; absent means defaults) and the `*.yaml` of the folder `conf.d` beside
    /// it, in the order of their names, later ones overriding.
    ///
    /// When they are invalid the last good configuration, kept in the file `keep`, is used instead and
    /// `rejection()` says why; without one, `ConfigException`. `IOException` when the files cannot be read.
    public static ConfigWatch open(Path file, Path keep, ConfigSchema schema, SecretBox secrets) throws IOException {
        ConfigWatch watch = new ConfigWatch(new ConfigFiles(file), keep, new ConfigReader(schema, secrets));
        watch.thread.start();
        return watch;
    }

    /// What the files say for one key, before anything else about them is known to be right; empty when they
    /// do not say it, say it as a secret, or are no YAML.
    public static Optional<String> peek(Path file, Key<String> key) throws IOException {
        try {
            ConfigText.Entry entry =
                    ConfigReader.merged(new ConfigFiles(file).read()).get(key.name());
            return entry == null || entry.sealed() ? Optional.empty() : Optional.of(entry.text());
        } catch (ConfigException e) {
            LOG.debug("config.peek.refused file={}", file, e); // opening the same files says it aloud
            return Optional.empty();
        }
    }

    private Config accept(ConfigFiles.Sources sources) throws IOException {
        Map<String, ConfigText.Entry> entries = ConfigReader.merged(sources);
        Config config = reader.typed(sources.digest(), entries);
        ConfigFiles.replace(keep, "# last good configuration " + sources.digest() + "\n" + ConfigText.write(entries));
        return config;
    }

    private Config lastGood(ConfigException why) throws IOException {
        if (!Files.exists(keep)) {
            throw why;
        }
        String text = Files.readString(keep);
        String digest = text.lines().findFirst().orElse("").replaceFirst("^# last good configuration ", "");
        ConfigFiles.Source kept = new ConfigFiles.Source(String.valueOf(keep.getFileName()), text);
        return reader.typed(digest, ConfigReader.merged(new ConfigFiles.Sources(List.of(kept), digest)));
    }

    private static @Nullable WatchService watchService() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            LOG.warn("config.watch.unavailable polling=1s", e);
            return null;
        }
    }

    /// The current snapshot; one volatile read.
    public Config current() {
        return current;
    }

    /// Why the files as they are now are not in use; empty when they are.
    public Optional<ConfigException> rejection() {
        return Optional.ofNullable(rejection);
    }

    /// Time since the files were last compared with the snapshot; more than a few seconds means that they
    /// cannot be read.
    public Duration sinceCompared() {
        return Duration.ofNanos(System.nanoTime() - comparedNanos);
    }

    /// Calls `listener` for every later change, from the thread that noticed it.
    public void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /// Compares the files with the current snapshot now and takes them as they are.
    public void check() throws IOException {
        take(files.read());
    }

    private synchronized void take(ConfigFiles.Sources sources) throws IOException {
        comparedNanos = System.nanoTime();
        if (sources.digest().equals(seen)) {
            return;
        }
        Change change;
        try {
            if (mainFile && !files.present()) {
                throw new ConfigException(List.of("the configuration file is gone"));
            }
            Config before = current;
            Config now = sources.digest().equals(before.digest()) ? before : accept(sources);
            current = now;
            rejection = null;
            change = new Change.Swapped(before, now);
            LOG.info("config.swapped from={} to={}", before, now);
        } catch (ConfigException e) {
            rejection = e;
            change = new Change.Rejected(e);
            LOG.error("config.rejected reason={}", e.getMessage());
        }
        seen = sources.digest();
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.error("config.listener.failed", e);
            }
        }
    }

    private void run() {
        String pending = "";
        try {
            while (!closed) {
                awaitEvent(pending.isEmpty() ? POLL_MILLIS : SETTLE_MILLIS);
                try {
                    ConfigFiles.Sources sources = files.read();
                    boolean settled =
                            sources.digest().equals(pending) || sources.digest().equals(current.digest());
                    pending = settled ? "" : sources.digest();
                    if (settled) {
                        take(sources);
                    } else if (sources.digest().equals(seen)) {
                        pending = "";
                        comparedNanos = System.nanoTime();
                    }
                } catch (IOException e) {
                    LOG.warn("config.unreadable", e);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("config.watch.ended", e);
        }
    }

    private void awaitEvent(long millis) throws InterruptedException {
        WatchService service = events;
        if (service == null) {
            TimeUnit.MILLISECONDS.sleep(millis);
            return;
        }
        for (Path folder : files.folders()) {
            WatchKey old = watched.get(folder);
            if (old == null || !old.isValid()) {
                register(service, folder);
            }
        }
        WatchKey key = service.poll(millis, TimeUnit.MILLISECONDS);
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
    }

    private void register(WatchService service, Path folder) {
        try {
            watched.put(
                    folder,
                    folder.register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
            LOG.debug("config.watch.register folder={}", folder, e); // the poll still sees its changes
        }
    }

    /// Ends the watching; the current snapshot stays readable.
    @Override
    public void close() throws IOException {
        closed = true;
        thread.interrupt();
        if (events != null) {
            events.close();
        }
    }
}
