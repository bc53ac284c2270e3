package dev.tranche.server.http;

import dev.tranche.server.artifact.Refused;
import dev.tranche.server.rollouts.Change;
import dev.tranche.server.rollouts.ControlPlane;
import dev.tranche.server.rollouts.TokenRecord;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The doors of tokens and of signals from outside. A token's text is shown once, when it is made; its digest
/// is kept.
public final class TokenDoors {
    private final ControlPlane plane;
    private final Access access;

    private TokenDoors(ControlPlane plane, Access access) {
        this.plane = plane;
        this.access = access;
    }

    /// Hangs them, and tells `access` where tokens are looked up.
    public static void hang(Doors doors, ControlPlane plane, Access access) {
        TokenDoors tokens = new TokenDoors(plane, access);
        access.tokens(tokens::principal);
        doors.get("/api/v1/tokens", Role.ADMIN, tokens::list);
        doors.post("/api/v1/tokens", Role.ADMIN, tokens::issue);
        doors.delete("/api/v1/tokens/{name}", Role.ADMIN, tokens::revoke);
        doors.post("/api/v1/signals", Role.MEASURE, tokens::signal);
    }

    private Optional<Principal> principal(String sha256) {
        return plane.state().tokens().values().stream()
                .filter(token -> token.sha256().equals(sha256))
                .findFirst()
                .map(token -> new Principal(
                        token.name(),
                        token.roles().stream()
                                .map(Role::of)
                                .flatMap(Optional::stream)
                                .collect(Collectors.toSet())));
    }

    private Reply list(Call call) {
        return Reply.json(Map.of(
                "tokens",
                plane.state().tokens().values().stream().map(TokenDoors::view).toList()));
    }

    private static Map<String, Object> view(TokenRecord token) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", token.name());
        tree.put("roles", List.copyOf(new TreeSet<>(token.roles())));
        return tree;
    }

    private Reply issue(Call call) {
        JsonNode body = call.body().object();
        String name = text(body, "name", "[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}");
        if (name.equals("admin") || plane.state().tokens().containsKey(name)) {
            throw Refused.of(
                    Refused.Kind.CONFLICT, "token_exists", "a token has this name already: revoke it first: " + name);
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = "tr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        TokenRecord issued = new TokenRecord(name, roles(body), Access.digest(token));
        plane.change(new Change.TokenIssued(issued), call.caller().name());
        access.forget();
        Map<String, Object> tree = view(issued);
        tree.put("token", token);
        return Reply.json(201, tree);
    }

    private static Set<String> roles(JsonNode body) {
        Set<String> words = new TreeSet<>();
        if (body.path("role").isString()) {
            words.add(body.path("role").stringValue());
        }
        body.path("roles").forEach(role -> words.add(role.asString("")));
        String allowed = "predict, view, operate, measure, approve, admin";
        if (words.isEmpty() || !words.stream().allMatch(word -> Role.of(word).isPresent())) {
            throw Refused.of(
                    Refused.Kind.MALFORMED, "bad_value", "a token needs roles that exist", words.toString(), allowed);
        }
        return words;
    }

    private Reply revoke(Call call) {
        String name = call.segment("name");
        TokenRecord token = plane.state().tokens().get(name);
        if (token == null) {
            throw Refused.of(Refused.Kind.UNKNOWN, "unknown_token", "no token has this name: " + name);
        }
        plane.change(new Change.TokenRevoked(name), call.caller().name());
        access.forget();
        return Reply.json(view(token));
    }

    private Reply signal(Call call) {
        JsonNode body = call.body().object();
        String product = text(body, "product", "[A-Za-z0-9_-]{1,128}");
        String name = text(body, "name", "[a-z0-9_]{1,64}");
        String state = text(body, "state", "[A-Za-z0-9_-]{1,64}");
        plane.change(new Change.Signalled(product, name, state), call.caller().name());
        return Reply.json(202, Map.of("product", product, "name", name, "state", state));
    }

    private static String text(JsonNode body, String key, String pattern) {
        JsonNode value = body.path(key);
        if (!value.isString() || !value.stringValue().matches(pattern)) {
            throw Refused.of(
                    Refused.Kind.MALFORMED,
                    "bad_value",
                    key + " is missing or is not what it should be",
                    value.isMissingNode() ? "nothing" : value.toString(),
                    pattern);
        }
        return value.stringValue();
    }
}
