package dev.tranche.engine.trading.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.desk.DeskSink;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.order.OrderReports;
import dev.tranche.market.order.OrderSink;
import dev.tranche.market.order.Rejection;
import dev.tranche.market.order.TimeInForce;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.Refusal;
import dev.tranche.market.spread.SpreadReason;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodecsTest {
    private final List<String> said = new ArrayList<>();

    /// Says each call as its name and arguments.
    private <T> T hearing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    said.add(method.getName() + Arrays.toString(arguments));
                    return null;
                }));
    }

    private static void reports(OrderReports to) {
        to.accepted(1, 2, 3);
        for (Rejection why : Rejection.values()) {
            to.rejected(4, 5, 6, why);
        }
        to.amended(7, 8, 9, 10, 11);
        to.amendRefused(12, 13, 14, Rejection.NOT_OPEN);
        to.cancelRefused(15, 16, 17, Rejection.OTHER);
        to.cancelled(18, 19, 20, 21);
        for (Side side : Side.values()) {
            to.filled(22, 23, 24, 25, side, 26, 27, -28, true);
            to.filled(22, 23, 24, 25, side, 26, 27, 28, false);
            to.openOrder(42, 43, 44, side, 45, 46, 47);
        }
        to.corrected(29, 30, 31, 32, 0, 34);
        to.funding(35, 36, 53, -37);
        to.settled(38, 39, 40);
        to.connected(41, 1);
        to.disconnected(48, 2);
        to.truth(49, 3, Long.MAX_VALUE);
        to.position(50, 32_000, -51);
        to.truthEnds(52, 4);
    }

    @Test
    void aReportComesOutAsItWentIn() {
        reports(hearing(OrderReports.class));
        List<String> wanted = List.copyOf(said);
        said.clear();
        OrderReports hearer = hearing(OrderReports.class);
        reports(ReportCodec.encoder((now, bytes, length) -> {
            assertThat(length).isLessThanOrEqualTo(ReportCodec.LONGEST);
            ReportCodec.decode(now, ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN), hearer);
        }));
        assertThat(said).isEqualTo(wanted).hasSizeGreaterThan(20);
    }

    private static void orders(OrderSink to) {
        for (Side side : Side.values()) {
            for (TimeInForce force : TimeInForce.values()) {
                to.place(1, 2, side, 3, 4, force, false);
                to.place(1, 2, side, 3, 4, force, true);
            }
        }
        to.amend(5, 6, 7, 8);
        to.cancel(9, 10);
        to.cancelAll(11);
        to.reconcile(12, 13);
    }

    @Test
    void anOrderComesOutAsItWentIn() {
        orders(hearing(OrderSink.class));
        List<String> wanted = List.copyOf(said);
        said.clear();
        OrderSink hearer = hearing(OrderSink.class);
        orders(OrderCodec.encoder(payload -> {
            assertThat(payload.remaining()).isLessThanOrEqualTo(OrderCodec.LONGEST);
            OrderCodec.decode(payload, hearer);
        }));
        assertThat(said).isEqualTo(wanted).hasSize(16);
    }

    @Test
    void ordersAreSaidInWords() {
        List<String> words = new ArrayList<>();
        orders(OrderCodec.encoder(payload -> words.add(OrderCodec.words(payload))));
        assertThat(words)
                .contains(
                        "place 1 on 2: BUY 4 lots at 3 ticks, POST_ONLY",
                        "place 1 on 2: SELL 4 lots at 3 ticks, IMMEDIATE_OR_CANCEL, reduce only",
                        "amend 5 on 6: 8 lots at 7 ticks",
                        "cancel 9 on 10",
                        "cancel all on 11",
                        "reconcile venue 12 since 13");
    }

    @Test
    void whatADeskTellsComesOutAsItWentIn() {
        Telling hearer = hearing(Telling.class);
        DeskSink told = ToldCodec.encoder((now, payload) -> ToldCodec.decode(now, payload, hearer));
        told.refused(1, 2, 3, Intent.HEDGE, Side.SELL, 4, 5, Refusal.COLLAR);
        told.filled(1, 2, 3, 4, 5, Side.BUY, 6, 7, -8, true, Intent.QUOTE);
        told.breaker(9, BreakerState.NORMAL, BreakerState.HALTED, "drawdown is critical: 0,16 – ü");
        told.regime(10, 1, 2, 0, 2, 0.75);
        told.spread(11, 1, 2, SpreadReason.TOO_HIGH, 12.5);
        told.notice(12, Notice.POSITION_DIFFERS, -1, 3, 4);
        told.strategy(13, 99, "btc_mm_glft_v1.0");
        assertThat(said)
                .containsExactly(
                        "refused[1, 2, 3, HEDGE, SELL, 4, 5, COLLAR]",
                        "filled[1, 2, 3, 4, 5, BUY, 6, 7, -8, true, QUOTE]",
                        "breaker[9, NORMAL, HALTED, drawdown is critical: 0,16 – ü]",
                        "regime[10, 1, 2, 0, 2, 0.75]",
                        "spread[11, 1, 2, " + SpreadReason.TOO_HIGH.code() + ", 12.5]",
                        "notice[12, POSITION_DIFFERS, -1, 3, 4]",
                        "strategy[13, 99, btc_mm_glft_v1.0]");
    }

    @Test
    void bytesThatAreNoneAreRefused() {
        ByteBuffer nothing = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> ReportCodec.decode(1, nothing, hearing(OrderReports.class)))
                .hasMessage("no report is of this kind: 0");
        assertThatThrownBy(() -> OrderCodec.decode(nothing, hearing(OrderSink.class)))
                .hasMessage("no order is of this kind: 0");
        assertThatThrownBy(() -> ToldCodec.decode(1, nothing, hearing(Telling.class)))
                .hasMessage("nothing of this kind is told: 0");
        assertThatThrownBy(() -> Entry.of((byte) 30)).hasMessageContaining("30");
    }

    @Test
    void contentIsCutAndPutTogetherAgain() {
        byte[] bytes = new byte[3 * Content.PART + 17];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Content read = Content.empty();
        List<ByteBuffer> parts = Content.payloads("d".repeat(64), bytes);
        assertThat(parts).hasSize(4);
        parts.subList(0, 2).forEach(read::take);
        assertThat(read.get("d".repeat(64))).isEmpty();
        parts.forEach(read::take);
        assertThat(read.get("d".repeat(64)))
                .hasValueSatisfying(all -> assertThat(all).isEqualTo(bytes));
    }
}
