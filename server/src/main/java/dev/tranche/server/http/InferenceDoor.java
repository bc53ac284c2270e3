package dev.tranche.server.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.tranche.server.bodies.Bodies;
import dev.tranche.server.protocol.Gate;
import dev.tranche.server.protocol.Gate.Right;
import dev.tranche.server.protocol.InferRequest;
import dev.tranche.server.protocol.Inference;
import dev.tranche.server.protocol.Inflated;
import dev.tranche.server.protocol.Intake;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.ProtocolException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The doors of the Open Inference Protocol v2 over REST, everything beneath `/v2`. Whatever is refused here
/// is `{"error": "…"}`.
public final class InferenceDoor implements HttpService {
    private static final String HEADER_LENGTH = "inference-header-content-length";
    private static final String ROOT = "/v2";

    /// A body up to this is read on the event loop; a larger one would hold up every other request there.
    private static final int DIRECT_BYTES = 32 << 10;

    private final Inference inference;
    private final Gate gate;
    private final InferenceViews views;

    private InferenceDoor(Inference inference, Gate gate) {
        this.inference = inference;
        this.gate = gate;
        this.views = new InferenceViews(inference, gate);
    }

    /// Hangs the doors.
    public static void hang(Doors doors, Inference inference) {
        InferenceDoor door = new InferenceDoor(inference, doors.gate());
        doors.beneath(ROOT, door);
        doors.beneath(ROOT + "/", door);
    }

    /// What a path and a method ask for.
    ///
    /// @param name the door for counters, so that there are few
    /// @param method the method it takes
    /// @param right what the caller must be allowed, null when it is open
    /// @param view answers, null for the door of inference itself
    /// @param model the model in the path, empty when there is none
    /// @param version the version in the path, null when there is none
    record Way(
            String name,
            HttpMethod method,
            @Nullable Right right,
            InferenceViews.@Nullable View view,
            String model,
            @Nullable String version) {}

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        long arrived = inference.clock().nanos();
        long micros = inference.clock().epochNanos() / 1000;
        String name = ROOT;
        try {
            Way way = views.way(segments(ctx.decodedPath()));
            name = way.name();
            HttpMethod method = request.method() == HttpMethod.HEAD ? HttpMethod.GET : request.method();
            if (method != way.method()) {
                throw ProtocolException.of(
                        Kind.METHOD, ctx.decodedPath() + " takes " + way.method() + ": " + request.method());
            }
            Gate.Caller caller = way.right() == null
                    ? null
                    : gate.enter(request.headers().get(HttpHeaderNames.AUTHORIZATION), way.right());
            return answer(ctx, request, way, caller, arrived, micros);
        } catch (ProtocolException e) {
            return refuse(name, e);
        }
    }

    private static List<String> segments(String path) {
        String rest = path.length() <= ROOT.length() + 1 ? "" : path.substring(ROOT.length() + 1);
        return rest.isEmpty() ? List.of() : List.of(rest.split("/", -1));
    }

    private HttpResponse answer(
            ServiceRequestContext ctx,
            HttpRequest request,
            Way way,
            Gate.@Nullable Caller caller,
            long arrived,
            long micros) {
        Intake.Body room = inference.intake().body();
        CompletableFuture<AggregatedHttpRequest> read =
                Bodies.whole(request, room::take, AggregationOptions.usePooledObjects(ctx.alloc(), ctx.eventLoop()));
        CompletableFuture<HttpResponse> answered = read.thenCompose(whole -> {
            byte[] body;
            try (HttpData content = whole.content()) {
                body = content.array();
            }
            String encoding = whole.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
            String length = whole.headers().get(HEADER_LENGTH);
            boolean direct = way.view() == null && body.length <= DIRECT_BYTES && encoding.equals("identity");
            CompletableFuture<byte[]> given = CompletableFuture.completedFuture(body);
            return direct
                    ? given.thenCompose(bytes -> respond(ctx, way, caller, bytes, length, arrived, micros))
                    : given.thenComposeAsync(
                            bytes -> respond(ctx, way, caller, decoded(bytes, encoding, room), length, arrived, micros),
                            inference.threads());
        });
        return HttpResponse.of(answered.exceptionally(failure -> refuse(way.name(), refusal(failure)))
                .whenComplete((_, _) -> room.close()));
    }

    private static byte[] decoded(byte[] body, String encoding, Intake.Body room) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "identity" -> body;
            case "gzip", "x-gzip" -> {
                byte[] inflated = Inflated.gunzip(body, 0, body.length, Intake.BODY_LIMIT);
                room.take(inflated.length - Math.min(inflated.length, body.length));
                yield inflated;
            }
            default ->
                throw ProtocolException.of(Kind.UNSUPPORTED, "Content-Encoding must be identity or gzip: " + encoding);
        };
    }

    private CompletableFuture<HttpResponse> respond(
            ServiceRequestContext ctx,
            Way way,
            Gate.@Nullable Caller caller,
            byte[] body,
            @Nullable String headerLength,
            long arrived,
            long micros) {
        if (way.view() != null) {
            Reply reply = way.view().answer(way, caller, body);
            return CompletableFuture.completedFuture(
                    HttpResponse.of(json(reply.status()).build(), HttpData.wrap(reply.body())));
        }
        if (caller == null) {
            throw new IllegalStateException("nobody asks without a token");
        }
        InferRequest request = read(way, body, headerLength);
        return inference
                .infer(new Inference.Ask(
                        "rest",
                        way.model(),
                        way.version(),
                        request,
                        caller,
                        gate,
                        arrived,
                        micros,
                        Long.MAX_VALUE,
                        ctx::isCancelled))
                .thenApply(answer -> render(TensorWriter.write(answer, request)));
    }

    private InferRequest read(Way way, byte[] body, @Nullable String headerLength) {
        if (headerLength == null) {
            return TensorReader.read(body, body.length);
        }
        int length = -1;
        if (headerLength.matches("\\d{1,9}")) {
            length = Integer.parseInt(headerLength);
        }
        if (length < 0 || length > body.length) {
            throw ProtocolException.invalid("Inference-Header-Content-Length must be within 0.." + body.length
                    + ", the length of the body: " + headerLength.substring(0, Math.min(40, headerLength.length())));
        }
        return length == 0 ? inference.raw(way.model(), way.version(), body) : TensorReader.read(body, length);
    }

    private static HttpResponse render(TensorWriter.Written written) {
        if (!written.binary()) {
            return HttpResponse.of(json(200).build(), HttpData.wrap(written.body()));
        }
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.OCTET_STREAM)
                .set(HEADER_LENGTH, Integer.toString(written.jsonLength()))
                .build();
        return HttpResponse.of(headers, HttpData.wrap(written.body()));
    }

    private static ResponseHeadersBuilder json(int status) {
        return ResponseHeaders.builder(HttpStatus.valueOf(status)).contentType(MediaType.JSON_UTF_8);
    }

    private HttpResponse refuse(String name, ProtocolException refusal) {
        gate.refused(name, refusal);
        ResponseHeadersBuilder headers = json(refusal.kind().http());
        switch (refusal.kind()) {
            case UNAUTHENTICATED -> headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
            case UNAVAILABLE, LIMITED -> headers.set(HttpHeaderNames.RETRY_AFTER, "1");
            case INVALID, DENIED, UNKNOWN, METHOD, CONFLICT, TOO_LARGE, UNSUPPORTED, INTERNAL -> {}
        }
        return HttpResponse.of(headers.build(), HttpData.wrap(error(refusal.sentence())));
    }

    /// `{"error": "…"}`.
    static byte[] error(String sentence) {
        return JsonBytes.apart()
                .open('{')
                .name("error")
                .text(sentence)
                .close('}')
                .bytes();
    }

    /// The refusal behind a failure; one that nobody foresaw is written to the log under an incident
    /// number.
    private static ProtocolException refusal(Throwable failure) {
        return switch (failure) {
            case ProtocolException refusal -> refusal;
            case CompletionException wrapped when wrapped.getCause() != null -> refusal(wrapped.getCause());
            case JacksonException malformed -> ProtocolException.invalid(sentence(Problems.malformed(malformed)));
            default -> {
                Problem problem = Problems.of(failure);
                yield ProtocolException.of(
                        switch (problem.status()) {
                            case 400 -> Kind.INVALID;
                            case 413 -> Kind.TOO_LARGE;
                            case 503 -> Kind.UNAVAILABLE;
                            default -> Kind.INTERNAL;
                        },
                        sentence(problem));
            }
        };
    }

    private static String sentence(Problem problem) {
        return problem.allowed() == null ? problem.detail() : problem.detail() + " (" + problem.allowed() + ")";
    }
}
