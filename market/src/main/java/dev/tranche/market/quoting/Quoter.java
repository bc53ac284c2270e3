package dev.tranche.market.quoting;

import dev.tranche.market.contract.Contract;
import dev.tranche.market.risk.BreakerState;

/// Makes quotes of a moment.
///
/// `half spread = (formula or model) x regime x breaker`, kept within the bounds of the terms; `reservation =
/// fair - shift x inventory`, the shift kept within its bound; bids and asks around it, rounded outwards to
/// the contract's tick, so that no rounding narrows a spread, and outwards again where a post-only order
/// would take; further levels at equal gaps. Quantities are cut by the breaker and by the room that the limit
/// of the position leaves, and rounded down to the contract's step. Whatever is no usable number quotes
/// nothing and says so.
///
/// No state but its terms; allocates nothing.
public final class Quoter {
    /// Regime and breaker together multiply a spread by at least this (seed 002).
    public static final double LEAST_FACTOR = 0.5;
    /// Regime and breaker together multiply a spread by at most this (seed 002).
    public static final double MOST_FACTOR = 5;

    private final Contract contract;
    private final QuoteTerms terms;

    private Quoter(Contract contract, QuoteTerms terms) {
        this.contract = contract;
        this.terms = terms;
    }

    /// A quoter of a contract.
    public static Quoter of(Contract contract, QuoteTerms terms) {
        return new Quoter(contract, terms);
    }

    public Contract contract() {
        return contract;
    }

    public QuoteTerms terms() {
        return terms;
    }

    /// Writes what should be quoted into `target`.
    public void quote(QuoteMoment moment, QuoteTarget target) {
        target.clear();
        target.fair = moment.fair;
        target.inventory = moment.inventory;
        target.volatility = moment.volatility;
        target.regime = moment.regime;
        BreakerState breaker = moment.breaker;
        target.breaker = breaker.spreadMultiplier();
        target.share = breaker.sizeMultiplier();
        if (target.share == 0 || target.breaker == Double.POSITIVE_INFINITY) {
            target.marks |= QuoteMark.BREAKER.bit();
            return;
        }
        if (!usable(moment)) {
            target.marks |= QuoteMark.NO_NUMBER.bit();
            return;
        }
        double seconds = Math.min(terms.horizonSeconds(), Math.max(0, moment.remaining));
        target.half = half(moment, target, seconds);
        target.shift = shift(moment, target, seconds);
        target.reservation = moment.fair + target.shift * moment.basisPoint;
        if (!(Math.abs(target.reservation) < Double.POSITIVE_INFINITY)) {
            target.marks |= QuoteMark.NO_NUMBER.bit();
            return;
        }
        target.levels = terms.levels();
        prices(moment, target);
        quantities(moment, target);
    }

    private static boolean usable(QuoteMoment moment) {
        return moment.fair > 0
                && moment.fair < Double.POSITIVE_INFINITY
                && moment.basisPoint > 0
                && moment.basisPoint < Double.POSITIVE_INFINITY
                && moment.volatility >= 0
                && moment.volatility < Double.POSITIVE_INFINITY
                && Math.abs(moment.inventory) < Double.POSITIVE_INFINITY
                && moment.remaining >= 0
                && moment.regime > 0
                && moment.regime < Double.POSITIVE_INFINITY;
    }

    private double half(QuoteMoment moment, QuoteTarget target, double seconds) {
        if (moment.spread > 0 && moment.spread < Double.POSITIVE_INFINITY) {
            target.marks |= QuoteMark.SPREAD_MODEL.bit();
            target.formula = 0.5 * moment.spread;
        } else {
            target.formula = terms.model().half(moment.volatility, seconds);
        }
        double factor = moment.regime * target.breaker;
        double bounded = Math.clamp(factor, LEAST_FACTOR, MOST_FACTOR);
        if (bounded != factor) {
            target.marks |= QuoteMark.FACTOR_BOUND.bit();
        }
        double half = target.formula * bounded;
        if (!(2 * half >= terms.leastSpread())) {
            target.marks |= QuoteMark.LEAST_SPREAD.bit();
            return 0.5 * terms.leastSpread();
        }
        if (2 * half > terms.mostSpread()) {
            target.marks |= QuoteMark.MOST_SPREAD.bit();
            return 0.5 * terms.mostSpread();
        }
        return half;
    }

    private double shift(QuoteMoment moment, QuoteTarget target, double seconds) {
        double wanted = -terms.model().shift(moment.volatility, seconds) * moment.inventory;
        if (Math.abs(wanted) > terms.mostShift()) {
            target.marks |= QuoteMark.MOST_SHIFT.bit();
            return Math.copySign(terms.mostShift(), wanted);
        }
        return wanted;
    }

    private void prices(QuoteMoment moment, QuoteTarget target) {
        double perTick = contract.instrument().price(1);
        double bid = target.reservation - target.half * moment.basisPoint;
        double ask = target.reservation + target.half * moment.basisPoint;
        double gap = terms.levelGap() * moment.basisPoint;
        long tick = contract.tick();
        long mostBid = moment.bestAsk > 0 ? contract.up(moment.bestAsk) - tick : Long.MAX_VALUE;
        long leastAsk = moment.bestBid > 0 ? contract.down(moment.bestBid) + tick : Long.MIN_VALUE;
        for (int i = 0; i < target.levels; i++) {
            long down = contract.down(floor((bid - i * gap) / perTick));
            if (down > mostBid) {
                target.marks |= QuoteMark.POST_ONLY_BID.bit();
                down = mostBid;
            }
            target.bidTicks[i] = down;
            mostBid = down - tick;
            long up = contract.up(ceil((ask + i * gap) / perTick));
            if (up < leastAsk) {
                target.marks |= QuoteMark.POST_ONLY_ASK.bit();
                up = leastAsk;
            }
            if (i == 0 && up <= down) {
                up = down + tick;
            }
            target.askTicks[i] = up;
            leastAsk = up + tick;
        }
    }

    /// A price that is a whole number of ticks but for rounding of the division is that number.
    private static long floor(double ticks) {
        double nearest = Math.rint(ticks);
        return (long) (Math.abs(ticks - nearest) <= 8 * Math.ulp(ticks) ? nearest : Math.floor(ticks));
    }

    private static long ceil(double ticks) {
        return -floor(-ticks);
    }

    private void quantities(QuoteMoment moment, QuoteTarget target) {
        long size = step((long) (terms.lots() * target.share));
        if (size < contract.least()) {
            target.marks |= QuoteMark.TOO_SMALL.bit();
            target.clearPrices();
            return;
        }
        long limit = (long) (terms.positionLots() * target.share);
        long bidRoom = limit - moment.position;
        long askRoom = limit + moment.position;
        for (int i = 0; i < target.levels; i++) {
            long bids = step(Math.min(size, bidRoom));
            if (bids < size) {
                target.marks |= QuoteMark.POSITION_BID.bit();
            }
            if (target.bidTicks[i] <= 0) {
                target.marks |= QuoteMark.NO_PRICE_BID.bit();
            }
            boolean bidding = bids >= contract.least() && target.bidTicks[i] > 0;
            target.bidLots[i] = bidding ? bids : 0;
            target.bidTicks[i] = bidding ? target.bidTicks[i] : 0;
            bidRoom -= target.bidLots[i];
            long asks = step(Math.min(size, askRoom));
            if (asks < size) {
                target.marks |= QuoteMark.POSITION_ASK.bit();
            }
            boolean asking = asks >= contract.least();
            target.askLots[i] = asking ? asks : 0;
            target.askTicks[i] = asking ? target.askTicks[i] : 0;
            askRoom -= target.askLots[i];
        }
    }

    private long step(long lots) {
        return Math.floorDiv(Math.max(0, lots), contract.step()) * contract.step();
    }
}
