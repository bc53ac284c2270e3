package dev.tranche.server.journal;

import dev.tranche.credit.Action;
import dev.tranche.credit.Component;
import dev.tranche.credit.Reason;
import dev.tranche.credit.Source;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random journal records.
final class Records {
    static final String PRODUCT = "consumer_apply";
    static final VersionStamp ONE = new VersionStamp("consumer_apply_xgb_v1.0", "ab".repeat(32));
    static final VersionStamp TWO = new VersionStamp("consumer_apply_xgb_v2.0", "0f".repeat(32));
    static final VersionStamp POLICY = new VersionStamp("consumer_apply_policy_v1.0", "77".repeat(32));
    static final Layout LAYOUT = Layout.of(PRODUCT, List.of("age", "purpose", "foreign", "history", "résumé 年龄"));

    private Records() {}

    static RawRow row(RandomGenerator random) {
        RawRow row = RawRow.of(LAYOUT);
        for (int i = 0; i < LAYOUT.size(); i++) {
            switch (random.nextInt(5)) {
                case 0 -> row.number(i, random.nextGaussian() * 1e6);
                case 1 -> row.text(i, text(random));
                case 2 -> row.flag(i, random.nextBoolean());
                case 3 -> row.items(i, "[{\"at\":\"2026-01-01\"}]");
                default -> {}
            }
        }
        return row;
    }

    static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 300 : 12); i > 0; i--) {
            text.append(random.nextInt(6) == 0 ? '风' : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    static DecisionRecord decision(RandomGenerator random, long micros) {
        boolean fallback = random.nextInt(10) == 0;
        Answer.Cause cause = fallback
                ? List.of(Answer.Cause.DEADLINE, Answer.Cause.FAILURE, Answer.Cause.MISSING_FEATURE)
                        .get(random.nextInt(3))
                : Answer.Cause.NONE;
        double score = random.nextDouble();
        Action action = List.of(Action.APPROVE, Action.REVIEW, Action.DECLINE).get(random.nextInt(3));
        List<Reason> reasons = action.adverse()
                ? List.of(
                        new Reason("R01", "Text " + text(random), random.nextBoolean() ? "age" : null, Component.MODEL))
                : List.of();
        Answer answer = new Answer(
                fallback ? new double[0] : new double[] {random.nextGaussian()},
                fallback ? new double[0] : new double[] {score},
                score,
                "LOW",
                action,
                fallback ? Source.FALLBACK_RULES : Source.MODEL,
                reasons,
                reasons.isEmpty() ? "none" : "tree_path",
                reasons.isEmpty() ? "" : "training sample " + text(random),
                random.nextBoolean() ? List.of("age") : List.of(),
                List.of("purpose"),
                cause,
                fallback ? "it was " + text(random) : null);
        boolean arm = random.nextInt(3) == 0;
        Placement placement = new Placement(
                random.nextInt(100),
                random.nextInt(10_001) - 1,
                random.nextInt(20) == 0 ? Placement.Role.PINNED : arm ? Placement.Role.ARM : Placement.Role.LIVE,
                arm ? "exp" : null,
                arm ? (random.nextBoolean() ? "a" : "b") : null);
        return new DecisionRecord(
                1,
                micros,
                random.nextLong(1_000, 300_000_000),
                PRODUCT,
                text(random),
                random.nextBoolean() ? "L" + random.nextInt(1000) : null,
                row(random),
                random.nextBoolean() ? ONE : TWO,
                random.nextInt(4) == 0 ? null : POLICY,
                placement,
                answer);
    }

    static ShadowRecord shadow(RandomGenerator random, DecisionId decision, long micros) {
        boolean failed = random.nextInt(10) == 0;
        return new ShadowRecord(
                decision,
                micros,
                PRODUCT,
                TWO.name(),
                TWO,
                random.nextBoolean() ? POLICY : null,
                3,
                failed ? Double.NaN : random.nextDouble(),
                failed ? null : "HIGH",
                failed ? null : random.nextBoolean() ? Action.DECLINE : Action.APPROVE,
                random.nextDouble(),
                random.nextBoolean() ? Action.DECLINE : Action.APPROVE,
                random.nextLong(1000, 10_000_000),
                failed ? "deadline" : null);
    }

    static OutcomeRecord outcome(RandomGenerator random, DecisionId decision, long micros) {
        return new OutcomeRecord(
                decision,
                PRODUCT,
                random.nextInt(2),
                micros - 5_000_000,
                micros - 1_000_000,
                micros,
                List.of(
                        new OutcomeRecord.Score(ONE.name(), random.nextDouble(), false, "exp", "a"),
                        new OutcomeRecord.Score(TWO.name(), random.nextDouble(), true, null, null)));
    }
}
