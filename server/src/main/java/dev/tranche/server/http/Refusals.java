package dev.tranche.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import dev.tranche.runtime.metrics.MetricNames;
import io.micrometer.core.instrument.MeterRegistry;

/// Renders problems and counts them by door and code: those of the server (500 and above) as errors, those of
/// the caller as refused requests. Thread-safe.
final class Refusals {
    private static final long SMALL_BODY = 64 << 10;

    private final MeterRegistry registry;

    private Refusals(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Counts in a registry.
    static Refusals in(MeterRegistry registry) {
        return new Refusals(registry);
    }

    /// Counts a problem and renders it.
    ///
    /// @param door path of the door as it is hung, so that there are few
    HttpResponse render(String door, Problem problem) {
        count(door, problem);
        return Problems.render(problem);
    }

    /// Counts a problem and answers with it once a small body has come whole: a client that still writes when the
    /// answer closes its stream may take that for a broken connection, and never see why it was refused. A body
    /// without a length, or a large one, is not waited for.
    ///
    /// @param door path of the door as it is hung, so that there are few
    HttpResponse render(String door, HttpRequest request, Problem problem) {
        HttpResponse answer = render(door, problem);
        long length = request.headers().contentLength();
        return length > 0 && length <= SMALL_BODY
                ? HttpResponse.of(request.aggregate().handle((_, _) -> answer))
                : answer;
    }

    void count(String door, Problem problem) {
        count(door, problem.status(), problem.code());
    }

    void count(String door, int status, String code) {
        String name = status >= 500 ? MetricNames.ERRORS : MetricNames.REFUSED;
        registry.counter(name, "door", door, "code", code).increment();
    }
}
