package dev.tranche.server.http;

import com.linecorp.armeria.server.HttpService;
import dev.tranche.server.protocol.Gate;
import org.jspecify.annotations.Nullable;

/// Where doors are hung at start. Paths are written as `/api/v1/rollouts/{id}/promote`; a null role means
/// that the door is open without a token.
public interface Doors {
    /// A door for GET.
    void get(String path, @Nullable Role role, Door door);

    /// A door for POST.
    void post(String path, @Nullable Role role, Door door);

    /// A door for PUT.
    void put(String path, @Nullable Role role, Door door);

    /// A door for DELETE.
    void delete(String path, @Nullable Role role, Door door);

    /// A door for POST with its own limit on the body.
    ///
    /// @param bodyLimitBytes largest body accepted, in bytes
    void post(String path, @Nullable Role role, long bodyLimitBytes, Door door);

    /// A door that speaks HTTP itself (a stream of events, static files). It sees the path parameters of
    /// Armeria.
    void raw(String path, @Nullable Role role, HttpService service);

    /// A door for everything beneath a path, with every method. It speaks HTTP itself and bounds its
    /// bodies itself.
    ///
    /// @param prefix begins and ends with a slash, or is one exact path that does not end with one
    void beneath(String prefix, HttpService service);

    /// Who may come in at the doors of the inference protocol.
    Gate gate();
}
