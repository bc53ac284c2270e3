package dev.tranche.server.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.tranche.server.bodies.Bodies;
import dev.tranche.server.protocol.Gate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Hangs doors into the HTTP library: each checks its role, reads the body within its limit and answers on a
/// virtual thread.
final class DoorRack implements Doors {
    private static final Principal NOBODY = new Principal("anonymous", Set.of());

    /// Cold doors may wait for the database or check an artifact, but not for ever.
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    private final ServerBuilder server;
    private final Access access;
    private final Executor threads;
    private final long bodyLimitBytes;
    private final Refusals refusals;
    private final Gate gate;

    DoorRack(ServerBuilder server, Access access, Executor threads, long bodyLimitBytes, Refusals refusals, Gate gate) {
        this.server = server;
        this.access = access;
        this.threads = threads;
        this.bodyLimitBytes = bodyLimitBytes;
        this.refusals = refusals;
        this.gate = gate;
    }

    @Override
    public void get(String path, @Nullable Role role, Door door) {
        hang(HttpMethod.GET, path, role, bodyLimitBytes, door);
    }

    @Override
    public void post(String path, @Nullable Role role, Door door) {
        hang(HttpMethod.POST, path, role, bodyLimitBytes, door);
    }

    @Override
    public void put(String path, @Nullable Role role, Door door) {
        hang(HttpMethod.PUT, path, role, bodyLimitBytes, door);
    }

    @Override
    public void delete(String path, @Nullable Role role, Door door) {
        hang(HttpMethod.DELETE, path, role, bodyLimitBytes, door);
    }

    @Override
    public void post(String path, @Nullable Role role, long limit, Door door) {
        hang(HttpMethod.POST, path, role, limit, door);
    }

    @Override
    public void raw(String path, @Nullable Role role, HttpService service) {
        HttpService guarded = role == null
                ? service
                : (ctx, request) -> {
                    try {
                        access.require(request.headers(), role);
                    } catch (ProblemException e) {
                        return refusals.render(path, e.problem());
                    }
                    return service.serve(ctx, request);
                };
        server.route().path(path).requestTimeoutMillis(0).build(guarded);
    }

    @Override
    public void beneath(String prefix, HttpService service) {
        server.route()
                .path(prefix.endsWith("/") ? "prefix:" + prefix : "exact:" + prefix)
                .maxRequestLength(0)
                .requestTimeout(TIME_LIMIT)
                .build(service);
    }

    @Override
    public Gate gate() {
        return gate;
    }

    private void hang(HttpMethod method, String path, @Nullable Role role, long limit, Door door) {
        server.route()
                .methods(method)
                .path(path)
                .maxRequestLength(Bodies.let(limit))
                .requestTimeout(TIME_LIMIT)
                .build((ctx, request) -> {
                    Principal caller;
                    try {
                        caller = role == null
                                ? access.principal(request.headers()).orElse(NOBODY)
                                : access.require(request.headers(), role);
                    } catch (ProblemException e) {
                        return refusals.render(path, request, e.problem());
                    }
                    return HttpResponse.of(Bodies.whole(
                                    request, limit, AggregationOptions.builder().build())
                            .thenApplyAsync(whole -> answer(path, ctx, whole, caller, door), threads)
                            .exceptionally(failure -> refusals.render(path, Problems.of(failure))));
                });
    }

    private HttpResponse answer(
            String path, ServiceRequestContext ctx, AggregatedHttpRequest whole, Principal caller, Door door) {
        try {
            Map<String, String> query = new LinkedHashMap<>();
            ctx.queryParams().forEach(query::putIfAbsent);
            MediaType type = whole.contentType();
            String contentType = type == null ? "" : (type.type() + "/" + type.subtype()).toLowerCase(Locale.ROOT);
            Call call = new Call(
                    ctx.pathParams(),
                    query,
                    contentType,
                    new Call.Body(whole.content().array()),
                    caller);
            return render(door.answer(call));
        } catch (Exception e) {
            return refusals.render(path, Problems.of(e));
        }
    }

    private static HttpResponse render(Reply reply) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.valueOf(reply.status()));
        if (!reply.contentType().isEmpty()) {
            headers.contentType(MediaType.parse(reply.contentType()));
        }
        reply.headers().forEach(headers::set);
        return HttpResponse.of(headers.build(), HttpData.wrap(reply.body()));
    }
}
