package dev.tranche.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import dev.tranche.runtime.metrics.MetricNames;
import dev.tranche.server.bodies.Bodies;
import io.micrometer.core.instrument.MeterRegistry;

/// Renders problems and counts them by door and code: those of the server (500 and above) as errors, those of
/// the caller as refused requests. Thread-safe.
final class Refusals {
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

    /// Counts a problem and answers with it once the body has come whole, or too much of it ([Bodies]).
    ///
    /// @param door path of the door as it is hung, so that there are few
    HttpResponse render(String door, HttpRequest request, Problem problem) {
        HttpResponse answer = render(door, problem);
        return request.headers().isEndOfStream()
                ? answer
                : HttpResponse.of(Bodies.runOut(request).thenApply(_ -> answer));
    }

    void count(String door, Problem problem) {
        count(door, problem.status(), problem.code());
    }

    void count(String door, int status, String code) {
        String name = status >= 500 ? MetricNames.ERRORS : MetricNames.REFUSED;
        registry.counter(name, "door", door, "code", code).increment();
    }
}
