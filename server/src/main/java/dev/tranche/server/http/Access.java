package dev.tranche.server.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Who may come in. A token is known by its SHA-256; the admin's token lies in a file that only its owner can
/// read and is made at the first start. Thread-safe.
public final class Access {
    private static final String SCHEME = "Bearer ";
    /// Tokens remembered by their text, so that a hot door need not hash; known tokens only, so it cannot
    /// be filled.
    private static final int REMEMBERED = 10_000;

    private final String adminDigest;
    private final Map<String, Principal> remembered = new ConcurrentHashMap<>();
    private volatile Function<String, Optional<Principal>> tokens = _ -> Optional.empty();

    private Access(String adminDigest) {
        this.adminDigest = adminDigest;
    }

    /// Access with the admin token of a file; the file is made, with mode 0600, when it is absent.
    public static Access open(Path adminToken) {
        try {
            if (!Files.exists(adminToken)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                Files.createFile(
                        adminToken, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(
                        adminToken,
                        "tr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
            }
            return new Access(digest(Files.readString(adminToken).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("the admin token cannot be read or made: " + adminToken, e);
        }
    }

    /// Where tokens other than the admin's are looked up, by the hexadecimal SHA-256 of their text.
    public void tokens(Function<String, Optional<Principal>> source) {
        tokens = source;
        forget();
    }

    /// Forgets what was remembered, after a token was withdrawn.
    public void forget() {
        remembered.clear();
    }

    /// The hexadecimal SHA-256 of a token.
    public static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must provide SHA-256", e);
        }
    }

    /// Who asks, if a known token says so.
    public Optional<Principal> principal(RequestHeaders headers) {
        String header = headers.get(HttpHeaderNames.AUTHORIZATION);
        return header == null ? Optional.empty() : Optional.ofNullable(find(header));
    }

    /// Who asks, if a known token says so.
    ///
    /// @param authorization the header of that name, null when there is none
    public Optional<Principal> principal(@Nullable String authorization) {
        return authorization == null ? Optional.empty() : Optional.ofNullable(find(authorization));
    }

    private @Nullable Principal find(String header) {
        Principal known = remembered.get(header);
        if (known != null) {
            return known;
        }
        if (!header.startsWith(SCHEME)) {
            return null;
        }
        String digest = digest(header.substring(SCHEME.length()).strip());
        Principal found = digest.equals(adminDigest)
                ? new Principal("admin", Set.of(Role.ADMIN))
                : tokens.apply(digest).orElse(null);
        if (found != null && remembered.size() < REMEMBERED) {
            remembered.put(header, found);
        }
        return found;
    }

    /// Who asks.
    ///
    /// @throws ProblemException 401 without a known token, 403 when it does not carry the role
    public Principal require(RequestHeaders headers, Role role) {
        String header = headers.get(HttpHeaderNames.AUTHORIZATION);
        Principal principal = header == null ? null : find(header);
        if (principal == null) {
            throw Problem.of(
                            401,
                            "not_authenticated",
                            header == null ? "this door needs a token" : "the token is not known here",
                            null,
                            "Authorization: Bearer TOKEN")
                    .raised();
        }
        if (!principal.may(role)) {
            throw Problem.of(
                            403,
                            "not_allowed",
                            "the token " + principal.name() + " does not carry the role " + role.word(),
                            principal.roles().stream()
                                    .map(Role::word)
                                    .sorted()
                                    .toList()
                                    .toString(),
                            role.word())
                    .raised();
        }
        return principal;
    }
}
