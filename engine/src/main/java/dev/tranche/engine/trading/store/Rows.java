package dev.tranche.engine.trading.store;

import dev.tranche.engine.trading.desk.Setup;
import dev.tranche.engine.trading.journal.Entry;
import dev.tranche.engine.trading.journal.ReportCodec;
import dev.tranche.engine.trading.journal.Snapshot;
import dev.tranche.engine.trading.journal.Telling;
import dev.tranche.engine.trading.journal.ToldCodec;
import dev.tranche.market.Side;
import dev.tranche.market.account.Intent;
import dev.tranche.market.account.Part;
import dev.tranche.market.contract.Contract;
import dev.tranche.market.contract.Terms;
import dev.tranche.market.desk.Notice;
import dev.tranche.market.hedge.HedgeCause;
import dev.tranche.market.hedge.Urgency;
import dev.tranche.market.order.SomeReports;
import dev.tranche.market.risk.BreakerState;
import dev.tranche.runtime.log.LogRecord;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes rows of what a journal holds. One reader.
final class Rows implements Telling, SomeReports {
    private static final Set<Notice> GOOD = EnumSet.of(Notice.RECONCILED, Notice.VENUE);
    private static final Pattern WHY = Pattern.compile(
            "(\\w+) (?:is critical|warns): (?:could not be measured|([-+0-9.eE]+|Infinity) of ([-+0-9.eE]+))");
    private static final List<String> REGIMES = List.of("LOW", "MEDIUM", "HIGH");

    private final List<Row> found = new ArrayList<>();
    private @Nullable RunState state;
    private @Nullable Snapshot last;
    private long position;

    /// Goes on with a desk that was read before.
    void resume(RunState of) {
        state = of;
    }

    /// The desk that is being read; empty before a journal's first record.
    Optional<RunState> state() {
        return Optional.ofNullable(state);
    }

    /// What was made since the last time.
    List<Row> take() {
        List<Row> rows = List.copyOf(found);
        found.clear();
        return rows;
    }

    /// Reads one record.
    void read(LogRecord from) {
        position = from.position();
        Entry entry = Entry.of(from.type());
        switch (entry) {
            case START -> {
                state = RunState.of(Setup.read(from.bytes()), from.epochNanos(), from.position());
                last = null;
            }
            case REPORT ->
                ReportCodec.decode(from.epochNanos(), from.payload().duplicate().order(ByteOrder.LITTLE_ENDIAN), this);
            case TOLD ->
                ToldCodec.decode(from.epochNanos(), from.payload().duplicate().order(ByteOrder.LITTLE_ENDIAN), this);
            case SNAPSHOT ->
                snapshot(from.epochNanos(), Snapshot.read(new String(from.bytes(), StandardCharsets.UTF_8)));
            case MARKET, LOST, TICK, OPERATOR, STRATEGY, SPREAD, TOOK, CONTENT, ORDER, UNSENT, HASH, END -> {}
        }
    }

    private RunState run() {
        if (state == null) {
            throw new IllegalArgumentException("a journal begins with its desk: position " + position);
        }
        return state;
    }

    private void add(String sql, @Nullable Object... values) {
        found.add(new Row(sql, Arrays.asList(values)));
    }

    @Override
    public void filled(
            long now,
            int strategy,
            int contract,
            long orderId,
            long tradeId,
            Side side,
            long priceTicks,
            long quantityLots,
            long fee,
            boolean maker,
            Intent intent) {
        RunState run = run();
        Contract of = run.contract(contract);
        String trade = run.trade(contract, tradeId);
        BigDecimal quantity = run.quantity(contract, quantityLots);
        BigDecimal price = run.price(contract, priceTicks);
        boolean hedge = intent == Intent.HEDGE;
        add(
                TradingSql.TRADE,
                trade,
                run.event(position),
                run.desk(),
                run.run(),
                Row.instant(now),
                of.venue(),
                of.symbol(),
                tradeId,
                orderId,
                side == Side.BUY ? "buy" : "sell",
                quantity,
                price,
                notional(of, quantity, price),
                BigDecimal.valueOf(fee, 8),
                of.terms().settlement(),
                run.strategy(strategy),
                hedge,
                maker,
                "{\"intent\":\"" + intent.name().toLowerCase(Locale.ROOT) + "\",\"place\":" + strategy + "}",
                // Counted in the hedge's row only when the trade is new.
                hedge,
                quantity,
                quantity.multiply(price),
                Row.instant(now));
        add(TradingSql.CORRECT, trade);
    }

    private static BigDecimal notional(Contract of, BigDecimal quantity, BigDecimal price) {
        return of.terms() instanceof Terms.Inverse inverse
                ? quantity.multiply(BigDecimal.valueOf(inverse.unit()))
                : quantity.multiply(price);
    }

    @Override
    public void corrected(long now, int contract, long tradeId, long priceTicks, long quantityLots, long fee) {
        RunState run = run();
        BigDecimal quantity = run.quantity(contract, quantityLots);
        BigDecimal price = run.price(contract, priceTicks);
        String trade = run.trade(contract, tradeId);
        add(
                TradingSql.CORRECTION,
                run.event(position),
                trade,
                Row.instant(now),
                quantity,
                price,
                notional(run.contract(contract), quantity, price),
                BigDecimal.valueOf(fee, 8));
        add(TradingSql.CORRECT, trade);
    }

    @Override
    public void hedge(
            long now,
            int strategy,
            int contract,
            Urgency urgency,
            int causes,
            double coins,
            double deviation,
            double cost) {
        RunState run = run();
        Contract of = run.contract(contract);
        Snapshot.Greeks greeks =
                last == null ? null : last.greeks().get(of.terms().base());
        double delta = greeks == null ? Double.NaN : greeks.delta();
        String reason = Arrays.stream(HedgeCause.values())
                .filter(each -> (causes & each.bit()) != 0)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("+"));
        add(
                TradingSql.HEDGE,
                run.event(position),
                run.desk(),
                run.run(),
                Row.instant(now),
                run.strategy(strategy),
                of.venue(),
                of.symbol(),
                urgency.name().toLowerCase(Locale.ROOT),
                reason,
                deviation,
                Row.known(delta),
                Row.known(delta + coins),
                coins,
                Row.known(cost));
    }

    @Override
    public void breaker(long now, BreakerState before, BreakerState after, String why) {
        RunState run = run();
        Matcher because = WHY.matcher(why);
        boolean measured = because.find();
        String trigger = measured
                ? because.group(1)
                : why.startsWith("killed by") || why.startsWith("released by") ? "manual" : "recovery";
        add(
                TradingSql.BREAKER,
                run.event(position),
                run.desk(),
                run.run(),
                Row.instant(now),
                trigger,
                before.name(),
                after.name(),
                measured && because.group(2) != null ? Row.known(Double.parseDouble(because.group(2))) : null,
                measured && because.group(3) != null ? Row.known(Double.parseDouble(because.group(3))) : null,
                last == null ? null : Row.known(last.equity()),
                why);
        String severity = after.compareTo(before) < 0
                ? "info"
                : after.compareTo(BreakerState.RESTRICTED) >= 0 ? "critical" : "warning";
        event(now, "breaker", severity, before.name(), after.name(), why, last == null ? "{}" : last.metricsText());
    }

    private void event(
            long now,
            String type,
            String severity,
            @Nullable String before,
            @Nullable String after,
            String message,
            String metrics) {
        RunState run = run();
        add(
                TradingSql.EVENT,
                run.event(position),
                run.desk(),
                run.run(),
                Row.instant(now),
                type,
                severity,
                before,
                after,
                message,
                metrics);
    }

    @Override
    public void regime(long now, int strategy, int contract, int before, int after, double probability) {
        RunState run = run();
        add(
                TradingSql.REGIME,
                run.event(position),
                run.desk(),
                run.run(),
                Row.instant(now),
                run.strategy(strategy),
                run.contract(contract).symbol(),
                regime(before),
                regime(after),
                Row.known(probability));
    }

    private static String regime(int state) {
        return state >= 0 && state < REGIMES.size() ? REGIMES.get(state) : "UNKNOWN";
    }

    @Override
    public void notice(long now, Notice notice, int contract, long saw, long expected) {
        String of = contract < 0 ? "" : " " + run().contract(contract).symbol();
        event(
                now,
                notice.name().toLowerCase(Locale.ROOT),
                GOOD.contains(notice) ? "info" : "warning",
                null,
                null,
                notice.name().toLowerCase(Locale.ROOT) + of + ": found " + saw + ", expected " + expected,
                "{\"found\":" + saw + ",\"expected\":" + expected + "}");
    }

    @Override
    public void strategy(long now, int place, String name) {
        run().name(place, name);
    }

    private void snapshot(long now, Snapshot of) {
        RunState run = run();
        last = of;
        if (!Double.isFinite(of.capital())) {
            return; // a coin of the capital has no price yet
        }
        double holdings = of.metrics().getOrDefault(Snapshot.DEPOSITED, of.capital());
        add(
                TradingSql.SNAPSHOT,
                run.event(position),
                run.desk(),
                run.run(),
                Row.instant(now),
                Row.known(of.equity()),
                of.capital(),
                Row.known(holdings + of.part(Part.CASH) - of.part(Part.FEES) - of.part(Part.FUNDING)),
                Row.known(of.dollarDelta()),
                Row.known(of.dollarGamma()),
                Row.known(of.vega()),
                Row.known(of.theta()),
                of.positionsText(),
                of.greeksText(),
                Row.known(of.pnl24h()),
                Row.known(of.part(Part.TOTAL)),
                Row.known(of.part(Part.REALISED)),
                Row.known(of.part(Part.UNREALISED)),
                Row.known(of.part(Part.FEES)),
                Row.known(of.part(Part.FUNDING)),
                Row.known(of.part(Part.SPREAD)),
                Row.known(of.part(Part.ADVERSE)),
                Row.known(of.part(Part.INVENTORY)),
                Row.known(of.part(Part.HEDGE)),
                Row.known(of.drawdown()),
                of.breaker());
        of.metrics()
                .forEach((metric, value) -> add(
                        TradingSql.METRIC,
                        run.event(position),
                        run.desk(),
                        run.run(),
                        Row.instant(now),
                        metric,
                        Row.known(value)));
    }
}
