package dev.tranche.server.protocol;

import dev.tranche.runtime.clock.Ticks;
import dev.tranche.runtime.metrics.MetricNames;
import dev.tranche.server.protocol.ProtocolException.Kind;
import dev.tranche.server.serving.Question;
import dev.tranche.server.serving.RouteTable;
import dev.tranche.server.serving.Served;
import dev.tranche.server.serving.Serving;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Answers inference requests of any transport. Each row is a decision of its own: selected by the route or
/// by the version named, answered within its deadline, recorded; a row that is refused or fails does so
/// alone. A request of which no row could be answered is refused with the reason of its first row.
/// Thread-safe.
public final class Inference {
    /// Rows up to this many are answered on the thread that brings them.
    private static final int DIRECT_ROWS = 16;

    /// Rows that are handed over together; between two such handfuls a caller that has gone is noticed.
    private static final int HANDFUL = 64;

    /// Requests of many rows that are answered at the same time; others wait for their turn.
    private static final int TOGETHER = 8;

    /// Rows that may be under way; beyond that a request is turned away.
    private static final int ROWS_TOGETHER = 20 * Rows.ROW_LIMIT;

    private static final long MICRO = 1000;
    private static final List<String> NOT_TAKEN = List.of("sequence_id", "sequence_start", "sequence_end");

    private final RouteTable routes;
    private final Serving serving;
    private final Library library;
    private final Ticks clock;
    private final MeterRegistry metrics;
    private final Statistics statistics = new Statistics();
    private final Intake intake = Intake.of(Runtime.getRuntime().maxMemory());
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore turns = new Semaphore(TOGETHER, true);
    private final AtomicInteger underWay = new AtomicInteger();

    private Inference(RouteTable routes, Serving serving, Library library, Ticks clock, MeterRegistry metrics) {
        this.routes = routes;
        this.serving = serving;
        this.library = library;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Inference over the routes in force.
    public static Inference over(
            RouteTable routes, Serving serving, Library library, Ticks clock, MeterRegistry metrics) {
        return new Inference(routes, serving, library, clock, metrics);
    }

    /// A request with its circumstances.
    ///
    /// @param transport `rest` or `grpc`
    /// @param model the model asked
    /// @param version the version asked, null or empty when the route decides
    /// @param request what was asked
    /// @param caller who asks
    /// @param gate takes the rows from the caller's rate
    /// @param arrivedNanos when it arrived, on the monotonic clock
    /// @param receivedMicros when it arrived, microseconds since 1970
    /// @param limitNanos the transport's own deadline counted from the arrival; [Long#MAX_VALUE] when it
    ///     has none
    /// @param gone true once nobody waits for the answer any more
    public record Ask(
            String transport,
            String model,
            @Nullable String version,
            InferRequest request,
            Gate.Caller caller,
            Gate gate,
            long arrivedNanos,
            long receivedMicros,
            long limitNanos,
            BooleanSupplier gone) {}

    /// A request on its way: what was read, and what is filled.
    private record Work(
            Ask ask, Target target, Rows rows, Outputs outputs, long limitNanos, long boundNanos, Refusal refusal) {}

    /// Why the first failed row failed.
    private static final class Refusal {
        private @Nullable Kind kind;
        private String reason = "";

        void note(Kind of, String why) {
            if (kind == null) {
                kind = of;
                reason = why;
            }
        }
    }

    /// Answers a request, on this thread or later on another.
    ///
    /// @throws ProtocolException when it is refused before any row was looked at
    public CompletableFuture<InferAnswer> infer(Ask ask) {
        Target target = library.hold(ask.model(), ask.version());
        CompletableFuture<InferAnswer> answer;
        try {
            answer = infer(ask, target);
        } catch (ProtocolException e) {
            fail(target, ask);
            target.route().release();
            throw e;
        } catch (RuntimeException | Error e) {
            target.route().release();
            throw e;
        }
        return answer.whenComplete((_, _) -> target.route().release());
    }

    private CompletableFuture<InferAnswer> infer(Ask ask, Target target) {
        if (target.held() && !ask.caller().operate()) {
            throw ProtocolException.of(
                    Kind.DENIED, target.pinned() + " is on no route; asking it by name needs the role operate");
        }
        long limit = limit(ask);
        Outputs outputs = Outputs.of(target, ask.request(), (int) Math.min(Rows.ROW_LIMIT, rows(ask.request())));
        Rows rows = Rows.of(target, ask.request());
        ask.gate().take(ask.caller(), rows.count());
        Work work = new Work(ask, target, rows, outputs, limit, clock.nanos(), new Refusal());
        if (rows.count() <= DIRECT_ROWS) {
            return handful(work, 0).thenApply(_ -> finish(work, work.boundNanos()));
        }
        if (underWay.addAndGet(rows.count()) > ROWS_TOGETHER) {
            underWay.addAndGet(-rows.count());
            throw ProtocolException.of(Kind.UNAVAILABLE, ROWS_TOGETHER + " rows are being answered already; try again");
        }
        return CompletableFuture.supplyAsync(() -> many(work), threads)
                .whenComplete((_, _) -> underWay.addAndGet(-rows.count()));
    }

    private static long rows(InferRequest request) {
        return request.inputs().getFirst().shape().getFirst();
    }

    /// The deadline of the whole request, counted from its arrival: the transport's, or its parameter
    /// `timeout` when that is earlier.
    private static long limit(Ask ask) {
        Parameters parameters = ask.request().parameters();
        for (String name : NOT_TAKEN) {
            if (parameters.values().containsKey(name)) {
                throw ProtocolException.invalid(
                        "the parameter " + name + " is not taken: models here keep no state between requests");
            }
        }
        parameters.whole("priority"); // ignored by decision 0053, but a word is not a number
        long timeout = parameters.whole("timeout").orElse(0L);
        long own = timeout == 0 || timeout > Long.MAX_VALUE / MICRO ? Long.MAX_VALUE : timeout * MICRO;
        return Math.min(own, ask.limitNanos());
    }

    private InferAnswer many(Work work) {
        turns.acquireUninterruptibly();
        try {
            long begun = clock.nanos();
            for (int from = 0; from < work.rows().count(); from += HANDFUL) {
                if (work.ask().gone().getAsBoolean()) {
                    fail(work.target(), work.ask());
                    throw ProtocolException.of(
                            Kind.UNAVAILABLE, "the caller has gone; rows from " + from + " were not answered");
                }
                handful(work, from).join();
            }
            return finish(work, begun);
        } finally {
            turns.release();
        }
    }

    /// Answers up to [#HANDFUL] rows. A row's deadline and latency count from its turn, not from the arrival
    /// of the thousand rows before it; the deadline of the request counts from its arrival.
    private CompletableFuture<@Nullable Void> handful(Work work, int from) {
        Ask ask = work.ask();
        int to = Math.min(work.rows().count(), from + HANDFUL);
        long turn = from == 0 && work.rows().count() == 1 ? ask.arrivedNanos() : clock.nanos();
        long left = work.limitNanos() == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.max(0, work.limitNanos() - (turn - ask.arrivedNanos()));
        List<Question> questions = new ArrayList<>(to - from);
        List<Integer> at = new ArrayList<>(to - from);
        for (int row = from; row < to; row++) {
            String fault = work.rows().fault(row);
            if (fault != null) {
                refuse(work, row, Kind.INVALID, fault);
                continue;
            }
            at.add(row);
            questions.add(new Question(
                    work.target().route(),
                    work.rows().row(row),
                    work.rows().unit(row),
                    work.rows().loan(row),
                    work.rows().entity(row),
                    work.target().pinned(),
                    ask.caller().operate(),
                    turn,
                    ask.receivedMicros(),
                    left));
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        serving.decideAll(questions, answers -> {
            try {
                for (int i = 0; i < answers.size(); i++) {
                    fill(work, at.get(i), answers.get(i));
                }
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static void fill(Work work, int row, Served served) {
        switch (served) {
            case Served.Decided decided -> work.outputs().decided(row, decided.id(), decided.decision());
            case Served.Unanswered failed -> {
                String reason = failed.version() + " did not answer and its product has no fallback rules: "
                        + failed.reason() + " (decision " + failed.id() + ")";
                work.refusal().note(Kind.UNAVAILABLE, reason);
                work.outputs().failed(row, reason, failed.id(), failed.version());
            }
            case Served.Rejected rejected ->
                refuse(work, row, Kind.INVALID, "the feature " + rejected.feature() + " " + rejected.reason());
            case Served.NotServing not -> refuse(work, row, Kind.UNKNOWN, not.version() + ": " + not.reason());
            case Served.Busy busy -> refuse(work, row, Kind.UNAVAILABLE, busy.reason());
            case Served.NotRecorded not -> refuse(work, row, Kind.UNAVAILABLE, not.reason());
        }
    }

    private static void refuse(Work work, int row, Kind kind, String reason) {
        work.refusal().note(kind, reason);
        work.outputs().failed(row, reason, null, null);
    }

    private InferAnswer finish(Work work, long begun) {
        long decided = clock.nanos();
        Ask ask = work.ask();
        Outputs outputs = work.outputs();
        int count = work.rows().count();
        Kind kind = work.refusal().kind;
        if (kind != null && outputs.failed() == count) {
            fail(work.target(), ask);
            throw ProtocolException.of(
                    kind,
                    count == 1
                            ? work.refusal().reason
                            : "none of the " + count + " rows could be answered; the first: " + work.refusal().reason);
        }
        Parameters parameters = Parameters.NONE;
        if (count == 1) {
            parameters = parameters.with("decision_id", new Parameter.Text(outputs.firstDecision()));
        }
        if (outputs.failed() > 0) {
            parameters = parameters.with("failed_rows", new Parameter.Whole(outputs.failed()));
        }
        InferAnswer answer = new InferAnswer(
                ask.model(), String.join(",", outputs.versions()), ask.request().id(), parameters, outputs.tensors());
        count(work, begun, decided);
        return answer;
    }

    private void count(Work work, long begun, long decided) {
        Ask ask = work.ask();
        long now = clock.nanos();
        String product = work.target().route().product();
        Statistics.Times times = new Statistics.Times(
                begun - work.boundNanos(),
                work.boundNanos() - ask.arrivedNanos(),
                decided - begun,
                now - decided,
                now - ask.arrivedNanos());
        int answered = work.rows().count() - work.outputs().failed();
        int versions = work.outputs().versions().size();
        for (String version : work.outputs().versions()) {
            statistics.answered(product, version, answered / versions, times, ask.receivedMicros() / MICRO);
        }
        metrics.counter(MetricNames.INFERENCE_REQUESTS, "transport", ask.transport())
                .increment();
        metrics.counter(MetricNames.INFERENCE_ROWS, "transport", ask.transport())
                .increment(work.rows().count());
    }

    private void fail(Target target, Ask ask) {
        statistics.failed(
                target.route().product(),
                target.principal().toString(),
                clock.nanos() - ask.arrivedNanos(),
                ask.receivedMicros() / MICRO);
    }

    /// The request that a body without any JSON stands for: FP64 numbers, a row of all features after the
    /// other. Its answer is binary too.
    ///
    /// @throws ProtocolException when the model takes something else than numbers, or the bytes are no whole
    ///     rows
    public InferRequest raw(String model, @Nullable String version, byte[] body) {
        Target target = library.hold(model, version);
        try {
            return raw(target, body);
        } finally {
            target.route().release();
        }
    }

    private static InferRequest raw(Target target, byte[] body) {
        int columns = target.principal().artifact().schema().size();
        if (!target.dense()) {
            throw ProtocolException.invalid("a raw request takes a model whose inputs are all numbers, and "
                    + target.name() + " has others; send inputs with binary_data_size");
        }
        int row = columns * Datatype.FP64.width();
        if (body.length == 0 || body.length % row != 0) {
            throw ProtocolException.invalid("a raw request must be whole rows of " + columns + " FP64 numbers, " + row
                    + " bytes each: " + body.length + " bytes");
        }
        Tensor tensor = RawTensor.read(
                columns == 1 ? target.principal().artifact().schema().feature(0).name() : "features",
                Datatype.FP64,
                List.of((long) body.length / row, (long) columns),
                Parameters.NONE,
                body,
                0,
                body.length);
        return new InferRequest(
                null, Parameters.NONE.with("binary_data_output", new Parameter.Flag(true)), List.of(tensor), List.of());
    }

    /// The models and their names.
    public Library library() {
        return library;
    }

    /// Bounds the bodies that are read.
    public Intake intake() {
        return intake;
    }

    /// Where bodies are read that are too large for an event loop.
    public Executor threads() {
        return threads;
    }

    /// The clock of arrivals.
    public Ticks clock() {
        return clock;
    }

    /// Describes a model.
    ///
    /// @throws ProtocolException when it is unknown or not loaded
    public Metadata.Model describe(String model, @Nullable String version) {
        Target target = library.hold(model, version);
        try {
            return Metadata.of(target, library.versions(target));
        } finally {
            target.route().release();
        }
    }

    /// The statistics of a model, a version, or everything that is loaded or was asked.
    ///
    /// @param model null or empty for everything
    /// @throws ProtocolException when the model is unknown
    public List<Statistics.Model> statistics(@Nullable String model, @Nullable String version) {
        List<Statistics.Model> found = new ArrayList<>();
        if (model == null || model.isEmpty()) {
            routes.all()
                    .forEach(route -> found.addAll(statistics.of(
                            route.product(),
                            route.models().stream().map(Object::toString).toList())));
            statistics
                    .asked()
                    .forEach((product, versions) -> found.addAll(statistics.of(
                            product,
                            versions.stream()
                                    .filter(each -> found.stream()
                                            .noneMatch(seen -> seen.version().equals(each)))
                                    .toList())));
            return found;
        }
        Target target = library.target(model, version);
        List<String> versions = target.pinned() == null
                ? library.versions(target)
                : List.of(target.principal().toString());
        return statistics.of(target.route().product(), versions);
    }
}
