package dev.tranche.server.http;

import dev.tranche.runtime.clock.Ticks;
import dev.tranche.server.protocol.Gate;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.ProtocolException.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tokens, roles and rates of this server, as the doors of the inference protocol ask for them.
final class InferenceGate implements Gate {
    private final Access access;
    private final RateLimit rate;
    private final Readiness readiness;
    private final Ticks clock;
    private final Refusals refusals;

    InferenceGate(Access access, RateLimit rate, Readiness readiness, Ticks clock, Refusals refusals) {
        this.access = access;
        this.rate = rate;
        this.readiness = readiness;
        this.clock = clock;
        this.refusals = refusals;
    }

    @Override
    public Caller enter(@Nullable String authorization, Right right) {
        if (readiness.state() == Readiness.State.STOPPED) {
            throw ProtocolException.of(Kind.UNAVAILABLE, "the server is stopping");
        }
        Optional<Principal> known = access.principal(authorization);
        if (known.isEmpty()) {
            throw ProtocolException.of(
                    Kind.UNAUTHENTICATED,
                    (authorization == null ? "this door needs a token" : "the token is not known here")
                            + ": Authorization: Bearer TOKEN");
        }
        Principal principal = known.get();
        List<Role> roles = switch (right) {
            case INFER -> List.of(Role.PREDICT);
            case LOOK -> List.of(Role.PREDICT, Role.VIEW);
            case OPERATE -> List.of(Role.OPERATE);
        };
        if (roles.stream().noneMatch(principal::may)) {
            throw ProtocolException.of(
                    Kind.DENIED,
                    "the token " + principal.name() + " does not carry the role "
                            + String.join(" or ", roles.stream().map(Role::word).toList()));
        }
        return new Caller(principal.name(), principal.may(Role.OPERATE));
    }

    @Override
    public void take(Caller caller, int answers) {
        if (!rate.take(caller.name(), clock.nanos(), answers)) {
            throw ProtocolException.of(Kind.LIMITED, "too many requests from " + caller.name());
        }
    }

    @Override
    public boolean ready() {
        return readiness.state() == Readiness.State.READY;
    }

    @Override
    public void refused(String door, ProtocolException refusal) {
        refusals.count(door, refusal.kind().http(), refusal.kind().code());
    }
}
