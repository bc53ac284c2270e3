package dev.tranche.engine.trading.status;

import dev.tranche.market.risk.BreakerState;
import dev.tranche.market.risk.CircuitBreaker;
import dev.tranche.market.risk.RiskReading;
import dev.tranche.market.spread.SpreadReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a desk stood at one moment, read on its loop's thread. Numbers that are not known are NaN; money is in
/// dollars.
///
/// @param now the desk's time, epoch nanoseconds
/// @param hash of its state, with `inputs`
/// @param ready whether each venue's truth is known
public record DeskFrame(
        long now,
        long hash,
        long inputs,
        boolean allowed,
        BreakerState breaker,
        long breakerSince,
        String breakerWhy,
        Optional<CircuitBreaker> circuit,
        RiskReading risk,
        Money money,
        GreekMoney byGreek,
        List<StrategyLine> strategies,
        List<PositionLine> positions,
        List<QuoteLine> quotes,
        List<GreekLine> greeks,
        List<BookLine> books,
        List<Boolean> ready,
        List<Boolean> heard,
        List<Long> truths,
        OrderLine orders,
        Map<String, Long> refused,
        long hedges,
        DeskWatch.Noted lastHedge,
        List<DeskWatch.Noted> notes) {
    /// The seed's code of the breaker's state, 0..4.
    public int breakerCode() {
        return FrameText.code(breaker);
    }

    /// The greeks of a base asset; empty when the desk does not know it.
    public Optional<GreekLine> greek(String base) {
        return greeks.stream().filter(line -> line.base().equals(base)).findFirst();
    }

    /// The strategy at a place; empty when none is in force.
    public Optional<StrategyLine> strategy(int place) {
        return strategies.stream().filter(line -> line.place() == place).findFirst();
    }

    /// The position in a contract, 0 when there is none.
    public double position(int contract) {
        return positions.stream()
                .filter(line -> line.contract() == contract)
                .mapToDouble(PositionLine::quantity)
                .findFirst()
                .orElse(0);
    }

    /// The whole account.
    public record Money(
            double equity,
            double startOfDay,
            double last24h,
            double total,
            double realised,
            double unrealised,
            double fees,
            double funding,
            double spread,
            double adverse,
            double inventory,
            double hedge) {
        /// What the parts do not explain of the whole: 0, but for rounding.
        public double residual() {
            return total - (spread + adverse + inventory + hedge - fees - funding);
        }
    }

    /// What the profit came from by greek, as of the desk's last reading of the risk ([dev.tranche.market.desk
    /// .GreekWatch]): `delta + gamma + vega + theta + residual + other = total`.
    public record GreekMoney(
            double delta, double gamma, double vega, double theta, double residual, double other, double total) {}

    /// A strategy in force.
    public record StrategyLine(
            int place,
            String name,
            long since,
            boolean quoting,
            String why,
            SpreadReason source,
            long answered,
            long fellBack,
            long late,
            int regime,
            List<Double> probabilities,
            long regimeSince,
            double total,
            double realised,
            double unrealised,
            double fees,
            double funding,
            long fills,
            long refusals) {}

    /// A contract in which there is or was a position.
    ///
    /// @param venueQuantity what the venue said last; NaN before it said anything
    public record PositionLine(
            int contract,
            double quantity,
            double average,
            double mark,
            double notional,
            double unrealised,
            double realised,
            double venueQuantity) {}

    /// What stands of a strategy in a contract, and what became of it.
    ///
    /// @param changes quotes made, moved and pulled so far
    /// @param total profit so far
    public record QuoteLine(
            int place,
            int contract,
            long at,
            double bid,
            double bidQuantity,
            double ask,
            double askQuantity,
            double fair,
            double reservation,
            double halfSpreadBps,
            double skewBps,
            String why,
            boolean pulled,
            long changes,
            long fills,
            long refusals,
            double total) {}

    /// A base asset.
    ///
    /// @param theta dollars a day
    public record GreekLine(String base, double delta, double gamma, double vega, double theta, double price) {}

    /// A contract's book.
    public record BookLine(int contract, String state, long heard, double bid, double ask) {}

    /// Orders of the desk.
    public record OrderLine(
            long active,
            long unknown,
            long placed,
            long amended,
            long cancelled,
            long filled,
            long rejected,
            long quotes,
            double fillRate) {}
}
