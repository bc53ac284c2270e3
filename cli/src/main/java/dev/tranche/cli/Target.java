package dev.tranche.cli;

import dev.tranche.cli.http.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which server, and who asks. The token is the first of: `--token`, `TRANCHE_TOKEN`, `admin.token` in the
/// folder of `--data`, in `./.tranche`, in `./data`. A token found in a folder nobody named goes to this
/// machine only.
record Target(URI address, Optional<String> token) {
    static final String STANDARD = "http://127.0.0.1:8080";
    private static final List<String> USUAL = List.of(".tranche", "data");

    static Target of(World world, @Nullable String url, @Nullable String token, @Nullable Path data) {
        URI address = address(url != null ? url : world.environment().getOrDefault("TRANCHE_URL", STANDARD));
        return new Target(address, token(world, address, token, data));
    }

    Client client() {
        return Client.to(address, token);
    }

    private static URI address(String url) {
        URI address;
        try {
            address = URI.create(url.strip());
        } catch (IllegalArgumentException unreadable) {
            throw MisuseException.because("--url must be an address like " + STANDARD + ": " + url);
        }
        String scheme = String.valueOf(address.getScheme());
        if (!List.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw MisuseException.because("--url must be an http or https address like " + STANDARD + ": " + url);
        }
        return address;
    }

    private static Optional<String> token(World world, URI address, @Nullable String token, @Nullable Path data) {
        Map<String, String> environment = world.environment();
        String given = token != null ? token : environment.getOrDefault("TRANCHE_TOKEN", "");
        if (!given.isBlank()) {
            return Optional.of(given.strip());
        }
        if (data != null) {
            Optional<String> found = fileToken(world.resolve(data));
            if (found.isEmpty()) {
                throw MisuseException.because("no admin.token in " + data + ": is it a server's data folder?");
            }
            return found;
        }
        if (!isHere(address)) {
            return Optional.empty();
        }
        return USUAL.stream()
                .map(name -> fileToken(world.resolve(Path.of(name))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean isHere(URI address) {
        return List.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
    }

    private static Optional<String> fileToken(Path folder) {
        Path file = folder.resolve("admin.token");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw MisuseException.because("cannot read " + file + " (only its owner may): " + unreadable.getMessage());
        }
    }
}
