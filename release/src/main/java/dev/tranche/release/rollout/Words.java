package dev.tranche.release.rollout;

import dev.tranche.release.DurationText;
import dev.tranche.release.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A cursor over the words of a gate, guard or stage; one writer, used while parsing one text.
final class Words {
    /// The confidence of a comparison that names none.
    static final Share CONFIDENCE = Share.ofPercent(95);

    private final String text;
    private final List<String> words;
    private int next;

    Words(String text) {
        this.text = text;
        this.words = List.of(text.strip().split("\\s+"));
    }

    boolean more() {
        return next < words.size();
    }

    /// Steps over these words if they come next.
    boolean skip(String... expected) {
        if (next + expected.length > words.size()) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (!words.get(next + i).equals(expected[i])) {
                return false;
            }
        }
        next += expected.length;
        return true;
    }

    String take(String what) {
        if (!more()) {
            throw new IllegalArgumentException("expected " + what + " at the end of: " + text);
        }
        return words.get(next++);
    }

    /// The duration behind these words, if they come next.
    Optional<Duration> duration(String... before) {
        return skip(before) ? Optional.of(DurationText.parse(take("a duration"))) : Optional.empty();
    }

    /// `at 99% confidence`, else [#CONFIDENCE].
    Share confidence() {
        if (!skip("at")) {
            return CONFIDENCE;
        }
        Share share = Share.parse(take("a confidence such as 99%"));
        if (share.basisPoints() < 5_000 || share.whole()) {
            throw new IllegalArgumentException("confidence must be within 50%..99.99%: " + share);
        }
        if (!skip("confidence")) {
            throw new IllegalArgumentException("expected 'confidence' after " + share + " in: " + text);
        }
        return share;
    }

    void end(String grammar) {
        if (more()) {
            throw new IllegalArgumentException(
                    "expected " + grammar + "; do not understand '" + words.get(next) + "' in: " + text);
        }
    }

    static String clause(String before, Optional<Duration> duration) {
        return duration.map(each -> " " + before + " " + DurationText.print(each))
                .orElse("");
    }

    static String confidence(Share share) {
        return share.equals(CONFIDENCE) ? "" : " at " + share + " confidence";
    }
}
