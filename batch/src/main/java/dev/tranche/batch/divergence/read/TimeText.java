package dev.tranche.batch.divergence.read;

import dev.tranche.batch.file.RefusedException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/// Times as files write them: epoch seconds, milliseconds, microseconds or nanoseconds (told by their size),
/// or a date with a time and an offset. A date without an offset needs a zone that the user names: guessing
/// one moves every bar.
///
/// @param zone for dates that name none
record TimeText(Optional<ZoneId> zone) {
    /// Epoch seconds stay below this until the year 5138, milliseconds are above it since 1973.
    private static final double LARGEST_SECONDS = 1e11;

    private static final double LARGEST_MILLIS = 1e14;
    private static final double LARGEST_MICROS = 1e17;
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .optionalEnd()
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .appendPattern("HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .toFormatter(java.util.Locale.ROOT);

    /// Epoch milliseconds, rounded down.
    long millis(String text) throws BadRowException {
        long millis = isNumber(text) ? number(text) : date(text);
        if (millis < EARLIEST || millis >= LATEST) {
            throw BadRowException.of("time out of range (2000 to 2100)", text);
        }
        return millis;
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static long number(String text) throws BadRowException {
        try {
            if (text.indexOf('.') < 0) {
                long value = Long.parseLong(text);
                return value < LARGEST_SECONDS
                        ? value * 1000
                        : value < LARGEST_MILLIS ? value : value < LARGEST_MICROS ? value / 1000 : value / 1_000_000;
            }
            BigDecimal value = new BigDecimal(text);
            return value.doubleValue() < LARGEST_SECONDS
                    ? value.movePointRight(3).longValue()
                    : number(whole(text));
        } catch (NumberFormatException notOne) {
            throw BadRowException.of("time not understood", text);
        }
    }

    private static String whole(String text) {
        return text.substring(0, text.indexOf('.'));
    }

    private long date(String text) throws BadRowException {
        try {
            TemporalAccessor parsed = DATE.parse(text);
            LocalDateTime local = LocalDateTime.from(parsed);
            if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
                return local.toInstant(ZoneOffset.from(parsed)).toEpochMilli();
            }
            if (zone.isEmpty()) {
                throw RefusedException.because("the time " + text
                        + " names no zone: say which one the file means, such as --zone UTC or --zone Europe/Berlin");
            }
            return local.atZone(zone.get()).toInstant().toEpochMilli();
        } catch (DateTimeException notOne) {
            throw BadRowException.of("time not understood", text);
        }
    }
}
