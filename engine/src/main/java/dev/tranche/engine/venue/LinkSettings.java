package dev.tranche.engine.venue;

import java.time.Duration;

/// How long a gateway waits for what.
///
/// @param patience limit for connecting, for an answer while preparing, and for writing one message
/// @param probe a ping is sent so often; its answer counts as something heard
/// @param silence a connection on which nothing was heard for so long is given up; more than `probe`
/// @param lifetime a connection is replaced after so long; Binance itself ends one after 24 h
/// @param verify what protects us is asked for again so often
/// @param firstWait the first wait before connecting again; doubles up to `longestWait`
/// @param longestWait the longest wait before connecting again
public record LinkSettings(
        Duration patience,
        Duration probe,
        Duration silence,
        Duration lifetime,
        Duration verify,
        Duration firstWait,
        Duration longestWait) {
    /// What holds unless something else is said: a connection that died without a word is noticed within 3 s.
    public static final LinkSettings USUAL = new LinkSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofHours(23).plusMinutes(30),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(10));

    public LinkSettings {
        positive("patience", patience);
        positive("probe", probe);
        positive("lifetime", lifetime);
        positive("verify", verify);
        positive("firstWait", firstWait);
        if (silence.compareTo(probe) <= 0) {
            throw new IllegalArgumentException("silence must be more than the probe of " + probe + ": " + silence);
        }
        if (longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("longestWait must be at least " + firstWait + ": " + longestWait);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than 0: " + value);
        }
    }
}
