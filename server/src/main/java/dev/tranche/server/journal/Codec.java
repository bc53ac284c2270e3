package dev.tranche.server.journal;

import dev.tranche.credit.Action;
import dev.tranche.credit.Reason;
import dev.tranche.credit.Source;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Journal records as bytes. Every record begins with the version of its form, so that a later program can
/// read what this one wrote; the kind of a record is the type byte of the record log. A decision's row comes
/// last, so that a reader that only counts can stop before it.
final class Codec {
    /// The form written by this program. Form 1 did not say how a decision's reasons were measured; the other
    /// records are the same in both.
    static final byte FORM = 2;

    private static final byte OLDEST_FORM = 1;

    static final byte DECISION = 1;
    static final byte SHADOW = 2;
    static final byte OUTCOME = 3;
    static final byte LAYOUT = 4;

    private Codec() {}

    static byte type(JournalRecord journalRecord) {
        return switch (journalRecord) {
            case DecisionRecord _ -> DECISION;
            case ShadowRecord _ -> SHADOW;
            case OutcomeRecord _ -> OUTCOME;
            case LayoutRecord _ -> LAYOUT;
        };
    }

    /// Writes a decision.
    ///
    /// @param layout position of the record of the row's layout
    static void write(DecisionRecord decision, long layout, Wire out) {
        Answer answer = decision.answer();
        Placement placement = decision.placement();
        out.oneByte(FORM)
                .count(decision.node())
                .int64(decision.receivedMicros())
                .count(decision.latencyNanos());
        out.text(decision.product()).text(decision.unit()).optional(decision.loanId());
        out.stamp(decision.model());
        if (decision.policy() == null) {
            out.oneByte(0);
        } else {
            out.oneByte(1).stamp(decision.policy());
        }
        out.count(placement.epoch()).count(placement.slot() + 1L).oneByte(Tags.ROLES.tag(placement.role()));
        out.optional(placement.experiment()).optional(placement.arm());
        out.float64(answer.score()).optional(answer.band()).oneByte(tag(answer.action()));
        out.oneByte(Tags.SOURCES.tag(answer.source()))
                .oneByte(Tags.CAUSES.tag(answer.cause()))
                .optional(answer.error());
        out.float64s(answer.margins()).float64s(answer.outputs());
        out.texts(answer.missing()).texts(answer.defaulted());
        out.count(answer.reasons().size());
        for (Reason reason : answer.reasons()) {
            out.text(reason.code()).text(reason.text()).optional(reason.feature());
            out.oneByte(Tags.COMPONENTS.tag(reason.component()));
        }
        out.text(answer.method()).text(answer.reference());
        out.int64(layout);
        row(decision.row(), out);
    }

    private static void row(RawRow row, Wire out) {
        for (int i = 0; i < row.layout().size(); i++) {
            RawRow.Kind kind = row.kind(i);
            out.oneByte(Tags.KINDS.tag(kind));
            switch (kind) {
                case MISSING -> {}
                case NUMBER -> out.float64(row.number(i));
                case TEXT, ITEMS -> out.text(row.text(i));
                case FLAG -> out.oneByte(row.flag(i) ? 1 : 0);
            }
        }
    }

    static void write(ShadowRecord shadow, Wire out) {
        out.oneByte(FORM)
                .count(shadow.decision().node())
                .int64(shadow.decision().position());
        out.int64(shadow.atMicros())
                .text(shadow.product())
                .text(shadow.subject())
                .stamp(shadow.model());
        if (shadow.policy() == null) {
            out.oneByte(0);
        } else {
            out.oneByte(1).stamp(shadow.policy());
        }
        out.count(shadow.epoch())
                .float64(shadow.score())
                .optional(shadow.band())
                .oneByte(tag(shadow.action()));
        out.float64(shadow.liveScore()).oneByte(tag(shadow.liveAction()));
        out.count(shadow.latencyNanos()).optional(shadow.error());
    }

    static void write(OutcomeRecord outcome, Wire out) {
        out.oneByte(FORM)
                .count(outcome.decision().node())
                .int64(outcome.decision().position());
        out.text(outcome.product()).oneByte(outcome.outcome());
        out.int64(outcome.decidedMicros()).int64(outcome.observedMicros()).int64(outcome.receivedMicros());
        out.count(outcome.scores().size());
        for (OutcomeRecord.Score score : outcome.scores()) {
            out.text(score.version()).float64(score.score()).oneByte(score.shadow() ? 1 : 0);
            out.optional(score.experiment()).optional(score.arm());
        }
    }

    static void write(Layout layout, Wire out) {
        out.oneByte(FORM).text(layout.product()).texts(layout.names());
    }

    /// The record of a layout.
    static byte[] bytes(Layout layout) {
        Wire wire = new Wire();
        write(layout, wire);
        return bytes(wire);
    }

    /// The record of a decision; the position of its layout is left 0, for a place that keeps the layout
    /// beside it.
    static byte[] bytes(DecisionRecord decision) {
        Wire wire = new Wire();
        write(decision, 0, wire);
        return bytes(wire);
    }

    private static byte[] bytes(Wire wire) {
        ByteBuffer written = wire.written();
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }

    /// Reads a layout back.
    static Layout layout(ByteBuffer bytes) {
        if (read(LAYOUT, bytes, Codec::none) instanceof LayoutRecord(Layout layout)) {
            return layout;
        }
        throw new JournalException("the bytes hold no layout");
    }

    private static Layout none(long position) {
        throw new JournalException("a layout refers to no other: " + position);
    }

    /// Reads a record back.
    ///
    /// @param layouts finds a layout by the position of its record
    /// @throws JournalException when the form or the type is not known here, or the content is no record
    static JournalRecord read(byte type, ByteBuffer bytes, LongFunction<Layout> layouts) {
        ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
        byte form = in.hasRemaining() ? in.get() : 0;
        if (form < OLDEST_FORM || form > FORM) {
            throw new JournalException(
                    "record has form " + form + "; this program reads forms " + OLDEST_FORM + ".." + FORM);
        }
        try {
            return switch (type) {
                case DECISION -> decision(form, in, layouts);
                case SHADOW -> shadow(in);
                case OUTCOME -> outcome(in);
                case LAYOUT -> new LayoutRecord(Layout.of(Wire.text(in), Wire.texts(in)));
                default -> throw new JournalException("record has type " + type + "; this program reads types 1..4");
            };
        } catch (BufferUnderflowException | IllegalArgumentException damaged) {
            throw new JournalException("record of type " + type + " holds what none was written with", damaged);
        }
    }

    private static DecisionRecord decision(byte form, ByteBuffer in, LongFunction<Layout> layouts) {
        int node = (int) Wire.count(in);
        long received = in.getLong();
        long latency = Wire.count(in);
        String product = Wire.text(in);
        String unit = Wire.text(in);
        String loanId = Wire.optional(in);
        VersionStamp model = Wire.stamp(in);
        VersionStamp policy = in.get() == 0 ? null : Wire.stamp(in);
        Placement placement = new Placement(
                Wire.count(in),
                (int) Wire.count(in) - 1,
                Tags.ROLES.read(in.get()),
                Wire.optional(in),
                Wire.optional(in));
        double score = in.getDouble();
        String band = Wire.optional(in);
        Action action = action(in.get());
        Source source = Tags.SOURCES.read(in.get());
        Answer.Cause cause = Tags.CAUSES.read(in.get());
        String error = Wire.optional(in);
        double[] margins = Wire.float64s(in);
        double[] outputs = Wire.float64s(in);
        List<String> missing = Wire.texts(in);
        List<String> defaulted = Wire.texts(in);
        List<Reason> reasons = reasons(in);
        String method = form > OLDEST_FORM ? Wire.text(in) : "";
        String reference = form > OLDEST_FORM ? Wire.text(in) : "";
        RawRow row = row(in, layouts.apply(in.getLong()));
        Answer answer = new Answer(
                margins, outputs, score, band, action, source, reasons, method, reference, missing, defaulted, cause,
                error);
        return new DecisionRecord(
                node, received, latency, product, unit, loanId, row, model, policy, placement, answer);
    }

    private static List<Reason> reasons(ByteBuffer in) {
        int size = Wire.size(in, 1);
        if (size == 0) {
            return List.of();
        }
        List<Reason> reasons = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            reasons.add(new Reason(Wire.text(in), Wire.text(in), Wire.optional(in), Tags.COMPONENTS.read(in.get())));
        }
        return List.copyOf(reasons);
    }

    private static RawRow row(ByteBuffer in, Layout layout) {
        RawRow row = RawRow.of(layout);
        for (int i = 0; i < layout.size(); i++) {
            switch (Tags.KINDS.read(in.get())) {
                case MISSING -> {}
                case NUMBER -> row.number(i, in.getDouble());
                case TEXT -> row.text(i, Wire.text(in));
                case FLAG -> row.flag(i, in.get() != 0);
                case ITEMS -> row.items(i, Wire.text(in));
            }
        }
        return row;
    }

    private static ShadowRecord shadow(ByteBuffer in) {
        return new ShadowRecord(
                new DecisionId((int) Wire.count(in), in.getLong()),
                in.getLong(),
                Wire.text(in),
                Wire.text(in),
                Wire.stamp(in),
                in.get() == 0 ? null : Wire.stamp(in),
                Wire.count(in),
                in.getDouble(),
                Wire.optional(in),
                action(in.get()),
                in.getDouble(),
                action(in.get()),
                Wire.count(in),
                Wire.optional(in));
    }

    private static OutcomeRecord outcome(ByteBuffer in) {
        DecisionId decision = new DecisionId((int) Wire.count(in), in.getLong());
        String product = Wire.text(in);
        int outcome = in.get();
        long decided = in.getLong();
        long observed = in.getLong();
        long received = in.getLong();
        int size = Wire.size(in, 1);
        List<OutcomeRecord.Score> scores = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            scores.add(new OutcomeRecord.Score(
                    Wire.text(in), in.getDouble(), in.get() != 0, Wire.optional(in), Wire.optional(in)));
        }
        return new OutcomeRecord(decision, product, outcome, decided, observed, received, scores);
    }

    private static int tag(@Nullable Action action) {
        return action == null ? 0 : Tags.ACTIONS.tag(action) + 1;
    }

    private static @Nullable Action action(byte tag) {
        return tag == 0 ? null : Tags.ACTIONS.read(tag - 1);
    }
}
