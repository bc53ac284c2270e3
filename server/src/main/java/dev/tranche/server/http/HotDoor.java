package dev.tranche.server.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.tranche.runtime.clock.Ticks;
import dev.tranche.server.bodies.Bodies;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.journal.DecisionView;
import dev.tranche.server.journal.RawRow;
import dev.tranche.server.serving.Question;
import dev.tranche.server.serving.RouteTable;
import dev.tranche.server.serving.Served;
import dev.tranche.server.serving.Serving;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/// The doors for answers: `POST /score` and `POST /predict`. A request is read, answered, recorded and
/// rendered on the event loop that received it, unless its version is too slow for that; no thread is made
/// for a request.
///
/// Measured by the `serve` case of `bench` beside an empty handler of the same HTTP library.
public final class HotDoor implements HttpService {
    private static final MediaType JSON = MediaType.JSON_UTF_8;
    private static final ResponseHeaders OK =
            ResponseHeaders.builder(HttpStatus.OK).contentType(JSON).build();

    private final RouteTable routes;
    private final Serving serving;
    private final Access access;
    private final RateLimit rate;
    private final Ticks clock;
    private final Readiness readiness;
    private final Refusals refusals;
    private final String door;
    private final boolean needsLoanId;
    private final BiFunction<DecisionId, DecisionRecord, byte[]> writer;

    private HotDoor(
            RouteTable routes,
            Serving serving,
            Access access,
            RateLimit rate,
            Ticks clock,
            Readiness readiness,
            Refusals refusals,
            String door,
            boolean needsLoanId,
            BiFunction<DecisionId, DecisionRecord, byte[]> writer) {
        this.routes = routes;
        this.serving = serving;
        this.access = access;
        this.rate = rate;
        this.clock = clock;
        this.readiness = readiness;
        this.refusals = refusals;
        this.door = door;
        this.needsLoanId = needsLoanId;
        this.writer = writer;
    }

    /// The door `POST /score`.
    static HotDoor score(
            RouteTable routes,
            Serving serving,
            Access access,
            RateLimit rate,
            Ticks clock,
            Readiness readiness,
            Refusals refusals) {
        return new HotDoor(
                routes, serving, access, rate, clock, readiness, refusals, "/score", true, AnswerWriter::score);
    }

    /// The door `POST /predict`.
    static HotDoor predict(
            RouteTable routes,
            Serving serving,
            Access access,
            RateLimit rate,
            Ticks clock,
            Readiness readiness,
            Refusals refusals) {
        return new HotDoor(
                routes, serving, access, rate, clock, readiness, refusals, "/predict", false, AnswerWriter::predict);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        long arrived = clock.nanos();
        long micros = clock.epochNanos() / 1000;
        Principal caller;
        try {
            caller = access.require(request.headers(), Role.PREDICT);
            if (!rate.take(caller.name(), arrived)) {
                return refusals.render(
                        door,
                        request,
                        Problem.of(429, "rate_limit", "too many requests from " + caller.name())
                                .retryAfter(1));
            }
        } catch (ProblemException e) {
            return refusals.render(door, request, e.problem());
        }
        return HttpResponse.of(Bodies.whole(
                        request,
                        Bodies.limit(ctx.config().maxRequestLength()),
                        AggregationOptions.usePooledObjects(ctx.alloc(), ctx.eventLoop()))
                .thenCompose(whole -> answer(whole, caller, arrived, micros))
                .exceptionally(failure -> refusals.render(door, Problems.of(failure))));
    }

    private CompletableFuture<HttpResponse> answer(
            AggregatedHttpRequest whole, Principal caller, long arrived, long micros) {
        RequestReader.Read read;
        try (HttpData content = whole.content()) {
            byte[] body = content.array();
            read = RequestReader.held(routes, body, body.length);
        }
        try {
            return answer(read, caller, arrived, micros);
        } finally {
            read.route().release();
        }
    }

    private CompletableFuture<HttpResponse> answer(
            RequestReader.Read read, Principal caller, long arrived, long micros) {
        if (needsLoanId && read.loanId() == null) {
            throw Problem.of(400, "missing_field", "the field loan_id is missing", null, "a text of 1..200 characters")
                    .raised();
        }
        readiness.refuseWhenStopping();
        Question question = new Question(
                read.route(),
                read.row(),
                read.unit(),
                read.loanId(),
                read.entity(),
                read.pinned(),
                caller.may(Role.OPERATE),
                arrived,
                micros);
        CompletableFuture<HttpResponse> response = new CompletableFuture<>();
        serving.decide(question, served -> {
            try {
                response.complete(render(served, read.row()));
            } catch (RuntimeException e) {
                response.completeExceptionally(e);
            }
        });
        return response;
    }

    private HttpResponse render(Served served, RawRow row) {
        return switch (served) {
            case Served.Decided decided ->
                HttpResponse.of(OK, HttpData.wrap(writer.apply(decided.id(), decided.decision())));
            case Served.Unanswered failed ->
                refusals.render(
                        door,
                        Problem.of(
                                        503,
                                        "model_failed",
                                        failed.version() + " did not answer and its product has no fallback rules: "
                                                + failed.reason() + " (decision " + failed.id() + ")")
                                .retryAfter(1));
            case Served.Rejected rejected ->
                refusals.render(
                        door,
                        Problem.of(
                                422,
                                "feature_rejected",
                                "the feature " + rejected.feature() + " " + rejected.reason(),
                                Objects.toString(
                                        DecisionView.features(row).get(rejected.feature()), rejected.feature()),
                                rejected.reason()));
            case Served.NotServing not ->
                refusals.render(
                        door,
                        Problem.of(
                                404,
                                "unknown_model",
                                not.version() + ": " + not.reason(),
                                not.version(),
                                not.reason()));
            case Served.Busy busy ->
                refusals.render(door, Problem.of(503, "busy", busy.reason()).retryAfter(busy.retryAfterSeconds()));
            case Served.NotRecorded not ->
                refusals.render(
                        door,
                        Problem.of(503, "journal_unavailable", not.reason()).retryAfter(5));
        };
    }
}
