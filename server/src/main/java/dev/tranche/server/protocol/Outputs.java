package dev.tranche.server.protocol;

import dev.tranche.credit.Reason;
import dev.tranche.server.journal.Answer;
import dev.tranche.server.journal.DecisionId;
import dev.tranche.server.journal.DecisionRecord;
import dev.tranche.server.protocol.Metadata.Described;
import dev.tranche.server.serving.LoadedPolicy;
import dev.tranche.server.serving.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The output tensors of a request: one element a row in each, or one row of elements. A row that failed has
/// NaN for numbers, an empty text for texts, and its reason in `error`.
final class Outputs {
    private static final String SCORE = "score";
    private static final String PREDICTION = "prediction";
    private static final String MARGIN = "margin";
    private static final String BAND = "band";
    private static final String ACTION = "action";
    private static final String REASONS = "reasons";
    private static final String SOURCE = "source";
    private static final String VERSION = "model_version";
    private static final String DECISION = "decision_id";
    private static final String ERROR = "error";

    private final List<Described> described;
    private final Set<String> wanted;
    private final int count;
    private final int margins;
    private final int predictions;
    private final double[] score;
    private final double[] prediction;
    private final double[] margin;
    private final @Nullable String[] band;
    private final @Nullable String[] action;
    private final @Nullable String[] reasons;
    private final @Nullable String[] source;
    private final @Nullable String[] version;
    private final @Nullable String[] decision;
    private final @Nullable String[] error;
    private final Set<String> versions = new LinkedHashSet<>();
    private int failed;

    private Outputs(List<Described> described, Set<String> wanted, Route route, int count) {
        this.described = described;
        this.wanted = wanted;
        this.count = count;
        this.margins = Metadata.widestMargin(route);
        this.predictions = Metadata.widest(route);
        this.score = filled(count);
        this.prediction = filled(count * predictions);
        this.margin = filled(count * margins);
        this.band = empty();
        this.action = empty();
        this.reasons = empty();
        this.source = empty();
        this.version = empty();
        this.decision = empty();
        this.error = empty();
    }

    private static double[] filled(int size) {
        double[] values = new double[size];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private @Nullable String[] empty() {
        @Nullable String[] texts = new String[count];
        Arrays.fill(texts, "");
        return texts;
    }

    /// The outputs of a route, in order.
    static List<Described> described(Route route) {
        List<Described> outputs = new ArrayList<>();
        List<Long> row = List.of(-1L);
        outputs.add(new Described(SCORE, Datatype.FP64, row));
        if (Metadata.widest(route) > 1) {
            outputs.add(new Described(PREDICTION, Datatype.FP64, List.of(-1L, (long) Metadata.widest(route))));
        }
        int margins = Metadata.widestMargin(route);
        outputs.add(new Described(MARGIN, Datatype.FP64, margins == 1 ? row : List.of(-1L, (long) margins)));
        boolean decides = route.policy() != null
                || (route.candidate() != null && route.candidate().version() instanceof LoadedPolicy);
        if (decides) {
            for (String name : List.of(BAND, ACTION, REASONS)) {
                outputs.add(new Described(name, Datatype.BYTES, row));
            }
        }
        for (String name : List.of(SOURCE, VERSION, DECISION, ERROR)) {
            outputs.add(new Described(name, Datatype.BYTES, row));
        }
        return outputs;
    }

    /// Outputs to be filled row by row.
    ///
    /// @throws ProtocolException when an output is requested that does not exist or in a form that is not
    ///     given
    static Outputs of(Target target, InferRequest request, int count) {
        List<Described> described = described(target.route());
        Set<String> wanted = new LinkedHashSet<>();
        for (InferRequest.Wanted output : request.outputs()) {
            if (described.stream().noneMatch(each -> each.name().equals(output.name()))) {
                throw ProtocolException.invalid("output " + Shown.text(output.name()) + " is no output of "
                        + target.name() + "; its outputs are "
                        + described.stream().map(Described::name).toList());
            }
            for (String refused : List.of("classification", "shared_memory_region")) {
                if (output.parameters().values().containsKey(refused)) {
                    throw ProtocolException.invalid(
                            "the parameter " + refused + " of output " + output.name() + " is not taken here");
                }
            }
            wanted.add(output.name());
        }
        return new Outputs(described, wanted, target.route(), count);
    }

    /// Fills a row with what was decided.
    void decided(int row, DecisionId id, DecisionRecord made) {
        Answer answer = made.answer();
        score[row] = answer.score();
        copy(answer.outputs(), prediction, row, predictions);
        copy(answer.margins(), margin, row, margins);
        band[row] = answer.band() == null ? "" : answer.band();
        action[row] = answer.action() == null ? "" : answer.action().name();
        reasons[row] = codes(answer.reasons());
        source[row] = answer.source().word();
        version[row] = made.model().name();
        decision[row] = id.toString();
        versions.add(made.model().name());
    }

    private static void copy(double[] from, double[] to, int row, int width) {
        System.arraycopy(from, 0, to, row * width, Math.min(from.length, width));
    }

    /// The codes as the text of a JSON array.
    private static String codes(List<Reason> reasons) {
        if (reasons.isEmpty()) {
            return "[]";
        }
        StringBuilder text = new StringBuilder("[");
        for (Reason reason : reasons) {
            text.append(text.length() == 1 ? "\"" : ",\"");
            text.append(reason.code().replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return text.append(']').toString();
    }

    /// Fills a row that has no answer.
    ///
    /// @param id the decision, when the failure was recorded as one
    void failed(int row, String reason, @Nullable DecisionId id, @Nullable String of) {
        failed++;
        error[row] = reason;
        decision[row] = id == null ? "" : id.toString();
        version[row] = of == null ? "" : of;
    }

    /// How many rows failed.
    int failed() {
        return failed;
    }

    /// The versions that answered, in the order of their first row.
    Set<String> versions() {
        return versions;
    }

    /// The id of the first row's decision; empty when it has none.
    String firstDecision() {
        return String.valueOf(decision[0]);
    }

    /// The tensors asked for, in the order they were asked for; all of them when none was.
    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        if (wanted.isEmpty()) {
            described.forEach(each -> tensors.add(tensor(each)));
        } else {
            for (String name : wanted) {
                described.stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .ifPresent(each -> tensors.add(tensor(each)));
            }
        }
        return tensors;
    }

    private Tensor tensor(Described output) {
        List<Long> shape = new ArrayList<>(output.shape());
        shape.set(0, (long) count);
        return new Tensor(output.name(), output.datatype(), shape, Parameters.NONE, column(output.name()));
    }

    private Column column(String name) {
        return switch (name) {
            case SCORE -> new Column.Reals(score);
            case PREDICTION -> new Column.Reals(prediction);
            case MARGIN -> new Column.Reals(margin);
            case BAND -> new Column.Texts(band);
            case ACTION -> new Column.Texts(action);
            case REASONS -> new Column.Texts(reasons);
            case SOURCE -> new Column.Texts(source);
            case VERSION -> new Column.Texts(version);
            case DECISION -> new Column.Texts(decision);
            case ERROR -> new Column.Texts(error);
            default -> throw new IllegalArgumentException("no output is named " + name);
        };
    }
}
