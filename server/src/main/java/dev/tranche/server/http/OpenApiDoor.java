package dev.tranche.server.http;

import java.io.IOException;
import java.io.InputStream;

/// `GET /openapi.json`: the description of every door, OpenAPI 3.1.
public final class OpenApiDoor {
    private static final String RESOURCE = "/dev/tranche/server/http/openapi.json";

    private OpenApiDoor() {}

    /// Hangs it.
    public static void hang(Doors doors) {
        byte[] description = read();
        doors.get("/openapi.json", null, _ -> Reply.bytes("application/json; charset=utf-8", description));
    }

    static byte[] read() {
        try (InputStream in = OpenApiDoor.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the jar's " + RESOURCE + " cannot be read", e);
        }
    }
}
