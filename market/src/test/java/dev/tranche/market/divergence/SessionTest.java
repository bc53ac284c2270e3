package dev.tranche.market.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static Session at(String instant) {
        return Session.at(Instant.parse(instant).toEpochMilli());
    }

    @Test
    void theDayIsFromNineToSeventeenInUtc() {
        assertThat(at("2024-12-01T08:59:59.999Z")).isEqualTo(Session.NIGHT);
        assertThat(at("2024-12-01T09:00:00Z")).isEqualTo(Session.DAY);
        assertThat(at("2024-12-01T16:59:59.999Z")).isEqualTo(Session.DAY);
        assertThat(at("2024-12-01T17:00:00Z")).isEqualTo(Session.NIGHT);
        assertThat(at("1969-12-31T12:00:00Z")).isEqualTo(Session.DAY);
    }

    @Test
    void aSourceIsReadByItsNameAndByTheNameOfItsBucket() {
        for (Source source : Source.values()) {
            assertThat(Source.parse(source.name())).isEqualTo(source);
            assertThat(Source.parse(source.bucket())).isEqualTo(source);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Source.parse("ofi"))
                .withMessage("source must be one of OFI, CVD, FUSION, OFI_ONLY, CVD_ONLY: ofi");
    }

    @Test
    void bullsBearsAndConflictsAreAllThereIs() {
        for (Kind kind : Kind.values()) {
            assertThat(kind.mirrored().sign()).isEqualTo(-kind.sign());
            assertThat(kind.mirrored().hidden()).isEqualTo(kind.hidden());
            assertThat(kind.mirrored().mirrored()).isEqualTo(kind);
            assertThat(kind.side()).isEqualTo(kind.sign() > 0 ? "bull" : kind.sign() < 0 ? "bear" : "conflict");
        }
    }
}
