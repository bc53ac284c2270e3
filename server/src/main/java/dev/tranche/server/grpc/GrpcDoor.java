package dev.tranche.server.grpc;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.tranche.server.bodies.Bodies;
import dev.tranche.server.protocol.Gate;
import dev.tranche.server.protocol.Inference;
import dev.tranche.server.protocol.Intake;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.ProtocolException.Kind;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service `inference.GRPCInferenceService` on the server's one port: unary calls as gRPC writes them
/// over HTTP/2, read and written here without a gRPC library (decision 0052). Tokens come as the metadata
/// `authorization`.
public final class GrpcDoor implements HttpService {
    /// Everything beneath this is a call.
    public static final String PREFIX = "/inference.GRPCInferenceService/";

    private static final Logger LOG = LoggerFactory.getLogger(GrpcDoor.class);
    private static final String CONTENT_TYPE = "application/grpc";
    private static final String ENCODING = "grpc-encoding";
    private static final String ACCEPT_ENCODING = "grpc-accept-encoding";
    private static final String STATUS = "grpc-status";
    private static final String MESSAGE = "grpc-message";
    private static final String TIMEOUT = "grpc-timeout";
    private static final String SPOKEN = "identity,gzip";

    /// A message up to this is read on the event loop; a larger one would hold up every other request
    /// there.
    private static final int DIRECT_BYTES = 32 << 10;

    /// An answer shorter than this is not worth compressing.
    private static final int GZIP_FROM = 1 << 10;

    private final Inference inference;
    private final Gate gate;
    private final Calls calls;

    private GrpcDoor(Inference inference, Gate gate) {
        this.inference = inference;
        this.gate = gate;
        this.calls = new Calls(inference, gate);
    }

    /// The door.
    public static GrpcDoor of(Inference inference, Gate gate) {
        return new GrpcDoor(inference, gate);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        long arrived = inference.clock().nanos();
        long micros = inference.clock().epochNanos() / 1000;
        RequestHeaders headers = request.headers();
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        if (headers.method() != HttpMethod.POST
                || !(type.equals(CONTENT_TYPE) || type.startsWith(CONTENT_TYPE + "+proto"))) {
            return HttpResponse.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        try {
            Calls.Method method = calls.method(ctx.path().substring(PREFIX.length()));
            Gate.Caller caller = method.right() == null
                    ? null
                    : gate.enter(headers.get(HttpHeaderNames.AUTHORIZATION), method.right());
            long limit = Frame.timeoutNanos(headers.get(TIMEOUT));
            return answer(ctx, request, method, new Calls.Visit(caller, arrived, micros, limit, ctx::isCancelled));
        } catch (ProtocolException e) {
            return refuse(e);
        }
    }

    private HttpResponse answer(
            ServiceRequestContext ctx, HttpRequest request, Calls.Method method, Calls.Visit visit) {
        Intake.Body room = inference.intake().body();
        CompletableFuture<AggregatedHttpRequest> read =
                Bodies.whole(request, room::take, AggregationOptions.usePooledObjects(ctx.alloc(), ctx.eventLoop()));
        CompletableFuture<HttpResponse> answered = read.thenCompose(whole -> {
            byte[] body;
            try (HttpData content = whole.content()) {
                body = content.array();
            }
            RequestHeaders headers = request.headers();
            boolean gzip = body.length > 0
                    && body[0] == 1
                    && headers.get(ACCEPT_ENCODING, "").contains("gzip");
            CompletableFuture<byte[]> given = CompletableFuture.completedFuture(body);
            boolean direct = method.quick() && body.length <= DIRECT_BYTES && !gzip;
            CompletableFuture<byte[]> message = direct
                    ? given.thenCompose(bytes -> call(method, visit, bytes, headers.get(ENCODING), room))
                    : given.thenComposeAsync(
                            bytes -> call(method, visit, bytes, headers.get(ENCODING), room), inference.threads());
            return message.thenApply(answer -> render(answer, gzip));
        });
        return HttpResponse.of(
                answered.exceptionally(failure -> refuse(refusal(failure))).whenComplete((_, _) -> room.close()));
    }

    private static CompletableFuture<byte[]> call(
            Calls.Method method, Calls.Visit visit, byte[] body, @Nullable String encoding, Intake.Body room) {
        byte[] message = Frame.read(body, encoding, room);
        return method.answer().to(ProtoReader.over(message, 0, message.length), visit);
    }

    private static HttpResponse render(byte[] message, boolean asked) {
        boolean gzip = asked && message.length >= GZIP_FROM;
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .set(HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE)
                .set(ENCODING, gzip ? "gzip" : "identity")
                .set(ACCEPT_ENCODING, SPOKEN)
                .build();
        return HttpResponse.of(headers, HttpData.wrap(Frame.write(message, gzip)), HttpHeaders.of(STATUS, "0"));
    }

    private HttpResponse refuse(ProtocolException refusal) {
        gate.refused(PREFIX, refusal);
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.OK)
                .set(HttpHeaderNames.CONTENT_TYPE, CONTENT_TYPE)
                .set(ACCEPT_ENCODING, SPOKEN)
                .set(STATUS, Integer.toString(refusal.kind().grpc()))
                .set(MESSAGE, Frame.percent(refusal.sentence()))
                .endOfStream(true) // "Trailers-Only": the headers are all there is
                .build());
    }

    /// The refusal behind a failure; one that nobody foresaw is written to the log under an incident
    /// number.
    private static ProtocolException refusal(Throwable failure) {
        return switch (failure) {
            case ProtocolException refusal -> refusal;
            case CompletionException wrapped when wrapped.getCause() != null -> refusal(wrapped.getCause());
            default -> {
                String incident = UUID.randomUUID().toString();
                LOG.error("incident {}", incident, failure);
                yield ProtocolException.of(
                        Kind.INTERNAL, "something failed here; the server's log has incident " + incident);
            }
        };
    }
}
