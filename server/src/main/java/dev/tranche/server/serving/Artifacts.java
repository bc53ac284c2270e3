package dev.tranche.server.serving;

import dev.tranche.credit.Policy;
import dev.tranche.inference.Artifact;
import dev.tranche.inference.ArtifactException;
import dev.tranche.inference.Verification;
import dev.tranche.release.Digest;
import dev.tranche.release.VersionName;
import dev.tranche.server.artifact.Formats;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The models in memory. Each registered folder is opened once however many versions, routes, experiments,
/// shadows and replays use it, and folders of the same essence share one model; each use is a [Lease], and
/// the last one to be closed closes the artifact. Thread-safe.
///
/// One load runs at a time and at a [Pace], so that warming does not take the processors from those who are
/// answered; releasing never waits for a load.
public final class Artifacts {
    /// The file that makes a folder a policy.
    public static final String POLICY_FILE = "policy.yaml";

    /// What happened so far and what is there now.
    ///
    /// @param folders folders in memory
    /// @param models models in memory: folders of one essence share one
    /// @param uses leases that are open
    /// @param opened models opened so far
    /// @param closed models closed so far
    /// @param failed loads that failed so far
    public record Census(int folders, int models, long uses, long opened, long closed, long failed) {}

    private volatile ArtifactFiles source;
    private volatile Pace pace = Pace.unbroken();
    private final Function<Map<String, byte[]>, Artifact> opening;
    private final Warmth warmth = new Warmth();
    private final Object loading = new Object();
    private final Map<Digest, Resident> residents = new HashMap<>();
    private final Map<String, Resident.Body> bodies = new HashMap<>();
    private long uses;
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<Digest, WeakReference<Policy>> policies = new ConcurrentHashMap<>();

    private Artifacts(ArtifactFiles source, Function<Map<String, byte[]>, Artifact> opening) {
        this.source = source;
        this.opening = opening;
    }

    /// Artifacts read from a source.
    public static Artifacts of(ArtifactFiles source) {
        return of(source, Formats::open);
    }

    /// Artifacts read from a source and opened in a way of the caller's.
    static Artifacts of(ArtifactFiles source, Function<Map<String, byte[]>, Artifact> opening) {
        return new Artifacts(source, opening);
    }

    /// Artifacts without a source yet; nothing is found until [#source] is told.
    public static Artifacts create() {
        return of(_ -> Optional.empty());
    }

    /// Tells where folders are read from.
    public void source(ArtifactFiles files) {
        source = files;
    }

    /// Tells at what pace the work is done that nobody waits for; without a word it is done without a rest.
    public void pace(Pace other) {
        pace = other;
    }

    /// The pace of work that nobody waits for.
    public Pace pace() {
        return pace;
    }

    /// Loads, verifies, warms and measures a model; the version holds a lease of its own. Takes up to about
    /// half a second of work when nobody uses it yet.
    ///
    /// @throws ArtifactException when the folder is not a readable model or its golden rows do not come out
    /// @throws IllegalArgumentException when no folder has that digest
    public LoadedVersion load(VersionName name, Digest digest) {
        Lease lease = lease(digest)
                .orElseThrow(() -> new IllegalArgumentException("no registered folder has the digest " + digest));
        try {
            Warmth.demand(verified(lease.resident()));
            warm(lease.resident().body(), lease.artifact());
            return LoadedVersion.of(name, digest, lease);
        } catch (RuntimeException | Error e) {
            failed.increment();
            lease.close();
            throw e;
        }
    }

    /// Loads a policy.
    ///
    /// @throws dev.tranche.credit.PolicyException when the file is not a policy
    /// @throws IllegalArgumentException when no folder has that digest or it holds no `policy.yaml`
    public LoadedPolicy loadPolicy(VersionName name, Digest digest) {
        Policy policy = policy(digest)
                .orElseThrow(() -> new IllegalArgumentException("no registered policy has the digest " + digest));
        return new LoadedPolicy(name, digest, policy);
    }

    /// A use of the artifact of a digest, which is opened when nobody uses it yet; it need not be warm.
    ///
    /// @return empty when no folder has that digest
    /// @throws ArtifactException when the folder is not a readable model
    public Optional<Lease> lease(Digest digest) {
        Lease known = known(digest);
        if (known != null) {
            return Optional.of(known);
        }
        synchronized (loading) {
            Lease raced = known(digest);
            return raced != null ? Optional.of(raced) : source.files(digest).map(files -> open(digest, files));
        }
    }

    /// The policy of a digest, empty when no folder has it or it holds no `policy.yaml`. A policy is small
    /// and all Java: it is shared as long as somebody uses it.
    public Optional<Policy> policy(Digest digest) {
        WeakReference<Policy> kept = policies.get(digest);
        Policy policy = kept == null ? null : kept.get();
        if (policy != null) {
            return Optional.of(policy);
        }
        Optional<Policy> read =
                source.files(digest).map(files -> files.get(POLICY_FILE)).map(Policy::read);
        read.ifPresent(fresh -> {
            policies.values().removeIf(each -> each.get() == null);
            policies.put(digest, new WeakReference<>(fresh));
        });
        return read;
    }

    /// What is in memory now, and what happened so far.
    public Census census() {
        synchronized (residents) {
            return new Census(residents.size(), bodies.size(), uses, opened.sum(), closed.sum(), failed.sum());
        }
    }

    private @Nullable Lease known(Digest digest) {
        synchronized (residents) {
            Resident resident = residents.get(digest);
            return resident == null ? null : counted(resident);
        }
    }

    private Lease counted(Resident resident) {
        resident.uses(1);
        uses++;
        return new Lease(this, resident);
    }

    Lease again(Resident resident) {
        synchronized (residents) {
            if (resident.uses(0) == 0) {
                throw new IllegalStateException("nobody uses it any more, so it is closed: " + resident);
            }
            return counted(resident);
        }
    }

    /// Opens a folder, or finds its twin. Only under the lock of loading.
    private Lease open(Digest digest, Map<String, byte[]> files) {
        try {
            String essence = Artifact.essence(files);
            Lease twin = twin(essence);
            if (twin == null) {
                Artifact artifact = opening.apply(files);
                opened.increment();
                return admit(digest, artifact, new Resident.Body(essence, artifact));
            }
            try (twin) {
                Resident.Body body = twin.resident().body();
                return admit(digest, body.first().twin(files), body);
            }
        } catch (RuntimeException | Error e) {
            failed.increment();
            throw e;
        }
    }

    /// A use of some resident of an essence, so that its body stays while another one is made of it.
    private @Nullable Lease twin(String essence) {
        synchronized (residents) {
            Resident.Body body = bodies.get(essence);
            return body == null
                    ? null
                    : residents.values().stream()
                            .filter(resident -> resident.body() == body)
                            .findFirst()
                            .map(this::counted)
                            .orElse(null);
        }
    }

    private Lease admit(Digest digest, Artifact artifact, Resident.Body body) {
        synchronized (residents) {
            Resident resident = new Resident(digest, artifact, body);
            residents.put(digest, resident);
            bodies.put(body.essence(), body);
            body.residents(1);
            return counted(resident);
        }
    }

    /// What recomputing the golden rows here came to. It is done once while the artifact is in memory.
    Verification verified(Resident resident) {
        Verification known = resident.verification();
        if (known != null) {
            return known;
        }
        synchronized (loading) {
            Verification raced = resident.verification();
            if (raced != null) {
                return raced;
            }
            Verification found = Warmth.verify(resident.artifact(), pace);
            resident.verified(found);
            return found;
        }
    }

    private void warm(Resident.Body body, Artifact artifact) {
        if (body.warm()) {
            return;
        }
        synchronized (loading) {
            if (!body.warm()) {
                body.warmed(warmth.warm(artifact, pace));
            }
        }
    }

    void release(Resident resident) {
        boolean last;
        synchronized (residents) {
            uses--;
            if (resident.uses(-1) > 0) {
                return;
            }
            residents.remove(resident.digest());
            last = resident.body().residents(-1) == 0;
            if (last) {
                bodies.remove(resident.body().essence());
            }
        }
        if (last) {
            resident.body().first().close();
            closed.increment();
        }
    }
}
