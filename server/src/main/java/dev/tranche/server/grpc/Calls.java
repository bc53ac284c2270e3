package dev.tranche.server.grpc;

import dev.tranche.server.protocol.Gate;
import dev.tranche.server.protocol.Gate.Right;
import dev.tranche.server.protocol.Inference;
import dev.tranche.server.protocol.Library;
import dev.tranche.server.protocol.Metadata;
import dev.tranche.server.protocol.ProtocolException;
import dev.tranche.server.protocol.ProtocolException.Kind;
import dev.tranche.server.protocol.Statistics;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The calls of `inference.GRPCInferenceService`: the six of the protocol, and those of the statistics and
/// model repository extensions under the names and field numbers that Triton gives them.
final class Calls {
    private static final byte[] NOTHING = {};

    /// Who calls, and until when an answer is of use.
    ///
    /// @param caller who calls, null at an open call
    /// @param arrivedNanos when it arrived, on the monotonic clock
    /// @param receivedMicros when it arrived, microseconds since 1970
    /// @param limitNanos the call's deadline counted from its arrival, [Long#MAX_VALUE] when it has none
    /// @param gone true once nobody waits any more
    record Visit(
            Gate.@Nullable Caller caller,
            long arrivedNanos,
            long receivedMicros,
            long limitNanos,
            BooleanSupplier gone) {

        Gate.Caller known() {
            if (caller == null) {
                throw new IllegalStateException("nobody calls without a token");
            }
            return caller;
        }
    }

    /// Answers a message.
    @FunctionalInterface
    interface Answer {
        CompletableFuture<byte[]> to(ProtoReader in, Visit visit);
    }

    /// A call.
    ///
    /// @param right what the caller must be allowed, null when it is open
    /// @param quick true when it may run on an event loop
    /// @param answer what it does
    record Method(@Nullable Right right, boolean quick, Answer answer) {}

    private final Inference inference;
    private final Gate gate;

    Calls(Inference inference, Gate gate) {
        this.inference = inference;
        this.gate = gate;
    }

    /// The call of a name.
    ///
    /// @throws ProtocolException when there is none
    Method method(String name) {
        return switch (name) {
            case "ServerLive" ->
                at(null, (_, _) -> new ProtoWriter().flag(1, true).bytes());
            case "ServerReady" ->
                at(null, (_, _) -> new ProtoWriter().flag(1, gate.ready()).bytes());
            case "ServerMetadata" -> at(null, (_, _) -> serverMetadata());
            case "ModelReady" -> at(Right.LOOK, (in, _) -> modelReady(named(in, 1, 2)));
            case "ModelMetadata" -> at(Right.LOOK, (in, _) -> modelMetadata(named(in, 1, 2)));
            case "ModelInfer" -> new Method(Right.INFER, true, this::infer);
            case "ModelStatistics" -> at(Right.LOOK, (in, _) -> statistics(named(in, 1, 2)));
            case "RepositoryIndex" -> at(Right.LOOK, (in, _) -> index(in));
            case "RepositoryModelLoad" -> slow((in, visit) -> load(in, visit));
            case "RepositoryModelUnload" -> slow((in, visit) -> unload(in, visit));
            default ->
                throw ProtocolException.of(
                        Kind.METHOD,
                        "inference.GRPCInferenceService has no call "
                                + name.substring(0, Math.min(100, name.length())));
        };
    }

    /// Answers at once.
    @FunctionalInterface
    private interface Direct {
        byte[] to(ProtoReader in, Visit visit);
    }

    private static Method at(@Nullable Right right, Direct answer) {
        return new Method(right, true, (in, visit) -> CompletableFuture.completedFuture(answer.to(in, visit)));
    }

    private static Method slow(Direct answer) {
        return new Method(Right.OPERATE, false, (in, visit) -> CompletableFuture.completedFuture(answer.to(in, visit)));
    }

    /// A model's name and version.
    private record Named(String model, String version) {}

    private static Named named(ProtoReader in, int modelField, int versionField) {
        String model = "";
        String version = "";
        while (in.next()) {
            if (in.field() == modelField) {
                model = in.text();
            } else if (in.field() == versionField) {
                version = in.text();
            } else {
                in.skip();
            }
        }
        return new Named(model, version);
    }

    private static byte[] serverMetadata() {
        return new ProtoWriter()
                .text(1, Metadata.SERVER)
                .text(2, Metadata.version())
                .texts(3, Metadata.EXTENSIONS)
                .bytes();
    }

    private byte[] modelReady(Named named) {
        try {
            inference.library().target(named.model(), named.version());
        } catch (ProtocolException e) {
            if (e.kind() == Kind.UNAVAILABLE) {
                return NOTHING;
            }
            throw e;
        }
        return new ProtoWriter().flag(1, gate.ready()).bytes();
    }

    private byte[] modelMetadata(Named named) {
        Metadata.Model model = inference.describe(named.model(), named.version());
        ProtoWriter out = new ProtoWriter()
                .text(1, model.name())
                .texts(2, model.versions())
                .text(3, model.platform());
        model.inputs().forEach(each -> out.message(4, inner -> describe(inner, each)));
        model.outputs().forEach(each -> out.message(5, inner -> describe(inner, each)));
        model.properties()
                .forEach((name, value) ->
                        out.message(6, entry -> entry.text(1, name).text(2, value)));
        return out.bytes();
    }

    private static void describe(ProtoWriter out, Metadata.Described tensor) {
        out.text(1, tensor.name()).text(2, tensor.datatype().name()).packed(3, tensor.shape());
    }

    private CompletableFuture<byte[]> infer(ProtoReader in, Visit visit) {
        InferMessages.Received received = InferMessages.read(in);
        return inference
                .infer(new Inference.Ask(
                        "grpc",
                        received.model(),
                        received.version(),
                        received.request(),
                        visit.known(),
                        gate,
                        visit.arrivedNanos(),
                        visit.receivedMicros(),
                        visit.limitNanos(),
                        visit.gone()))
                .thenApply(answer -> InferMessages.write(answer, received.raw()));
    }

    private byte[] statistics(Named named) {
        ProtoWriter out = new ProtoWriter();
        for (Statistics.Model model : inference.statistics(named.model(), named.version())) {
            out.message(
                    1,
                    inner -> inner.text(1, model.name())
                            .text(2, model.version())
                            .whole(3, model.lastInference())
                            .whole(4, model.inferenceCount())
                            .whole(5, model.executionCount())
                            .message(
                                    6,
                                    spans -> spans.message(1, span -> span(span, model.success()))
                                            .message(2, span -> span(span, model.fail()))
                                            .message(3, span -> span(span, model.queue()))
                                            .message(4, span -> span(span, model.computeInput()))
                                            .message(5, span -> span(span, model.computeInfer()))
                                            .message(6, span -> span(span, model.computeOutput()))
                                            .message(7, span -> span(span, Statistics.Span.NONE))
                                            .message(8, span -> span(span, Statistics.Span.NONE))));
        }
        return out.bytes();
    }

    private static void span(ProtoWriter out, Statistics.Span span) {
        out.whole(1, span.count()).whole(2, span.ns());
    }

    private byte[] index(ProtoReader in) {
        boolean ready = false;
        while (in.next()) {
            if (in.field() == 2) {
                ready = in.flag();
            } else {
                in.skip();
            }
        }
        ProtoWriter out = new ProtoWriter();
        for (Library.Entry entry : inference.library().index(ready)) {
            out.message(
                    1,
                    inner -> inner.text(1, entry.name())
                            .text(2, entry.version())
                            .text(3, entry.state().name())
                            .text(4, entry.reason()));
        }
        return out.bytes();
    }

    private byte[] load(ProtoReader in, Visit visit) {
        String model = "";
        while (in.next()) {
            switch (in.field()) {
                case 2 -> model = in.text();
                case 3 ->
                    throw ProtocolException.invalid("load takes no parameters: a model is what was registered, by POST"
                            + " /api/v1/versions, and never what a call carries");
                default -> in.skip();
            }
        }
        inference.library().load(model, visit.known());
        return NOTHING;
    }

    private byte[] unload(ProtoReader in, Visit visit) {
        Named named = named(in, 2, 0);
        inference.library().unload(named.model(), visit.known());
        return NOTHING;
    }
}
